// What was measured → docs/validation-real.md.
import { explanationOf } from "./explanations.ts";
import { HELD_OUT } from "./held-out.ts";
import type { Observed } from "./observe.ts";
import { PAIRINGS, type Pairing } from "./pairings.ts";
import { type Row, summarize } from "./summary.ts";

const INTRODUCTION = `# Realistic presets beside real recordings

Every measure in \`@minisim/measures\` whose value in a real recording we know, and what the presets have in its place. What the measures mean, and how
far the recordings can be trusted, stands in \`packages/measures/README.md\`.

    npm run validate:real

measures and writes this page; what it measured lies in \`bench/fixtures/real.json\`.

- **Ours** is the mean of six seeds, and their range. A central window, 64 × 64 pixels after binning, is measured for two minutes; corners and
  contrast are of the whole field. Where the reference was corrected for motion, ours has none. Windows beside the wireless recording are as it is:
  200 × 200 pixels, 53 frames; beside the V4 screenshots 229 frames. Measures of the truth that begin with \`truth.light\` are of the same window, those of activity and
  footprints of the 300 × 300 pixels in the middle of the field, for two minutes.
- **in**: the ranges of ours and of the reference meet. **near**: our mean is within a factor of 1.5 of the reference's range; of shares and
  correlations, so is what they leave of 1. A reference is one recording or two, and two of one kind differ by as much: noise over level by 1.6, counts an
  electron by 2.7. **out**: neither, and a sentence says why.
- **Held out** (h) are measures that no number of a preset was set by. All others of these recordings were used: shares of variance, noise over level, local correlation,
  counts an electron, fixed pattern, offsets of rows, octave contrast, the power and times of the mean frame, the light of cells, rates, and widths of footprints. So a row
  without the mark says that a fit succeeded, not that it predicts. No whole recording of a scope is held out among ours: there are three, and each is the only one of its kind. There
  is none of a Miniscope V3 or LFOV: they stand beside striatum through a GRIN lens, and nothing of them was fitted to it.
`;

/** The whole page. Recordings that were not measured have no table. */
export function page(measured: Readonly<Record<string, readonly Observed[]>>): string {
  const sections = PAIRINGS.flatMap((pairing) => {
    const seeds = measured[pairing.title];
    return seeds === undefined ? [] : [{ pairing, rows: summarize(pairing.references, seeds) }];
  });
  const tables = sections.map(({ pairing, rows }) => section(pairing, rows));
  return [INTRODUCTION, overview(sections), ...tables].join("\n");
}

interface Section {
  readonly pairing: Pairing;
  readonly rows: readonly Row[];
}

function overview(sections: readonly Section[]): string {
  const lines = sections.map(({ pairing, rows }) => {
    const of = (verdict: Row["verdict"]) => rows.filter((row) => row.verdict === verdict).length;
    return [pairing.title, `\`${pairing.preset}\``, of("in"), of("near"), of("out")];
  });
  return `## Overview\n\n${table(["", "preset", "in", "near", "out"], lines)}`;
}

function section(pairing: Pairing, rows: readonly Row[]): string {
  const recordings = [...new Set(pairing.references.map(({ recording }) => recording))];
  const lines = rows.map(({ measure, reference, ours, verdict }) => [
    `\`${measure}\`${HELD_OUT.has(measure) ? " (h)" : ""}`,
    reference.low === reference.high
      ? number(reference.low)
      : `${number(reference.low)} … ${number(reference.high)}`,
    `${number(ours.mean)} (${number(ours.low)} … ${number(ours.high)})`,
    verdict,
  ]);
  const reasons = rows
    .filter(({ verdict }) => verdict === "out")
    .map(({ measure }) => `- \`${measure}\`: ${explanationOf(pairing, measure)}`);
  return [
    `## ${pairing.title}\n`,
    `\`${pairing.preset}\`. ${pairing.kinship}\n`,
    ...recordings.map((recording) => `- Reference: ${recording}.`),
    "",
    table(["measure", "reference", "ours", "verdict"], lines),
    ...(reasons.length > 0 ? [`What is out, and why:\n\n${reasons.join("\n")}\n`] : []),
  ].join("\n");
}

const number = (value: number): string => String(Number(value.toPrecision(3)));

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(" | ")} |\n`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("");
}
