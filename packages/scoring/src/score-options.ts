// The options of a score, the estimate it takes, and everything that is wrong with them.
import type { FootprintStack } from "@minisim/footprint";
import type { GroundTruth } from "@minisim/recording";
import { InputError, shown, unknownOptions } from "@minisim/spec/input";
import type { EstimateInput } from "./estimate-input.ts";
import { findGrid } from "./grid/find-grid.ts";
import { frameGroups, type Grid } from "./grid/grid.ts";
import { GRID_DEFAULTS, type GridOptions, gridProblems } from "./grid/grid-options.ts";
import { canvasIn, uprightPatchShifts, uprightShifts } from "./grid/orientation.ts";
import { truthOnGrid } from "./grid/truth-on-grid.ts";
import { type ImageInput, imageProblems } from "./image-input.ts";
import type { Shift } from "./metrics/cells.ts";
import type { Rows } from "./metrics/estimate.ts";
import { SIMILARITY_METRICS, type SimilarityMetric } from "./metrics/similarity.ts";
import { type MotionInput, motionProblems } from "./motion-input.ts";

export interface ScoreOptions extends GridOptions {
  /**
   * How alike two footprints are: "light" (default), however tightly they are drawn; or "iou" of the pixels that hold 90 % of their light,
   * "cosine", "weighted_jaccard".
   */
  readonly match_metric?: SimilarityMetric;
  /** The similarity from which a pair is a match, 0 to 1. Default 0.5. */
  readonly match_threshold?: number;
  /** Counts recall over detectable cells alone. Default true. */
  readonly restrict_to_detectable?: boolean;
  /** Whole pixels (dy, dx) that move the estimate's footprints onto the truth; "auto" (default) finds them; null: none. */
  readonly footprint_shift?: Shift | "auto" | null;
  /** The estimated shifts are what was applied to undo the motion, its negation. Default false. */
  readonly shifts_are_corrections?: boolean;
  /** Frames per second of the recording, which turns seconds into frames. Null (default): not known. */
  readonly fps?: number | null;
  /** How far an estimated event may be from a true one, s; it needs `fps`. Null (default): 0.1 s and at least a frame. */
  readonly event_tolerance_s?: number | null;
}

export const SCORE_DEFAULTS = {
  match_metric: "light",
  match_threshold: 0.5,
  restrict_to_detectable: true,
  footprint_shift: "auto",
  shifts_are_corrections: false,
  fps: null,
  event_tolerance_s: null,
  ...GRID_DEFAULTS,
} as const satisfies ScoreOptions;

/** An estimate, upright, and the truth on its grid. */
export interface ScoreInput extends Required<MotionInput>, Required<ImageInput> {
  readonly footprints: FootprintStack;
  readonly C: Rows | null;
  readonly S: Rows | null;
  readonly shifts: Rows | null;
  readonly notes: readonly string[];
  readonly options: Required<ScoreOptions>;
  readonly grid: Grid;
  readonly truth: GroundTruth;
}

/** @throws InputError with a sentence for everything that is wrong. */
export function scoreInput(
  estimate: EstimateInput,
  truth: GroundTruth,
  given: ScoreOptions,
): ScoreInput {
  const defined = Object.entries(given).filter(([, value]) => value !== undefined);
  const options: Required<ScoreOptions> = { ...SCORE_DEFAULTS, ...Object.fromEntries(defined) };
  const wrongOptions = optionProblems(given, options, truth.n_frames);
  if (typeof estimate !== "object" || estimate === null) {
    throw new InputError([
      `The estimate must be an object, not ${shown(estimate)}.`,
      ...wrongOptions,
    ]);
  }
  const found = findGrid(estimate, truth, wrongOptions.length > 0 ? SCORE_DEFAULTS : options);
  const { grid, footprints } = found;
  const there = footprints === null ? truth : truthOnGrid(truth, grid);
  const [height, width] = there.fov_shape;
  const frames = there.n_frames;
  const { C = null, S = null, notes = [], source } = estimate;
  const shifts = estimate.shifts ? shiftsOnGrid(estimate.shifts, grid, truth.n_frames) : null;
  const { patch_shifts = null, axial_shift_um = null } = estimate;
  const { background_light = null, mean_image = null } = estimate;
  const units = footprints?.length ?? null;
  const own = canvasIn(grid.orientation, { height, width });
  const known = found.isTimed ? frames : null;
  const problems = [
    ...found.problems,
    ...rowProblems("C", C, units, "footprint", known),
    ...rowProblems("S", S, units, "footprint", known),
    ...rowProblems("shifts", shifts, known, "frame", 2),
    ...(found.isTimed
      ? [...motionProblems(estimate, frames, own), ...imageProblems(estimate, frames, own)]
      : []),
  ];
  const from = source === undefined ? "" : `${source}: `;
  const all = [...wrongOptions, ...problems.map((problem) => from + problem)];
  if (all.length > 0 || footprints === null) throw new InputError(all);
  const { orientation } = grid;
  return {
    ...{ footprints, C, S, axial_shift_um, background_light, mean_image, grid, truth: there },
    shifts: shifts && uprightShifts(shifts, orientation),
    patch_shifts: patch_shifts && uprightPatchShifts(patch_shifts, orientation, { height, width }),
    notes: [...notes, ...found.notes],
    options: { ...options, fps: fpsOn(grid, options.fps) },
  };
}

const fpsOn = ({ frame_stride, frame_binning }: Grid, fps: number | null): number | null =>
  fps === null ? null : fps / (frame_stride * frame_binning);

/** Motion is often corrected before frames are left out: shifts of all frames are brought to those of the grid. */
function shiftsOnGrid(shifts: Rows, grid: Grid, n_frames: number): Rows {
  const { means } = frameGroups(grid, n_frames);
  const isWhole = shifts.shape?.[0] === n_frames && shifts.data?.length === 2 * n_frames;
  if (!isWhole || means.length === n_frames) return shifts;
  const data = Float64Array.from({ length: 2 * means.length }, (_, k) => {
    const group = means[k >> 1]!;
    return group.reduce((sum, t) => sum + shifts.data[2 * t + (k & 1)]!, 0) / group.length;
  });
  return { shape: [means.length, 2], data };
}

function optionProblems(
  given: ScoreOptions,
  options: Required<ScoreOptions>,
  n_frames: number,
): string[] {
  const problems = unknownOptions(given, Object.keys(SCORE_DEFAULTS));
  const { match_metric, match_threshold, footprint_shift } = options;
  if (!SIMILARITY_METRICS.includes(match_metric)) {
    problems.push(
      `match_metric must be ${SIMILARITY_METRICS.join(", ")}, not ${shown(match_metric)}.`,
    );
  }
  if (!(typeof match_threshold === "number" && match_threshold >= 0 && match_threshold <= 1)) {
    problems.push(`match_threshold must be a number from 0 to 1, not ${shown(match_threshold)}.`);
  }
  for (const name of ["restrict_to_detectable", "shifts_are_corrections"] as const) {
    if (typeof options[name] === "boolean") continue;
    problems.push(`${name} must be true or false, not ${shown(options[name])}.`);
  }
  problems.push(...timeProblems(options), ...gridProblems(options, n_frames));
  const isShift =
    Array.isArray(footprint_shift) &&
    footprint_shift.length === 2 &&
    footprint_shift.every(Number.isSafeInteger);
  if (footprint_shift !== "auto" && footprint_shift !== null && !isShift) {
    problems.push(
      `footprint_shift must be "auto", null or two whole numbers of pixels, not ${shown(footprint_shift)}.`,
    );
  }
  return problems;
}

function timeProblems({ fps, event_tolerance_s }: Required<ScoreOptions>): string[] {
  const problems: string[] = [];
  const isNumber = (value: unknown): value is number => Number.isFinite(value);
  if (fps !== null && !(isNumber(fps) && fps > 0)) {
    problems.push(`fps must be a number above 0 or null, not ${shown(fps)}.`);
  }
  if (event_tolerance_s === null) return problems;
  if (!(isNumber(event_tolerance_s) && event_tolerance_s >= 0)) {
    problems.push(
      `event_tolerance_s must be a number of seconds, 0 or more, or null, not ${shown(event_tolerance_s)}.`,
    );
  }
  if (fps === null) problems.push("event_tolerance_s is in seconds, so it needs fps.");
  return problems;
}

/** `rows` or `columns` null: how many there should be is unknown, because the footprints could not be read, or not which frames are meant. */
function rowProblems(
  name: string,
  given: Rows | null,
  rows: number | null,
  perRow: string,
  columns: number | null,
): string[] {
  if (given === null) return [];
  const { shape, data } = given;
  const isArray = data instanceof Float32Array || data instanceof Float64Array;
  if (!Array.isArray(shape) || shape.length !== 2 || !isArray) {
    return [
      `${name} must have a shape of two numbers and its values as a Float32Array or Float64Array.`,
    ];
  }
  const problems: string[] = [];
  if (rows !== null && shape[0] !== rows) {
    problems.push(`${name} has ${shape[0]} rows, one for each ${perRow} would be ${rows}.`);
  }
  if (columns !== null && shape[1] !== columns) {
    const what =
      columns === 2 && perRow === "frame" ? "dy and dx are" : "the recording's frames are";
    problems.push(`${name} has ${shape[1]} columns; ${what} ${columns}.`);
  }
  if (data.length !== shape[0] * shape[1]) {
    problems.push(
      `${name} has ${data.length} values, not the ${shape[0]} × ${shape[1]} of its shape.`,
    );
  }
  return problems;
}
