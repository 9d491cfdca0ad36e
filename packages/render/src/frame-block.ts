// What of a program is looked at, and a block of its frames.
import type { StageInfo } from "@minisim/pipeline/rendering";
import type { FrameData } from "./machine.ts";

export interface FrameBlock {
  readonly frames: Int32Array;
  /** frame × height × width over the FOV. Reused: valid until the next block is asked for. */
  readonly data: FrameData;
  /** The frames of each stage that is tapped, on its own grid, by its name. Reused like `data`. */
  readonly taps: ReadonlyMap<string, Float32Array>;
}

/** The stages to look at: the one that the movie ends at, and those on the way, in the order of the program. */
export interface View {
  readonly last: StageInfo;
  readonly taps: readonly StageInfo[];
}
