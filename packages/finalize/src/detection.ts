// Detectability of every cell: the rise of its brightest pixel against the noise of that pixel.
import type { Footprint, FootprintStack } from "@minisim/footprint";
import {
  expectedLight,
  type FootprintLadder,
  facts,
  footprintsInMotion,
  observedFootprints,
  type Plan,
  type SceneGeometry,
  slots,
  summaryOf,
} from "@minisim/pipeline";
import { DETECTABLE_SNR, detectionSnr, expectedElectrons } from "@minisim/sensor";

export interface Detection {
  /** 0 or 1 per cell. */
  readonly detectable: Uint8Array;
  /** Per cell; NaN where there is no sensor to measure against. */
  readonly detection_snr: Float64Array;
  /** Per cell: the share of the light of its observed footprint that falls into the field of view. */
  readonly visible_fraction: Float64Array;
}

/** A cell of which less is in view is not counted as one that could be found. */
const DETECTABLE_SHARE = 0.5;

/**
 * SNR of `detectionSnr` at the cell's brightest pixel at rest: g is the realized peak of the observed footprint, times all that the program
 * does to its light behind, in electrons; the background is the mean of all other light that shines there. ΔF and baseline are of the
 * clean trace, before bleaching. Detectable is an SNR of at least DETECTABLE_SNR and at least half of the light in view. A cell without a trace is never
 * detectable. Without a sensor, in_focus stands in for the SNR; without optics every cell counts as in focus.
 */
export function detect(plan: Plan): Detection {
  const { scene, program } = plan;
  const { count } = scene.get(slots.cells);
  const activity = scene.get(slots.activity);
  const exposure = scene.get(facts.exposure);
  const in_focus = scene.get(slots.optics)?.in_focus;
  const detectable = new Uint8Array(count);
  const snr = new Float64Array(count).fill(exposure ? 0 : Number.NaN);
  // To blur the footprints of cells whose light no step adds would cost time for nothing.
  const observed = addsFootprints(plan) ? observedFootprints(scene) : null;
  const visible_fraction = visibleFractions(plan, observed);
  const visible = (cell: number) => visible_fraction[cell]! >= DETECTABLE_SHARE;
  const detection = { detectable, detection_snr: snr, visible_fraction };
  if (!activity || scene.geometry.n_frames === 0) return detection;
  if (!exposure) {
    for (let cell = 0; cell < count; cell++) {
      detectable[cell] = visible(cell) ? (in_focus?.[cell] ?? 1) : 0;
    }
    return detection;
  }
  if (!observed) return detection;
  const moving = footprintsInMotion(scene);
  const { light, weights, transfer } = expectedLight(program, moving?.stack ?? observed);
  const ownLight = moving && weights ? lightOf(moving, weights, transfer, scene.geometry) : null;
  const { lowest, highest } = summaryOf(activity.C);
  for (let cell = 0; cell < count; cell++) {
    const { peak, pixel } = brightest(observed.at(cell), transfer, scene.geometry);
    if (!(peak > 0) || !weights) continue;
    const own = ownLight ? ownLight(cell, pixel) : weights[cell]! * peak;
    const others = Math.max(0, light[pixel]! - own);
    const value = detectionSnr(
      {
        peak: highest[cell]! - lowest[cell]!,
        baseline: lowest[cell]!,
        gain: expectedElectrons(peak, exposure),
        background_e: expectedElectrons(others, exposure),
      },
      exposure,
    );
    snr[cell] = value;
    detectable[cell] = value >= DETECTABLE_SNR && visible(cell) ? 1 : 0;
  }
  return detection;
}

/** The largest value of a footprint behind the transfer to the field of view, and its pixel there. */
function brightest(
  { row, col, height, width, data }: Footprint,
  transfer: Float64Array,
  { fov, margin_px }: SceneGeometry,
): { peak: number; pixel: number } {
  let peak = 0;
  let at = 0;
  for (let y = 0; y < height; y++) {
    const fovRow = row + y - margin_px;
    if (fovRow < 0 || fovRow >= fov.height) continue;
    for (let x = 0; x < width; x++) {
      const fovCol = col + x - margin_px;
      if (fovCol < 0 || fovCol >= fov.width) continue;
      const pixel = fovRow * fov.width + fovCol;
      const value = data[y * width + x]! * transfer[pixel]!;
      if (value > peak) [peak, at] = [value, pixel];
    }
  }
  return { peak, pixel: at };
}

/** The mean light of a cell at a pixel of the field of view, from all its footprints while the focus moves. */
function lightOf(
  { stack, cells }: FootprintLadder,
  weights: Float64Array,
  transfer: Float64Array,
  { fov, margin_px }: SceneGeometry,
): (cell: number, pixel: number) => number {
  const firsts = new Map<number, number>();
  for (const [k, cell] of cells.entries()) if (!firsts.has(cell)) firsts.set(cell, k);
  return (cell, pixel) => {
    const y = Math.floor(pixel / fov.width) + margin_px;
    const x = (pixel % fov.width) + margin_px;
    let light = 0;
    for (let k = firsts.get(cell)!; cells[k] === cell; k++) {
      light += weights[k]! * valueAt(stack.at(k), y, x);
    }
    return light * transfer[pixel]!;
  };
}

function valueAt({ row, col, height, width, data }: Footprint, y: number, x: number): number {
  const inside = y >= row && y < row + height && x >= col && x < col + width;
  return inside ? data[(y - row) * width + x - col]! : 0;
}

/** Whether any step adds the light of single cells. */
function addsFootprints({ program }: Plan): boolean {
  return program.instructions.some(
    (instruction) => instruction.verb === "accumulate" && "canvas" in instruction.components,
  );
}

/**
 * The optics' blur conserves light, so the whole is what was planted, of which the canvas may have cut a part, times the gain. Where no step
 * adds footprints, they are the planted ones.
 */
function visibleFractions({ scene }: Plan, observed: FootprintStack | null): Float64Array {
  const cells = scene.get(slots.cells);
  const gain = observed ? scene.get(slots.optics)?.gain : undefined;
  const footprints = observed ?? cells.planted;
  return Float64Array.from({ length: cells.count }, (_, cell) => {
    const whole = cells.lightOf(cell) * (gain?.[cell] ?? 1);
    // Float32 pixels round the share by up to 1e-7.
    return whole > 0 ? Math.min(1, lightInView(footprints.at(cell), scene.geometry) / whole) : 0;
  });
}

function lightInView(
  { row, col, height, width, data }: Footprint,
  { fov, margin_px }: SceneGeometry,
): number {
  const within = (first: number, length: number, side: number) => [
    Math.max(0, margin_px - first),
    Math.min(length, margin_px + side - first),
  ];
  const [top, bottom] = within(row, height, fov.height) as [number, number];
  const [left, right] = within(col, width, fov.width) as [number, number];
  let total = 0;
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) total += data[y * width + x]!;
  }
  return total;
}
