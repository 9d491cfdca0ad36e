// The options that say what a pipeline did to the recording's pixels and frames, and what is wrong with them.
import { shown } from "@minisim/spec/input";
import type { Crop } from "./grid.ts";
import { ORIENTATIONS, type Orientation } from "./orientation.ts";

export interface GridOptions {
  /** How the estimate's images lie to the recording's. "auto" (default): upright, or transposed where their size says so. */
  readonly orientation?: Orientation | "auto";
  /** px of the recording that the images lack at each side; below 0, that were added. "auto" (default): found where their size says so. */
  readonly crop?: Crop | "auto";
  /** Their pixels are means of n × n of the recording. "auto" (default): as their size says. */
  readonly spatial_binning?: number | "auto";
  /** The frames of the recording that the pipeline was given, rising from 0. Null (default): all. */
  readonly frames?: readonly number[] | null;
  /** Of these it used every n-th. "auto" (default): all, or what the traces tell where these are shorter. */
  readonly frame_stride?: number | "auto";
  /** Or means of n frames. Default 1. */
  readonly frame_binning?: number;
}

export const GRID_DEFAULTS = {
  orientation: "auto",
  crop: "auto",
  spatial_binning: "auto",
  frames: null,
  frame_stride: "auto",
  frame_binning: 1,
} as const satisfies GridOptions;

export function gridProblems(options: Required<GridOptions>, n_frames: number): string[] {
  const { orientation, crop, spatial_binning, frames, frame_stride, frame_binning } = options;
  const problems: string[] = [];
  if (orientation !== "auto" && !ORIENTATIONS.includes(orientation)) {
    problems.push(
      `orientation must be auto, ${ORIENTATIONS.join(", ")}, not ${shown(orientation)}.`,
    );
  }
  const isCrop = Array.isArray(crop) && crop.length === 4 && crop.every(Number.isSafeInteger);
  if (crop !== "auto" && !isCrop) {
    problems.push(
      `crop must be "auto" or four whole numbers of pixels (top, left, bottom, right), not ${shown(crop)}.`,
    );
  }
  for (const [name, value] of Object.entries({ spatial_binning, frame_stride, frame_binning })) {
    const isAuto = value === "auto" && name !== "frame_binning";
    if (isAuto || (Number.isSafeInteger(value) && Number(value) >= 1)) continue;
    problems.push(`${name} must be a whole number from 1, not ${shown(value)}.`);
  }
  if (frame_binning > 1 && frame_stride !== "auto" && frame_stride > 1) {
    problems.push(
      "frame_stride and frame_binning exclude each other: frames are kept or averaged.",
    );
  }
  const isRising = (list: readonly number[]) =>
    list.every((t, k) => Number.isSafeInteger(t) && t < n_frames && t > (list[k - 1] ?? -1));
  if (frames !== null && !(Array.isArray(frames) && frames.length > 0 && isRising(frames))) {
    problems.push(`frames must be null or rising numbers of frames from 0 to ${n_frames - 1}.`);
  }
  return problems;
}
