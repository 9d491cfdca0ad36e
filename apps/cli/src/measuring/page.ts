// The measures as one page of HTML that needs nothing else: ranges beside the reference, figures, all numbers.
import type { Comparison, Pictures, RecordingMeasures, Reference } from "@minisim/measures";
import { escapeHtml, htmlPage, inlineFigures } from "../html.ts";
import { short } from "../print.ts";
import { diagrams, images } from "./figures.ts";
import { rangeSvg } from "./range-svg.ts";
import { rangeText, recordingsIn, rowsOf } from "./rows.ts";

export interface PageContent {
  readonly source: string;
  readonly measures: RecordingMeasures;
  readonly pictures: Pictures;
  readonly comparison: readonly Comparison[];
  readonly references: readonly Reference[];
}

export function measurePage(content: PageContent): string {
  const { source, measures, pictures, comparison, references } = content;
  const title = escapeHtml(source);
  return htmlPage(
    `Measures of ${title}`,
    `<h1>${title}</h1>
<p>${escapeHtml(aboutOf(measures))}</p>
<h2>Beside real recordings</h2>
<p>The green bar is the range of the recordings below, the orange mark is this movie. The axis is logarithmic, from a tenth to ten times the middle of the range.
The recordings are few: what lies outside of a range is not wrong, but has to be explained.</p>
${comparisonTable(comparison)}
<h2>Figures</h2>
<div class="figures">
${inlineFigures(diagrams(measures, pictures, references), "d")}
</div>
<div class="figures images">
${inlineFigures(images(measures, pictures), "i")}
</div>
<h2>All numbers</h2>
${numbersTable(measures)}
<h2>Recordings</h2>
<ul>
${recordingsIn(references)
  .map((recording) => `<li>${escapeHtml(recording)}</li>`)
  .join("\n")}
</ul>`,
  );
}

function aboutOf({ shape, fps, pixel_size_um, cell_radius_px }: RecordingMeasures): string {
  const [frames, height, width] = shape;
  const pixel = pixel_size_um === null ? "of unknown size" : `of ${short(pixel_size_um)} µm`;
  return `${frames} frames of ${height} × ${width} pixels ${pixel}, ${short(fps)} Hz, cells of ${short(cell_radius_px)} px radius.`;
}

function comparisonTable(comparison: readonly Comparison[]): string {
  const body = comparison.map(({ measure, value, low, high, n, verdict }) => {
    const mood = verdict === "inside" ? "in" : "off";
    return `<tr><th>${wrappable(measure)}</th><td class="number">${short(value)}</td><td class="number">${rangeText(low, high)}</td><td class="number n">${n}</td><td class="bar">${rangeSvg(value, low, high)}</td><td class="verdict ${mood}">${verdict ?? "–"}</td></tr>`;
  });
  return `<table><thead><tr><th>measure</th><th class="number">this</th><th class="number">reference</th><th class="number n">n</th><th>÷ 10 … × 10</th><th class="verdict"></th></tr></thead>
<tbody>
${body.join("\n")}
</tbody></table>`;
}

function numbersTable(measures: RecordingMeasures): string {
  const rows = Object.entries(measures).flatMap(([name, value]) => rowsOf(name, value));
  return `<table><tbody>
${rows.map(([name, text]) => `<tr><th>${wrappable(name)}</th><td>${escapeHtml(text)}</td></tr>`).join("\n")}
</tbody></table>`;
}

/** Long names may break after a dot or an underscore. */
const wrappable = (name: string): string => escapeHtml(name).replaceAll(/([._])/g, "$1<wbr>");
