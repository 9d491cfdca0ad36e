// A report as one file of HTML that needs nothing else: the numbers as a table, the figures as SVG.
import type { Report } from "@minisim/scoring";
import { cellClassWords, cellSentences, estimateClassWords } from "./class-words.ts";
import type { ReportFigure } from "./report-figures.ts";
import type { Scored } from "./scored.ts";

type Column = readonly [head: string, of: (scored: Scored) => string];

const COLUMNS: readonly Column[] = [
  ["estimate", ({ name }) => name],
  [
    "recall",
    ({ report }) => `${share(report.recall)} <i>${report.n_matched} of ${report.n_true}</i>`,
  ],
  [
    "precision",
    ({ report }) =>
      `${share(report.precision)} <i>${report.n_matched} of ${report.n_est - report.n_excused}</i>`,
  ],
  ["F1", ({ report }) => share(report.f1)],
  ["likeness", ({ report }) => share(report.mean_overlap)],
  ["trace r", ({ report }) => share(report.median_trace_corr)],
  ["ΔF/F error", ({ report }) => share(report.median_dff_error)],
  ["activity r", ({ report }) => share(report.median_activity_corr)],
  ["spikes F1", ({ report }) => share(report.median_event_f1)],
  ["misattributed", ({ report }) => misattributed(report)],
  ["cell to cell r", ({ report: { pairwise_correlation: of } }) => pairwise(of)],
  ["motion error (px)", ({ report }) => motionError(report)],
];

const CLASS_COLUMNS: readonly Column[] = [
  ["estimate", ({ name }) => name],
  ["of its estimates are", ({ report }) => estimateClassWords(report)],
  ["of the cells are", ({ report }) => cellClassWords(report)],
  [
    "best match",
    ({ report: { best_match: best, n_true, n_est } }) =>
      `${best.n_cells_matched} of ${n_true} cells <i>${best.n_estimates_matched} of ${n_est} estimates</i>`,
  ],
];
const CLASS_NOTE =
  "Classes go by what estimates are made of: split is a part of a cell of which another estimate draws another part; merged is light of several cells; redundant draws what another does already; partial draws a part, or lies beside; excused is a real cell that does not count; hallucinated looks like no cell. Recall and precision pair one to one; in the best match, several may have the same partner.";

export function reportPage(
  title: string,
  about: string,
  all: readonly Scored[],
  figures: readonly ReportFigure[],
): string {
  const { report } = all[0]!;
  const which = report.restrict_to_detectable ? "detectable" : "planted";
  const note = `Recall counts ${which} cells: ${report.n_requested} are in view, ${report.n_detectable} of them detectable. A match is a pair with a likeness, by ${report.match_metric}, of at least ${report.match_threshold}. Likeness is the mean over matches, correlations are medians over matches. Transients are misattributed whose light is mostly another cell's, or nobody's. Correlations from cell to cell are those of every two matches. The motion error forgives a constant offset, for the position of a template is arbitrary.`;
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title>
<style>
body { background: #0d1117; color: #e2e8f0; font: 14px/1.5 system-ui, sans-serif; margin: 32px auto; max-width: 1240px; padding: 0 24px }
h1 { font-size: 20px; margin: 0 0 4px }
p, i, ul { color: #8b97a8; font-style: normal }
table { border-collapse: collapse; margin: 20px 0; font-variant-numeric: tabular-nums }
th, td { border-bottom: 1px solid #2a3442; padding: 6px 18px 6px 0; text-align: left; font-weight: normal; white-space: nowrap }
thead th { color: #8b97a8 }
tbody th { font-weight: 600 }
svg { display: block; max-width: 100%; height: auto; margin: 20px 0 }
</style>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(about)}</p>
${tableOf(COLUMNS, all)}
<p>${escapeHtml(note)}</p>
${tableOf(CLASS_COLUMNS, all)}
<p>${escapeHtml(CLASS_NOTE)}</p>
${notesOf(all)}
${detailsOf(all)}
${figures.map(({ svg }, index) => isolated(svg, `f${index}`)).join("\n")}
</html>
`;
}

function tableOf(columns: readonly Column[], all: readonly Scored[]): string {
  const head = columns.map(([name]) => `<th>${name}</th>`).join("");
  const body = all.map((one) => {
    const [name, ...cells] = columns.map(([head, of]) =>
      head === "estimate" ? escapeHtml(of(one)) : of(one),
    );
    return `<tr><th>${name}</th>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`;
  });
  return `<table><thead><tr>${head}</tr></thead>\n<tbody>\n${body.join("\n")}\n</tbody></table>`;
}

/** Which cells are split, merged or missed, folded up. Whoever was given the footprints has them all. */
function detailsOf(all: readonly Scored[]): string {
  return all
    .filter(({ knowsFootprints }) => !knowsFootprints)
    .map(({ name, report }) => {
      const items = cellSentences(report).map((text) => `<li>${escapeHtml(text)}</li>`);
      if (items.length === 0) return "";
      return `<details><summary>${escapeHtml(name)}: cells that are not found as they are</summary><ul>\n${items.join("\n")}\n</ul></details>`;
    })
    .join("\n");
}

function misattributed({ misattributed_fraction, n_transients }: Report): string {
  return misattributed_fraction === null
    ? "–"
    : `${share(misattributed_fraction)} <i>of ${n_transients} transients</i>`;
}

function pairwise(of: Report["pairwise_correlation"]): string {
  const median = of.estimated_spread?.[2] ?? null;
  return median === null ? "–" : `${share(median)} <i>${share(of.true_spread![2])} in truth</i>`;
}

function motionError({ shift_rmse, shift_rmse_raw }: Report): string {
  return shift_rmse === null ? "–" : `${share(shift_rmse)} <i>${share(shift_rmse_raw)} with it</i>`;
}

/** What was decided when the estimates were read, and what is odd about them. */
function notesOf(all: readonly Scored[]): string {
  const items = all.flatMap(({ name, report }) =>
    report.notes.map((text) => `<li>${escapeHtml(`${name}: ${text}`)}</li>`),
  );
  return items.length === 0 ? "" : `<ul>\n${items.join("\n")}\n</ul>`;
}

/** Identifiers of one SVG must not meet those of another in the same document. */
function isolated(svg: string, mark: string): string {
  return svg
    .replaceAll(/ id="([^"]+)"/g, ` id="${mark}-$1"`)
    .replaceAll(/url\(#([^)]+)\)/g, `url(#${mark}-$1)`);
}

const share = (value: number | null): string => (value === null ? "–" : value.toFixed(3));

const escapeHtml = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
