// A page for each indicator: its numbers, and where they come from.

import { regions } from "minisim";
import { INDICATORS } from "../../../packages/steps/cell-activity/src/indicators.ts";
import { type Found, pictureAddress } from "./links.ts";
import type { Page } from "./page.ts";
import { code, table } from "./prose.ts";
import { sourceExcerpt } from "./source-excerpt.ts";

const FILE = "packages/steps/cell-activity/src/indicators.ts";
const PICTURE = "packages/steps/cell-activity/indicators.png";
type Indicator = (typeof INDICATORS)[keyof typeof INDICATORS];

/** What each number is, in the order of the definition. */
const ROWS: readonly (readonly [keyof Indicator, string, string])[] = [
  ["dff_1ap", "1", "Peak of ΔF/F₀ after one action potential."],
  ["time_to_peak_s", "s", "From the spike to that peak."],
  ["half_decay_s", "s", "From that peak to half of it."],
  ["kd_nm", "nM", "Calcium of half saturation."],
  ["hill_n", "1", "Hill coefficient."],
  ["dynamic_range", "1", "R, the whole range of the purified protein: (F_max − F_apo) / F_apo."],
  ["rest_nm", "nM", "Free calcium of a resting cell."],
];

export function indicatorPages(found: Found): Page[] {
  found.pictures.add(PICTURE);
  return Object.entries(INDICATORS).map(([name, indicator]) => ({
    path: `indicators/${name}.md`,
    title: name,
    description: `The calcium indicator ${name}: response to a spike, Hill curve, and their sources.`,
    text: [
      `# ${code(name)}`,
      `<p class="facts">indicator of <code>cell_activity</code></p>`,
      usedIn(name),
      table(
        ["number", "value", "unit", "what it is"],
        ROWS.map(([field, unit, words]) => [
          code(field),
          String(indicator[field]),
          unit === "1" ? "" : unit,
          words,
        ]),
      ),
      "How light follows from these, a picture of all indicators, and the papers: [`cell_activity`](/steps/cell_activity.md#from-spikes-to-light).",
      `![One spike of each indicator](${pictureAddress(PICTURE)})`,
      "## In a spec",
      `\`\`\`yaml\nsteps:\n  - kind: cell_activity\n    indicator: ${name}\n\`\`\``,
      "## Where the numbers come from",
      sourceExcerpt(FILE, name),
      "Of all of them: [`cell_activity`](/steps/cell_activity.md#from-spikes-to-light).",
    ].join("\n\n"),
  }));
}

function usedIn(name: string): string {
  const using = Object.entries(regions).filter(([, region]) => region.activity.indicator === name);
  return using.length === 0
    ? "No preset has it; it is a choice of yours."
    : `The presets of ${using.map(([region]) => `[${code(region)}](/regions/${region}.md)`).join(", ")} have it.`;
}
