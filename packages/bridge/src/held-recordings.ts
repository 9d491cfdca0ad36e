// The recordings that a client holds, by number: plans whose frames are rendered when asked for, and stores.
import type { Plan } from "@minisim/pipeline";
import type { FrameRange, GroundTruth, MovieBlock, Recorded } from "@minisim/recording";
import { InputError } from "@minisim/spec/input";
import { liveRecording } from "minisim";
import type { StoredRecording } from "minisim/node";
import { liveFrames } from "./live-frames.ts";
import { WarmRenderers } from "./warm-renderers.ts";

interface Common {
  readonly recorded: Recorded;
  readonly warnings: Recorded["warnings"];
  frames(
    range: FrameRange,
    stage: string | undefined,
    signal: AbortSignal,
  ): AsyncIterable<MovieBlock>;
  /** Read once. */
  truth(): Promise<GroundTruth>;
}
/** Not made yet. */
export interface LiveHeld extends Common {
  readonly plan: Plan;
}
/** On disk. */
export interface StoredHeld extends Common {
  readonly stored: StoredRecording;
  readonly path: string;
}
export type Held = LiveHeld | StoredHeld;

export class HeldRecordings {
  readonly #held = new Map<number, Held>();
  readonly #warm = new WarmRenderers();
  #next = 1;

  /** `warnings`: those of the plan, and what a look at its frames found. */
  addLive(plan: Plan, warnings: Recorded["warnings"]): number {
    const recorded = liveRecording(plan);
    return this.#add({
      plan,
      recorded,
      warnings,
      frames: (range, stage, signal) => liveFrames(plan, range, stage, this.#warm, signal),
      truth: () => recorded.truth(),
    });
  }

  addStored(stored: StoredRecording, path: string): number {
    let truth: Promise<GroundTruth> | undefined;
    return this.#add({
      stored,
      path,
      recorded: stored,
      warnings: stored.warnings,
      frames: (range, stage) => stored.frames(range, stage),
      truth() {
        truth ??= stored.truth();
        return truth;
      },
    });
  }

  /** @throws InputError for a number that was never given, or was closed. */
  get(number: number): Held {
    const held = this.#held.get(number);
    if (held) return held;
    throw new InputError([`recording: there is none with the number ${number}.`]);
  }

  close(number: number): void {
    const held = this.#held.get(number);
    this.#held.delete(number);
    if (held && "plan" in held) this.#warm.release(held.plan);
  }

  #add(held: Held): number {
    this.#held.set(this.#next, held);
    return this.#next++;
  }
}
