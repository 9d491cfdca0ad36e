// A comparison as one page of HTML that needs nothing else: the words, and images of both movies with their differences.
import { type ColormapName, contrastRange, imageFigure, type Projections } from "@minisim/figures";
import { escapeHtml, htmlPage, inlineFigures } from "../html.ts";
import type { Pair } from "./comparison.ts";
import type { Row } from "./words.ts";

export interface ComparePage {
  readonly sources: Pair<string>;
  readonly rows: readonly Row[];
  /** Null where frames are of different sizes. */
  readonly images: Pair<Projections> | null;
  readonly pixelSizeUm: number;
}

export function comparePage({ sources, rows, images, pixelSizeUm }: ComparePage): string {
  const title = sources.map(escapeHtml).join(" → ");
  const figures = images ? figuresOf(images, sources, pixelSizeUm) : [];
  return htmlPage(
    title,
    `<h1>${title}</h1>
<table><tbody>
${rows.map(([name, text]) => `<tr><th class="name">${escapeHtml(name)}</th><td>${escapeHtml(text)}</td></tr>`).join("\n")}
</tbody></table>
<div class="figures">
${inlineFigures(figures, "f")}
</div>`,
  );
}

const KINDS = [
  ["mean", "Mean over time"],
  ["std", "Standard deviation over time"],
] as const;

function figuresOf([a, b]: Pair<Projections>, sources: Pair<string>, pixelSizeUm: number) {
  const { height, width } = a;
  return KINDS.flatMap(([kind, title]) => {
    const [first, second] = [a[kind], b[kind]];
    const change = first.map((value, i) => second[i]! - value);
    // One range for both; around 0 for what changed.
    const range = contrastRange([...first, ...second]);
    const most = change.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0) || 1;
    const draw = (
      data: Float64Array,
      subtitle: string,
      limits: typeof range,
      colormap: ColormapName,
    ) => {
      const field = { height, width, data };
      return imageFigure({
        ...{ field, title, subtitle, label: "counts", pixelSizeUm },
        ...{ range: limits, colormap },
      });
    };
    return [
      draw(first, sources[0], range, "ember"),
      draw(second, sources[1], range, "ember"),
      draw(change, "second − first", [-most, most], "change"),
    ];
  });
}
