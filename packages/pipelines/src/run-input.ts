// What a pipeline is run on.
import type { Recorded } from "@minisim/recording";
import type { Progress } from "./child.ts";

export interface RunInput {
  readonly recording: Recorded;
  /** The cache key of the recording. */
  readonly recordingKey: string;
  /** Runs anew what the cache has. */
  readonly again?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}
