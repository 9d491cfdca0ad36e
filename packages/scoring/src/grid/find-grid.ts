// The grid that an estimate lives on, and its footprints, upright: by the options, and by what its sizes and cells tell.
import type { Canvas, FootprintStack } from "@minisim/footprint";
import type { GroundTruth } from "@minisim/recording";
import { type EstimateInput, footprintStack } from "../estimate-input.ts";
import { assignPairs } from "../metrics/assign.ts";
import type { Rows } from "../metrics/estimate.ts";
import { footprintSimilarity } from "../metrics/similarity.ts";
import { observedInView } from "../observed-in-view.ts";
import { type FieldOptions, fieldHypothesis, type OwnSize, placedByCells } from "./find-field.ts";
import {
  type FrameOptions,
  framesByTraces,
  givenFrames,
  type TracePair,
  type Traces,
} from "./find-frames.ts";
import { type Grid, isWholeField, RECORDINGS_GRID } from "./grid.ts";
import { uprightFootprints } from "./orientation.ts";
import { truthOnGrid } from "./truth-on-grid.ts";

export interface FoundGrid {
  readonly grid: Grid;
  /** Upright, on the grid; null where they cannot be read. */
  readonly footprints: FootprintStack | null;
  /** What was taken for what, a sentence each. */
  readonly notes: readonly string[];
  readonly problems: readonly string[];
  /** Whether it is known which frames the traces are of. */
  readonly isTimed: boolean;
}

/** Enough of the most alike pairs to tell which frames traces are of. */
const PAIRS = 50;

export function findGrid(
  estimate: EstimateInput,
  truth: GroundTruth,
  options: FieldOptions & FrameOptions,
): FoundGrid {
  const [height, width] = truth.fov_shape;
  const field = findField(estimate, truth, { height, width }, options);
  const { frames } = options;
  const unknown = { frames, frame_stride: 1, frame_binning: 1 };
  if (field.footprints === null) return { ...field, grid: { ...field.grid, ...unknown } };
  const { C = null, S = null, shifts = null } = estimate;
  const count = C?.shape?.[1] ?? S?.shape?.[1] ?? shifts?.shape?.[0] ?? null;
  const given = givenFrames(options, count, truth.n_frames);
  if (given) return { ...field, grid: { ...field.grid, ...given } };
  const traces = (
    [
      { name: "C", rows: C },
      { name: "S", rows: S },
    ] as const
  ).find((one): one is Traces => isComplete(one.rows, field.footprints!.length));
  const pairs = likeliestPairs(field.footprints, truth, { ...field.grid, ...unknown });
  const found = framesByTraces(options, count!, truth, traces ?? null, pairs);
  if (typeof found === "string") {
    return { ...field, grid: { ...field.grid, ...unknown }, problems: [found], isTimed: false };
  }
  const grid = { ...field.grid, ...found };
  return { ...field, grid, notes: [...field.notes, frameNote(grid, count!, truth.n_frames)] };
}

function isComplete(rows: Rows | null, units: number): boolean {
  const isFloat = rows?.data instanceof Float32Array || rows?.data instanceof Float64Array;
  return isFloat && rows!.shape[0] === units && rows!.data.length === units * rows!.shape[1]!;
}

function findField(
  { footprints }: EstimateInput,
  truth: GroundTruth,
  fov: Canvas,
  options: FieldOptions,
): FoundGrid {
  const size = sizeOf(footprints);
  const hypothesis = size && fieldHypothesis(size, fov, options);
  const none = { grid: RECORDINGS_GRID, footprints: null, notes: [], isTimed: true };
  const refused = (problem: string): FoundGrid => ({ ...none, problems: [problem] });
  let stack: FootprintStack;
  try {
    stack = footprintStack(footprints, hypothesis?.canvas ?? fov);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return refused(hypothesis || !size ? error.message : `${error.message} ${UNTOLD}`);
  }
  if (!hypothesis) return { ...none, footprints: stack, problems: [] };
  const upright = uprightFootprints(stack, hypothesis.grid.orientation);
  const placed = hypothesis.isPlaced
    ? hypothesis.grid
    : placedByCells(hypothesis.grid, upright, truth);
  if (!placed) {
    const { canvas, grid } = hypothesis;
    const n = grid.spatial_binning;
    const averaged = n > 1 ? ` averaged over ${n} × ${n} pixels,` : "";
    return refused(
      `footprints are ${canvas.height} × ${canvas.width} px, the field of view ${fov.height} × ${fov.width}. Taken for a part of it,${averaged} too few of them lie on cells. ${UNTOLD}`,
    );
  }
  const grid = { ...RECORDINGS_GRID, ...placed };
  return {
    grid,
    footprints: upright,
    notes: fieldNotes(grid, hypothesis.canvas, fov, options),
    problems: [],
    isTimed: true,
  };
}

const UNTOLD =
  "The options crop, spatial_binning and orientation tell what part of the field they show, and how.";

function sizeOf(footprints: EstimateInput["footprints"]): OwnSize | null {
  if (typeof footprints !== "object" || footprints === null) return null;
  if ("canvas" in footprints) return footprints.canvas;
  if (!("shape" in footprints) || !Array.isArray(footprints.shape)) return null;
  const { shape } = footprints;
  if ("indptr" in footprints) return { pixels: shape[footprints.rows === "pixels" ? 0 : 1]! };
  return shape.length === 3 ? { height: shape[1]!, width: shape[2]! } : null;
}

/** The most alike first. */
function likeliestPairs(footprints: FootprintStack, truth: GroundTruth, grid: Grid): TracePair[] {
  const similarity = footprintSimilarity(footprints, observedInView(truthOnGrid(truth, grid)));
  const { estimate, truth: cell, similarity: alike } = assignPairs(similarity);
  const order = [...alike.keys()].sort((a, b) => alike[b]! - alike[a]!).slice(0, PAIRS);
  return order.map((k) => [estimate[k]!, cell[k]!]);
}

function fieldNotes(grid: Grid, own: Canvas, fov: Canvas, options: FieldOptions): string[] {
  if (isWholeField(grid) && grid.orientation === "upright") return [];
  const { crop, spatial_binning: n, orientation } = grid;
  const taken = [
    options.orientation === "auto" && orientation !== "upright"
      ? `rows and columns exchanged (orientation ${orientation})`
      : null,
    options.crop === "auto" && crop.some((px) => px !== 0)
      ? `a part of it (crop ${crop.join(", ")} px at the top, left, bottom and right; below 0: added)`
      : null,
    options.spatial_binning === "auto" && n > 1
      ? `means of ${n} × ${n} pixels (spatial_binning ${n})`
      : null,
  ].filter((words) => words !== null);
  if (taken.length === 0) return [];
  return [
    `The images are ${own.height} × ${own.width} px, the field of view ${fov.height} × ${fov.width}. They were taken for ${taken.join(" and ")}; the truth was brought to their pixels.`,
  ];
}

function frameNote(grid: Grid, count: number, n_frames: number): string {
  const { frame_stride, frame_binning, frames } = grid;
  const which =
    frame_binning > 1
      ? `means of ${frame_binning} frames (frame_binning ${frame_binning})`
      : `one frame in ${frame_stride} (frame_stride ${frame_stride})`;
  return `The traces have ${count} of ${frames?.length ?? n_frames} frames. By how they run, they were taken for ${which}; the truth was brought to them.`;
}
