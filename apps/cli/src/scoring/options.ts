// The options of a score, as the command line gives them.
import type { Crop, Orientation, ScoreOptions } from "@minisim/scoring";
import { usageFailure } from "../failure.ts";
import { framesOf } from "./frame-list.ts";

export interface ScoreFlags {
  readonly metric?: string;
  readonly threshold?: number;
  readonly allCells?: boolean;
  readonly shift?: string;
  readonly corrections?: boolean;
  readonly eventTolerance?: number;
  readonly orientation?: string;
  readonly crop?: string;
  readonly spatialBinning?: number;
  readonly frames?: string;
  readonly frameStride?: number;
  readonly frameBinning?: number;
}

/** What is wrong with a value, `score` itself tells. */
export async function scoreOptions(flags: ScoreFlags, cwd: string): Promise<ScoreOptions> {
  const { metric, threshold, allCells, shift, corrections, eventTolerance } = flags;
  return {
    ...(metric !== undefined && { match_metric: metric as ScoreOptions["match_metric"] & string }),
    ...(threshold !== undefined && { match_threshold: threshold }),
    ...(allCells && { restrict_to_detectable: false }),
    ...(shift !== undefined && { footprint_shift: shiftOf(shift) }),
    ...(corrections && { shifts_are_corrections: true }),
    ...(eventTolerance !== undefined && { event_tolerance_s: eventTolerance }),
    ...(await gridOptions(flags, cwd)),
  };
}

async function gridOptions(flags: ScoreFlags, cwd: string): Promise<ScoreOptions> {
  const { orientation, crop, spatialBinning, frames, frameStride, frameBinning } = flags;
  return {
    ...(orientation !== undefined && { orientation: orientation as Orientation }),
    ...(crop !== undefined && { crop: cropOf(crop) }),
    ...(spatialBinning !== undefined && { spatial_binning: spatialBinning }),
    ...(frames !== undefined && { frames: await framesOf(frames, cwd) }),
    ...(frameStride !== undefined && { frame_stride: frameStride }),
    ...(frameBinning !== undefined && { frame_binning: frameBinning }),
  };
}

function cropOf(text: string): Crop {
  const numbers = text.split(",").map((part) => (/^-?\d+$/.test(part) ? Number(part) : Number.NaN));
  if (numbers.length === 4 && numbers.every(Number.isSafeInteger)) {
    const [top, left, bottom, right] = numbers;
    return [top!, left!, bottom!, right!];
  }
  throw usageFailure(`--crop ${text}: it is TOP,LEFT,BOTTOM,RIGHT in whole pixels.`);
}

function shiftOf(text: string): "auto" | null | readonly [number, number] {
  if (text === "auto") return text;
  if (text === "none") return null;
  const [, dy, dx] = /^(-?\d+),(-?\d+)$/.exec(text) ?? [];
  if (dy !== undefined && dx !== undefined) return [Number(dy), Number(dx)];
  throw usageFailure(`--shift ${text}: it is auto, none or DY,DX in whole pixels.`);
}
