// What was there and what was found: true footprints and estimated ones side by side, on the same picture of the movie.
import type { FootprintStack } from "@minisim/footprint";
import { legend, scaleBar } from "./furniture.ts";
import { imageBox } from "./image-figure.ts";
import { outlineOf } from "./outline.ts";
import { contrastRange } from "./range.ts";
import { type Box, displayScale, type Field, rasterImage } from "./raster.ts";
import { element, HEADER, page } from "./svg.ts";
import { theme } from "./theme.ts";

/** Outlines of one side, all on the field of view; `group` is an index into its entry of the legend. */
export interface MatchSide {
  readonly footprints: FootprintStack;
  readonly group: ArrayLike<number>;
  /** At most three groups: well, half well, not. */
  readonly labels: readonly string[];
}

export interface MatchFigure {
  readonly left: MatchSide;
  readonly right: MatchSide;
  readonly background: Field;
  readonly pixelSizeUm: number;
  readonly title: string;
  readonly subtitle?: string;
}

const COLORS = [theme.teal, theme.amber, theme.rose] as const;
const GAP = 22;
const LEGEND_ROOM = 44;

/** SVG of outlines at half of each footprint's peak. */
export function matchFigure(figure: MatchFigure): string {
  const { left, right, background, pixelSizeUm } = figure;
  const scale = displayScale(background.height, background.width);
  const box = imageBox(background, scale);
  const second = { ...box, x: box.x + box.width + GAP };
  return page(
    {
      ...figure,
      width: second.x + second.width + theme.margin,
      height: HEADER + box.height + LEGEND_ROOM,
    },
    drawSide(left, background, box, scale, "field-left"),
    drawSide(right, background, second, scale, "field-right"),
    scaleBar(second, scale / pixelSizeUm),
  );
}

function drawSide(side: MatchSide, background: Field, box: Box, scale: number, id: string) {
  const { footprints, group, labels } = side;
  const drawn = labels.map((label, k) => {
    const members = Array.from({ length: footprints.length }, (_, unit) => unit).filter(
      (unit) => group[unit] === k,
    );
    const color = COLORS[k]!;
    const d = members.map((unit) => outlineOf(footprints.at(unit), [0, 0], box, scale)).join("");
    const style = { fill: color, "fill-opacity": 0.1, stroke: color, "stroke-width": 1 };
    return {
      entry: { color, label: `${members.length} ${label}` },
      path: element("path", { d, ...style, "stroke-linejoin": "round" }),
    };
  });
  const clip = element("clipPath", { id }, element("rect", { ...box }));
  return [
    element("defs", {}, clip),
    rasterImage(background, box, contrastRange(background.data), "gray"),
    element("rect", { ...box, fill: theme.background, "fill-opacity": 0.45 }),
    element("g", { "clip-path": `url(#${id})` }, ...drawn.map(({ path }) => path)),
    legend(
      box.x,
      box.y + box.height + 24,
      drawn.map(({ entry }) => entry),
    ),
  ].join("");
}
