// A report as one file of HTML that needs nothing else: the numbers as a table, the figures as SVG.
import type { Report } from "@minisim/scoring";
import type { ReportFigure } from "./report-figures.ts";
import type { Scored } from "./scored.ts";

const COLUMNS: readonly (readonly [head: string, of: (scored: Scored) => string])[] = [
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
  ["activity r", ({ report }) => share(report.median_activity_corr)],
  ["motion error (px)", ({ report }) => motionError(report)],
];

export function reportPage(
  title: string,
  about: string,
  all: readonly Scored[],
  figures: readonly ReportFigure[],
): string {
  const { report } = all[0]!;
  const which = report.restrict_to_detectable ? "detectable" : "planted";
  const note = `Recall counts ${which} cells: ${report.n_requested} are in view, ${report.n_detectable} of them detectable. A match is a pair with a likeness, by ${report.match_metric}, of at least ${report.match_threshold}. Likeness is the mean over matches, correlations are medians over matches. The motion error forgives a constant offset, for the position of a template is arbitrary.`;
  const head = COLUMNS.map(([name]) => `<th>${name}</th>`).join("");
  const body = all
    .map((one) => {
      const [name, ...cells] = COLUMNS.map(([head, of]) =>
        head === "estimate" ? escapeHtml(of(one)) : of(one),
      );
      return `<tr><th>${name}</th>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`;
    })
    .join("\n");
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
<table><thead><tr>${head}</tr></thead>
<tbody>
${body}
</tbody></table>
<p>${escapeHtml(note)}</p>
${notesOf(all)}
${figures.map(({ svg }, index) => isolated(svg, `f${index}`)).join("\n")}
</html>
`;
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
