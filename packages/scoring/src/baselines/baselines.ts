// The pipelines of this package by name.
import type { Recorded } from "@minisim/recording";
import type { Estimate } from "../metrics/estimate.ts";
import { type DemixOptions, demixOracle } from "./demix-oracle.ts";
import { roiMean } from "./roi-mean.ts";
import { roiPipeline } from "./roi-pipeline.ts";

export interface Baseline {
  /** It was handed the true footprints: its recall says nothing. */
  readonly knowsFootprints: boolean;
  estimate(
    recording: Recorded,
    options: Pick<DemixOptions, "simulator" | "signal" | "onProgress">,
  ): Promise<Estimate>;
}

/** In order from the lowest to the highest expectation. */
export const BASELINES: Readonly<Record<"roi" | "roi_mean" | "oracle", Baseline>> = {
  roi: { knowsFootprints: false, estimate: roiPipeline },
  roi_mean: { knowsFootprints: true, estimate: roiMean },
  oracle: { knowsFootprints: true, estimate: demixOracle },
};

export const isBaseline = (name: string): name is keyof typeof BASELINES =>
  Object.hasOwn(BASELINES, name);
