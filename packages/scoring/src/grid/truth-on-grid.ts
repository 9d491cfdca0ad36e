// The truth brought to an estimate's grid: footprints cropped and averaged as its pixels are, traces as its frames.
import { type Canvas, type Footprint, FootprintStack, type Window } from "@minisim/footprint";
import {
  type ComputedRows,
  type Float64NdArray,
  GroundTruth,
  type GroundTruthInput,
  nd,
} from "@minisim/recording";
import { observedInView } from "../observed-in-view.ts";
import {
  canvasOf,
  type FrameGroups,
  frameGroups,
  type Grid,
  isWholeField,
  isWholeTime,
  windowOf,
} from "./grid.ts";

/** What scores need of the steps' truths; the others would have to be brought to the grid for nothing. */
const STEP_FIELDS = [
  "shifts",
  "axial_shift_um",
  "displacement_basis",
  "displacement_weights",
  "neuropil_spatial",
  "neuropil_temporal",
  "illumination",
  "vignette",
];
/** A cell with less of its light in view is not detectable, as in the truth itself. */
const IN_VIEW = 0.5;

/**
 * Upright. The observed footprints take the place of the planted ones, on a canvas that is the field of view. Displacements are in pixels of
 * the grid. How well a cell can be detected stays that of the recording, but for cells whose light the crop takes out of view.
 */
export function truthOnGrid(truth: GroundTruth, grid: Grid): GroundTruth {
  if (isWholeField(grid) && isWholeTime(grid)) return truth;
  const [height, width] = truth.fov_shape;
  const fov = { height, width };
  const groups = frameGroups(grid, truth.n_frames);
  const observed = observedInView(truth);
  const window = windowOf(grid, fov);
  const canvas = canvasOf(grid, fov);
  const { observed_sigma_px, observed_gain, step_fields = [], ...input } = truth.input();
  const bring = (name: string, mode: "mean" | "sum" = "mean") =>
    fieldOnGrid(truth, name, groups, { mode, window, grid, fov });
  return new GroundTruth({
    ...(input as GroundTruthInput),
    ...inView(truth, observed, window),
    planted: binnedFootprints(observed.crop(window), grid.spatial_binning, canvas),
    fov_offset: [0, 0],
    fov_shape: [canvas.height, canvas.width],
    C: bring("C"),
    S: bring("S", "sum"),
    step_fields: step_fields
      .filter(({ name, dims }) => STEP_FIELDS.includes(name) || !onPixelsOrFrames(dims))
      .map((field) => ({ ...field, value: bring(field.name) })),
  });
}

const onPixelsOrFrames = (dims: readonly string[]): boolean =>
  ["frame", "height", "width"].some((name) => dims.includes(name));

function binnedFootprints(stack: FootprintStack, n: number, canvas: Canvas): FootprintStack {
  if (n === 1) return stack;
  const binned = Array.from({ length: stack.length }, (_, i) => binnedFootprint(stack.at(i), n));
  return FootprintStack.from(binned, canvas);
}

function binnedFootprint({ row, col, height, width, data }: Footprint, n: number): Footprint {
  if (height === 0 || width === 0) return { row: 0, col: 0, height: 0, width: 0, data };
  const [top, left] = [Math.floor(row / n), Math.floor(col / n)];
  const shape = {
    height: Math.floor((row + height - 1) / n) - top + 1,
    width: Math.floor((col + width - 1) / n) - left + 1,
  };
  const sums = new Float64Array(shape.height * shape.width);
  for (let y = 0; y < height; y++) {
    const to = (Math.floor((row + y) / n) - top) * shape.width;
    for (let x = 0; x < width; x++) {
      sums[to + Math.floor((col + x) / n) - left]! += data[y * width + x]!;
    }
  }
  return { row: top, col: left, ...shape, data: Float32Array.from(sums, (sum) => sum / (n * n)) };
}

/** The share of each cell's light that is still in view, and whether it is enough to be detected. */
function inView(truth: GroundTruth, observed: FootprintStack, window: Window) {
  const before = lightOf(observed);
  const after = lightOf(observed.crop(window));
  const kept = before.map((light, i) => (light > 0 ? after[i]! / light : 0));
  const visible = truth.visible_fraction?.data ?? new Float64Array(kept.length).fill(1);
  const fraction = kept.map((share, i) => share * visible[i]!);
  const flags = truth.detectable.data.map((flag, i) =>
    kept[i]! < 1 && fraction[i]! < IN_VIEW ? 0 : flag,
  );
  return {
    detectable: nd(flags, [flags.length]),
    visible_fraction: nd(fraction, [fraction.length]),
  };
}

function lightOf(stack: FootprintStack): Float64Array {
  return Float64Array.from({ length: stack.length }, (_, i) =>
    stack.at(i).data.reduce((sum, weight) => sum + weight, 0),
  );
}

interface Bringing {
  readonly mode: "mean" | "sum";
  readonly window: Window;
  readonly grid: Grid;
  readonly fov: Canvas;
}

/** A field of the truth; traces row by row, for there may be many. */
function fieldOnGrid(
  truth: GroundTruth,
  name: string,
  groups: FrameGroups,
  { mode, window, grid, fov }: Bringing,
): ComputedRows | Float64NdArray {
  const field = truth.field(name);
  const at = field.dims.indexOf("frame");
  const onImages = field.dims.at(-2) === "height" && field.dims.at(-1) === "width";
  const n = grid.spatial_binning;
  const scale = field.unit === "px" ? 1 / n : 1;
  const frames = mode === "sum" ? groups.sums : groups.means;
  const [rows = 0, ...rest] = field.shape;
  if (at === 0) {
    const length = rest.reduce((a, b) => a * b, 1);
    const whole = field.rows(0, rows);
    return {
      shape: [frames.length, ...rest],
      row: (t, target, to) => {
        for (let k = 0; k < length; k++) {
          target[to + k] = scale * combined(frames[t]!, mode, (from) => whole[from * length + k]!);
        }
      },
    };
  }
  if (at > 0) {
    // Every field over frames has them first or last.
    return {
      shape: [rows, ...rest.slice(0, -1), frames.length],
      row: (i, target, to) => {
        const row = field.rows(i, i + 1);
        for (const [t, group] of frames.entries()) {
          target[to + t] = scale * combined(group, mode, (from) => row[from]!);
        }
      },
    };
  }
  const whole = field.rows(0, rows) as Float64Array;
  if (!onImages) return nd(whole, field.shape);
  const shape = [...field.shape.slice(0, -2), window.height / n, window.width / n];
  const size = fov.height * fov.width;
  const images = Array.from({ length: whole.length / size }, (_, k) =>
    binnedImage(whole.subarray(k * size, (k + 1) * size), fov, window, n),
  );
  const data = new Float64Array(shape.reduce((a, b) => a * b, 1));
  for (const [k, image] of images.entries()) data.set(image, k * image.length);
  return nd(
    data.map((value) => scale * value),
    shape,
  );
}

function combined(
  group: readonly number[],
  mode: "mean" | "sum",
  value: (frame: number) => number,
): number {
  let sum = 0;
  for (const frame of group) sum += value(frame);
  return mode === "sum" ? sum : sum / group.length;
}

/** Means of n × n pixels of a window; beyond the field of view there is nothing. */
export function binnedImage(
  image: ArrayLike<number>,
  fov: Canvas,
  { top, left, height, width }: Window,
  n: number,
): Float64Array {
  const binned = new Float64Array((height / n) * (width / n));
  for (let y = 0; y < height; y++) {
    if (top + y < 0 || top + y >= fov.height) continue;
    for (let x = 0; x < width; x++) {
      if (left + x < 0 || left + x >= fov.width) continue;
      const to = Math.floor(y / n) * (width / n) + Math.floor(x / n);
      binned[to]! += image[(top + y) * fov.width + left + x]! / (n * n);
    }
  }
  return binned;
}
