// What a recording will cost, said before it is made: room on the disk, memory, time.
import type { Plan } from "@minisim/pipeline";
import type { StoreHeader } from "@minisim/store";
import { decodedBytes } from "@minisim/store";
import { measureFrames } from "./measure-frames.ts";

export interface RecordingCost {
  readonly frames: number;
  /** Of the movie, encoded as the measured frames are; of snapshots and ground truth as they decode, which is more than they take. */
  readonly disk_bytes: number;
  /** From now on: rendering, encoding and writing on all workers. Expects that nobody else uses the cores. */
  readonly seconds: number;
  /** What the expectation stands on: frames rendered and encoded, and the seconds that one took on one core. */
  readonly measured: { readonly frames: number; readonly frame_s: number };
}

/** Beside the rendering, the same cores write chunks and ground truth: measured on the standard job (`npm run bench`), 1.25 to 1.4. */
const OVERHEAD = 1.3;

/**
 * The cost of storing what a plan gives, from a few frames that are rendered for the purpose.
 * @throws RangeError for an unknown stage; the signal's reason when aborted.
 */
export async function recordingCost(
  plan: Plan,
  header: StoreHeader,
  options: {
    readonly until?: string | undefined;
    /** Cores that will render. */
    readonly workers: number;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<RecordingCost> {
  const [frames] = header.movie.shape;
  const cost = frames === 0 ? undefined : await measureFrames(plan, options);
  const frame_s = cost?.seconds ?? 0;
  const { truth, snapshots } = decodedBytes(header);
  return {
    frames,
    disk_bytes: Math.round(frames * (cost?.bytes ?? 0)) + truth + snapshots,
    seconds: (OVERHEAD * frames * frame_s) / Math.max(1, options.workers),
    measured: { frames: cost?.frames ?? 0, frame_s },
  };
}
