// What was there and what was found: true footprints and estimated ones side by side, on the same picture of the movie.
import type { FootprintStack } from "@minisim/footprint";
import { LEGEND_LINE, legend, scaleBar } from "./furniture.ts";
import { imageBox } from "./image-figure.ts";
import { outlineOf } from "./outline.ts";
import { contrastRange } from "./range.ts";
import { type Box, displayScale, type Field, rasterImage } from "./raster.ts";
import { element, HEADER, page } from "./svg.ts";
import { theme } from "./theme.ts";

/** An entry of the legend; one without a member is left out. */
export interface MatchGroup {
  readonly label: string;
  readonly color: "teal" | "blue" | "violet" | "yellow" | "amber" | "grey" | "rose";
}

/** Outlines of one side, all on the field of view; `group` is an index into `groups`. */
export interface MatchSide {
  readonly footprints: FootprintStack;
  readonly group: ArrayLike<number>;
  readonly groups: readonly MatchGroup[];
}

export interface MatchFigure {
  readonly left: MatchSide;
  readonly right: MatchSide;
  readonly background: Field;
  readonly pixelSizeUm: number;
  readonly title: string;
  readonly subtitle?: string;
}

const GAP = 22;
const LEGEND_ROOM = 44 + LEGEND_LINE;

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
  const { footprints, group, groups } = side;
  const drawn = groups.flatMap(({ label, color: name }, k) => {
    const members = Array.from({ length: footprints.length }, (_, unit) => unit).filter(
      (unit) => group[unit] === k,
    );
    if (members.length === 0) return [];
    const color = theme[name];
    const d = members.map((unit) => outlineOf(footprints.at(unit), [0, 0], box, scale)).join("");
    const style = { fill: color, "fill-opacity": 0.1, stroke: color, "stroke-width": 1 };
    const entry = { color, label: `${members.length} ${label}` };
    return [{ entry, path: element("path", { d, ...style, "stroke-linejoin": "round" }) }];
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
      box.width,
    ),
  ].join("");
}
