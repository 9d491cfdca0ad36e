// The images that make up a frame: of each cell, of the background, as they fall on the sensor at one shift.
import type { GroundTruth } from "@minisim/recording";
import { movedField, movedPatch, type Padded, padded, type Rectangle } from "./moved.ts";

/** What the movie is a sum of, all in the sensor's pixels. The last one is the constant. */
export interface SensorImages {
  readonly cells: number;
  /** Cells first, then backgrounds. */
  readonly images: readonly Rectangle[];
  /** Of the backgrounds, in order. */
  readonly backgroundNames: readonly string[];
}

/**
 * The images at a shift of the tissue. A cell: its observed footprint × what the vessels let through, moved, × illumination ×
 * vignette. Neuropil components likewise; leakage as it is; and a constant, which takes the sensor's offset.
 *
 * The truth knows vessels and neuropil inside the field of view only: beyond its edge the outermost value goes on.
 */
export function sensorImages(truth: GroundTruth): (dy: number, dx: number) => SensorImages {
  const [height, width] = truth.fov_shape;
  const fov = { height, width };
  const size = height * width;
  const cells = patchesInTissue(truth);
  const flat = flatField(truth, size);
  const mask = truth.vasculature_mask?.data;
  const neuropil = componentsOf(truth, size).map((field) =>
    mask ? field.map((light, pixel) => light * mask[pixel]!) : field,
  );
  const whole = (data: Float64Array): Rectangle => ({ row: 0, col: 0, ...fov, data });
  const still = [whole(new Float64Array(size).fill(1))];
  if (truth.leakage) still.unshift(whole(truth.leakage.data));
  const backgroundNames = [
    ...neuropil.map((_, k) => `neuropil_${k}`),
    ...(truth.leakage ? ["leakage"] : []),
    "constant",
  ];
  const [top, left] = truth.fov_offset;
  return (dy, dx) => {
    // Canvas coordinates minus the margin are the sensor's.
    const moving = cells.map((patch) => movedPatch(patch, dy - top, dx - left, fov));
    const clouds = neuropil.map((field) => whole(movedField(field, fov, dy, dx)));
    for (const image of [...moving, ...clouds]) shade(image, flat, width);
    return { cells: cells.length, images: [...moving, ...clouds, ...still], backgroundNames };
  };
}

function patchesInTissue(truth: GroundTruth): Padded[] {
  const [top, left] = truth.fov_offset;
  const [height, width] = truth.fov_shape;
  const stack = truth.observed_footprints;
  const mask = truth.vasculature_mask?.data;
  const clamp = (value: number, size: number) => Math.min(Math.max(value, 0), size - 1);
  return Array.from({ length: stack.length }, (_, i) => {
    const patch = stack.at(i);
    const light = Float64Array.from(patch.data);
    if (!mask) return padded({ ...patch, data: light });
    for (let y = 0; y < patch.height; y++) {
      const row = clamp(patch.row + y - top, height);
      for (let x = 0; x < patch.width; x++) {
        light[y * patch.width + x]! *= mask[row * width + clamp(patch.col + x - left, width)]!;
      }
    }
    return padded({ ...patch, data: light });
  });
}

function componentsOf({ neuropil_spatial }: GroundTruth, size: number): Float64Array[] {
  if (!neuropil_spatial) return [];
  return Array.from({ length: neuropil_spatial.shape[0]! }, (_, k) =>
    neuropil_spatial.data.slice(k * size, (k + 1) * size),
  );
}

/** Illumination × vignette; null where the field is even. */
function flatField({ illumination, vignette }: GroundTruth, size: number): Float64Array | null {
  if (!illumination && !vignette) return null;
  return Float64Array.from({ length: size }, (_, pixel) => {
    return (illumination?.data[pixel] ?? 1) * (vignette?.data[pixel] ?? 1);
  });
}

function shade(
  { row, col, height, width, data }: Rectangle,
  flat: Float64Array | null,
  stride: number,
): void {
  if (!flat) return;
  for (let y = 0; y < height; y++) {
    const from = (row + y) * stride + col;
    for (let x = 0; x < width; x++) data[y * width + x]! *= flat[from + x]!;
  }
}
