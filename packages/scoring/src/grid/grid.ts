// The grid of pixels and frames that an estimate lives on, as a part of the recording's.
import type { Canvas, Window } from "@minisim/footprint";
import type { Orientation } from "./orientation.ts";

/** Pixels of the recording that are missing at each side; below 0, that were added. */
export type Crop = readonly [top: number, left: number, bottom: number, right: number];

/** What was done to the recording, in this order: frames were picked, borders cut, pixels averaged, images turned. */
export interface Grid {
  /** The frames of the recording that were there at all, rising; null: all. */
  readonly frames: readonly number[] | null;
  /** Of these, every n-th was kept, the first included. */
  readonly frame_stride: number;
  /** Or means of n were. */
  readonly frame_binning: number;
  readonly crop: Crop;
  /** Means of n × n pixels. */
  readonly spatial_binning: number;
  readonly orientation: Orientation;
}

export const RECORDINGS_GRID: Grid = {
  frames: null,
  frame_stride: 1,
  frame_binning: 1,
  crop: [0, 0, 0, 0],
  spatial_binning: 1,
  orientation: "upright",
};

/** The pixels of the field of view, before they are averaged, that make whole pixels of the grid. */
export function windowOf({ crop, spatial_binning: n }: Grid, fov: Canvas): Window {
  const [top, left, bottom, right] = crop;
  const whole = (size: number) => n * Math.max(0, Math.floor(size / n));
  return {
    top,
    left,
    height: whole(fov.height - top - bottom),
    width: whole(fov.width - left - right),
  };
}

/** Of upright images. */
export function canvasOf(grid: Grid, fov: Canvas): Canvas {
  const { height, width } = windowOf(grid, fov);
  const n = grid.spatial_binning;
  return { height: height / n, width: width / n };
}

/** For each frame of the grid, the frames of the recording that it is the mean of, and those whose spikes it is the first to show. */
export interface FrameGroups {
  readonly means: readonly (readonly number[])[];
  readonly sums: readonly (readonly number[])[];
}

export function frameGroups(grid: Grid, n_frames: number): FrameGroups {
  const { frames, frame_stride, frame_binning } = grid;
  const all = frames ?? Array.from({ length: n_frames }, (_, t) => t);
  const means =
    frame_binning > 1
      ? Array.from({ length: Math.floor(all.length / frame_binning) }, (_, k) =>
          all.slice(k * frame_binning, (k + 1) * frame_binning),
        )
      : all.filter((_, k) => k % frame_stride === 0).map((t) => [t]);
  // A spike in a frame that is not there is first seen in the next one that is.
  const sums = means.map((group, k) => {
    const last = group.at(-1)!;
    const from = k === 0 ? group[0]! : means[k - 1]!.at(-1)! + 1;
    return Array.from({ length: last - from + 1 }, (_, i) => from + i);
  });
  return { means, sums };
}

export const isWholeTime = ({ frames, frame_stride, frame_binning }: Grid): boolean =>
  frames === null && frame_stride === 1 && frame_binning === 1;

export const isWholeField = ({ crop, spatial_binning }: Grid): boolean =>
  spatial_binning === 1 && crop.every((px) => px === 0);
