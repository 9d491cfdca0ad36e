// The two scores between which any other on the same recording is read.
import type { Recorded } from "@minisim/recording";
import type { Report } from "../report.ts";
import { score } from "../score.ts";
import type { ScoreOptions } from "../score-options.ts";
import { type DemixOptions, demixOracle } from "./demix-oracle.ts";
import { roiMean } from "./roi-mean.ts";

export interface FloorAndCeiling {
  /** `roiMean`: what the pixels of a cell give without further thought. */
  readonly floor: Report;
  /** `demixOracle`: what remains possible when everything but the noise is known. */
  readonly ceiling: Report;
}

/**
 * Both are given the true footprints, so their recall is 1 by construction: read the traces. For a floor of recall, score
 * `roiPipeline`.
 */
export async function floorAndCeiling(
  recording: Recorded,
  options: ScoreOptions & DemixOptions = {},
): Promise<FloorAndCeiling> {
  const { signal, onProgress, tolerance, simulator, ...given } = options;
  const scoring = { fps: recording.spec.acquisition.fps, ...given };
  const truth = await recording.truth();
  const demix = { signal, onProgress, tolerance, simulator };
  const floor = score(await roiMean(recording, { signal }), truth, scoring);
  const ceiling = score(await demixOracle(recording, demix), truth, scoring);
  return { floor, ceiling };
}
