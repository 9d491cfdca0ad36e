// Colours of cells by what is known of them; the same on the movie, in histograms and from the side.
import { colorAt } from "@minisim/figures";
import { DETECTABLE_SNR } from "@minisim/sensor";
import type { Census } from "../engine/census.ts";
import type { SceneInfo } from "../engine/types.ts";

export const DETECTABLE = "#4fd1b5";
export const HIDDEN = "#e0656b";
/** Of a cell that is still to be judged. */
export const UNKNOWN = "#aab4c0";

/** Span of the colour scale: three times below and above the threshold of detection, which lies in the middle. */
const SNR_SPAN = [DETECTABLE_SNR / 3, DETECTABLE_SNR * 3] as const;

/** `known`: who can be found, where that is counted already. */
export function cellColor(
  info: SceneInfo,
  known: Census | null,
  unit: number,
  by: "detectable" | "snr" | "depth",
): string {
  if (by !== "depth" && !known) return UNKNOWN;
  if (by === "detectable") return known!.detectable[unit] ? DETECTABLE : HIDDEN;
  if (by === "snr") {
    const [low, high] = SNR_SPAN;
    const snr = Math.max(low, known!.snr[unit]!);
    // Twelve colours are enough to tell, and few enough to draw at once.
    return steps(Math.log(snr / low) / Math.log(high / low));
  }
  const [top, bottom] = depthSpan(info);
  return steps((info.centersUm[3 * unit]! - top) / Math.max(1, bottom - top));
}

export function depthSpan(info: SceneInfo): readonly [number, number] {
  let top = Number.POSITIVE_INFINITY;
  let bottom = 0;
  for (let unit = 0; unit < info.inView; unit++) {
    top = Math.min(top, info.centersUm[3 * unit]!);
    bottom = Math.max(bottom, info.centersUm[3 * unit]!);
  }
  return Number.isFinite(top) ? [top, bottom] : [0, 0];
}

const steps = (share: number): string => colorAt("lagoon", Math.round(share * 12) / 12);
