// The naive pipeline of @minisim/scoring, in this process: its result is a file like any other's.
import { saveEstimate } from "@minisim/interop";
import type { Recorded } from "@minisim/recording";
import { roiPipeline } from "@minisim/scoring";
import type { Progress } from "./child.ts";

export async function runBaseline(
  recording: Recorded,
  parameters: Readonly<Record<string, unknown>>,
  path: string,
  options: {
    readonly signal?: AbortSignal | undefined;
    readonly onProgress?: ((progress: Progress) => void) | undefined;
  },
): Promise<void> {
  const { signal, onProgress } = options;
  const { radius_um, peak_to_noise } = parameters as Record<string, number>;
  const estimate = await roiPipeline(recording, {
    ...(radius_um !== undefined && { radius_um }),
    ...(peak_to_noise !== undefined && { peak_to_noise }),
    signal,
    onProgress: (frames) => onProgress?.({ ...frames, stage: "frames" }),
  });
  await saveEstimate(estimate, path);
}
