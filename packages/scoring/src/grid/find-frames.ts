// Which frames of the recording an estimate's are, where they are fewer: told by the options, else by the traces.
import type { GroundTruth } from "@minisim/recording";
import { tracePearson } from "../metrics/correlation.ts";
import type { Rows } from "../metrics/estimate.ts";
import { frameGroups, type Grid } from "./grid.ts";

export type FrameGrid = Pick<Grid, "frames" | "frame_stride" | "frame_binning">;

/** What of the frames is given; "auto": to be found. */
export interface FrameOptions {
  readonly frames: readonly number[] | null;
  readonly frame_stride: number | "auto";
  readonly frame_binning: number;
}

/** Pairs of a footprint and the cell that it is most like, to be compared by their traces. */
export type TracePair = readonly [estimate: number, cell: number];

export interface Traces {
  readonly name: "C" | "S";
  readonly rows: Rows;
}

interface Hypothesis {
  readonly grid: FrameGrid;
  readonly words: string;
  /** What a user who cut the recording has; it is not taken unasked. */
  readonly isCut: boolean;
}

/** The mean correlation that a hypothesis must reach, and by how much it must be ahead of a cut. Estimates: chance gives 0. */
const LEAST = 0.3;
const AHEAD = 0.1;
const MOST_STRIDE = 64;
/** Traces of fewer frames correlate by accident. */
const FEW = 10;

/** What is given; null where it is to be found. */
export function givenFrames(
  options: FrameOptions,
  count: number | null,
  n_frames: number,
): FrameGrid | null {
  const { frames, frame_stride, frame_binning } = options;
  if (frame_stride !== "auto") return { frames, frame_stride, frame_binning };
  const isWhole = count === null || count === (frames?.length ?? n_frames);
  return isWhole || frame_binning > 1 ? { frames, frame_stride: 1, frame_binning } : null;
}

/** The frames of `count`, by the traces of some pairs; or a sentence that says what was tried. */
export function framesByTraces(
  { frames }: FrameOptions,
  count: number,
  truth: GroundTruth,
  traces: Traces | null,
  pairs: readonly TracePair[],
): FrameGrid | string {
  const possible = hypotheses(frames, count, truth.n_frames);
  const options = "the options frames, frame_stride and frame_binning tell which frames they are";
  const whole = frames?.length ?? truth.n_frames;
  const fewer = `The estimate has ${count} frame${count === 1 ? "" : "s"} of ${whole}`;
  if (count < FEW) return `${fewer}, too few for their traces to tell which: ${options}.`;
  if (!possible.some(({ isCut }) => !isCut)) {
    return `${fewer}, which is neither every n-th of them nor means of n: ${options}.`;
  }
  const tried = possible.map((one) => ({
    ...one,
    r: traces && agreement(one.grid, truth, traces, pairs),
  }));
  const told = tried.filter(({ r }) => r !== null).sort((a, b) => b.r! - a.r!);
  const best = told.find(({ isCut }) => !isCut);
  const cut = told.find(({ isCut }) => isCut);
  if (best && best.r! >= LEAST && best.r! >= (cut?.r ?? 0) + AHEAD) return best.grid;
  const list = tried
    .map(({ words, r }) => `${words}${r === null ? "" : ` (mean trace r ${r.toFixed(2)})`}`)
    .join(", ");
  return `${fewer}, and the traces do not tell whether these are ${list}: ${options}.`;
}

function hypotheses(
  frames: readonly number[] | null,
  count: number,
  n_frames: number,
): Hypothesis[] {
  const all = frames ?? Array.from({ length: n_frames }, (_, t) => t);
  const steps = Array.from({ length: MOST_STRIDE - 1 }, (_, k) => k + 2);
  const whole = { frames, frame_stride: 1, frame_binning: 1 };
  const cut = (kept: readonly number[], words: string): Hypothesis => {
    return { grid: { ...whole, frames: kept }, words, isCut: true };
  };
  if (count > all.length) return [];
  return [
    ...steps
      .filter((n) => Math.ceil(all.length / n) === count)
      .map((n) => ({
        grid: { ...whole, frame_stride: n },
        words: `every ${ordinal(n)}`,
        isCut: false,
      })),
    ...steps
      .filter((n) => Math.floor(all.length / n) === count)
      .map((n) => ({ grid: { ...whole, frame_binning: n }, words: `means of ${n}`, isCut: false })),
    cut(all.slice(0, count), "the first ones"),
    cut(all.slice(all.length - count), "the last ones"),
  ];
}

const ordinal = (n: number): string => `${n}${n === 2 ? "nd" : n === 3 ? "rd" : "th"}`;

/** The mean correlation of the pairs' traces; null where there is none. */
function agreement(
  grid: FrameGrid,
  truth: GroundTruth,
  { name, rows }: Traces,
  pairs: readonly TracePair[],
): number | null {
  const { means, sums } = frameGroups(grid as Grid, truth.n_frames);
  const groups = name === "C" ? means : sums;
  const count = rows.shape[1]!;
  const known = pairs.flatMap(([estimate, cell]) => {
    const whole = truth.field(name).rows(cell, cell + 1);
    const real = groups.map(
      (group) => group.reduce((sum, t) => sum + whole[t]!, 0) / (name === "C" ? group.length : 1),
    );
    const found = rows.data.subarray(estimate * count, (estimate + 1) * count);
    return tracePearson(found, real) ?? [];
  });
  return known.length === 0 ? null : known.reduce((sum, r) => sum + r, 0) / known.length;
}
