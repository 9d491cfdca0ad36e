// Whether a movie clips: how many of its pixels are at full scale or at zero, in a few of its frames.
import { area, facts, type Plan } from "@minisim/pipeline";
import { containerOf, type FrameData, type RenderOptions, render } from "@minisim/render";
import { type Exposure, fullScaleE } from "@minisim/sensor";
import type { Issue } from "@minisim/spec";
import { reachOf } from "./reach.ts";

/** Enough for a share of a hundredth: 8 frames of 100 × 100 pixels know it to a thousandth. */
const FRAMES = 8;
const MOST_SATURATED = 0.01;
const MOST_DARK = 0.5;

export interface ClippingOptions extends Pick<RenderOptions, "until" | "backend" | "signal"> {}

/**
 * The plan, with a warning "saturated" where more than 1 % of the pixels are at full scale, and "dark" where more than half are 0. It renders up
 * to 8 frames, evenly spaced over the recording, to count them. A movie that stops before the sensor does not clip.
 */
export async function withClippingWarnings(
  plan: Plan,
  { until, backend, signal }: ClippingOptions = {},
): Promise<Plan> {
  const { program } = plan;
  const exposure = exposureAt(plan, until);
  if (!exposure) return plan;
  const frames = clippingFrames(program.geometry.n_frames);
  const tally = tallyOf(exposure);
  for await (const { data } of render(program, { backend, signal, frames })) tally.add(data);
  return { ...plan, warnings: [...plan.warnings, ...tally.issues()] };
}

/** The same of a movie that is there. */
export function clippingIssues(plan: Plan, movie: FrameData, until?: string): Issue[] {
  const { n_frames, fov } = plan.program.geometry;
  const exposure = exposureAt(plan, until);
  if (!exposure) return [];
  const tally = tallyOf(exposure);
  const pixels = area(fov);
  for (const t of clippingFrames(n_frames)) {
    tally.add(movie.subarray(t * pixels, (t + 1) * pixels));
  }
  return tally.issues();
}

/** The exposure of a run that goes as far as the sensor's counts. */
function exposureAt(plan: Plan, until?: string): Exposure | null {
  const isWhole = reachOf(plan, until).last === plan.program.stages.at(-1);
  const isCounts = isWhole && containerOf(plan.program) !== "float32";
  return (isCounts && plan.scene.get(facts.exposure)) || null;
}

const clippingFrames = (n_frames: number): number[] => {
  const count = Math.min(FRAMES, n_frames);
  return Array.from({ length: count }, (_, i) => Math.floor(((i + 0.5) * n_frames) / count));
};

function tallyOf(exposure: Exposure) {
  const full = fullCount(exposure);
  let saturated = 0;
  let dark = 0;
  let total = 0;
  return {
    add(counts: FrameData) {
      for (let i = 0; i < counts.length; i++) {
        if (counts[i]! >= full) saturated += 1;
        else if (counts[i] === 0) dark += 1;
      }
      total += counts.length;
    },
    issues(): Issue[] {
      const issues: Issue[] = [];
      if (saturated > MOST_SATURATED * total) {
        issues.push(
          warning(
            "saturated",
            "gain_adu_per_e",
            `${percent(saturated / total)} of the pixels are at full scale, ${full} counts, where nothing brighter shows. Give less light, or a lower gain.`,
          ),
        );
      }
      if (dark > MOST_DARK * total) {
        issues.push(
          warning(
            "dark",
            "black_level_adu",
            `${percent(dark / total)} of the pixels are 0, where nothing darker shows. Give more light, or a higher black level.`,
          ),
        );
      }
      return issues;
    },
  };
}

/** The largest count that a usual pixel reaches: the converter's, or that of a full well. */
function fullCount(exposure: Exposure): number {
  return Math.floor(fullScaleE(exposure) * exposure.counts_per_e + exposure.black_counts);
}

const percent = (share: number): string => `${Math.round(100 * share)} %`;

const warning = (code: string, field: string, message: string): Issue => ({
  severity: "warning",
  code,
  path: ["acquisition", "image_sensor", field],
  message,
});
