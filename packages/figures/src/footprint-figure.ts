// Where the cells are: outlines of their footprints on a dimmed picture of the movie, coloured by detectability.
import type { FootprintStack } from "@minisim/footprint";
import { legend, scaleBar } from "./furniture.ts";
import { imageBox } from "./image-figure.ts";
import { outlineOf } from "./outline.ts";
import { contrastRange } from "./range.ts";
import { displayScale, type Field, rasterImage } from "./raster.ts";
import { element, HEADER, page } from "./svg.ts";
import { theme } from "./theme.ts";

export interface FootprintFigure {
  /** Outlines in the coordinates of the canvas. */
  readonly footprints: FootprintStack;
  /** (top, left) of the field of view on the canvas. */
  readonly fovOffset: readonly [number, number];
  /** 0 or 1 per footprint. */
  readonly detectable: ArrayLike<number>;
  /** Behind the outlines: height × width of the field of view. */
  readonly background: Field;
  readonly pixelSizeUm: number;
  readonly title: string;
  readonly subtitle?: string;
}

const LEGEND_ROOM = 34;

/** SVG of outlines at half of each footprint's peak. */
export function footprintFigure(figure: FootprintFigure): string {
  const { footprints, detectable, background, pixelSizeUm } = figure;
  const scale = displayScale(background.height, background.width);
  const box = imageBox(background, scale);
  const paths: { seen: string[]; hidden: string[] } = { seen: [], hidden: [] };
  let seen = 0;
  for (let unit = 0; unit < footprints.length; unit++) {
    if (detectable[unit]) seen++;
    paths[detectable[unit] ? "seen" : "hidden"].push(
      outlineOf(footprints.at(unit), figure.fovOffset, box, scale),
    );
  }
  const hidden = footprints.length - seen;
  const style = (color: string, opacity: number, fill: number) => ({
    fill: color,
    "fill-opacity": fill,
    stroke: color,
    "stroke-opacity": opacity,
    "stroke-width": 1,
    "stroke-linejoin": "round",
  });
  const clip = element("clipPath", { id: "field" }, element("rect", { ...box }));
  return page(
    {
      ...figure,
      width: Math.max(box.width + 2 * theme.margin, 420),
      height: HEADER + box.height + LEGEND_ROOM + 10,
    },
    element("defs", {}, clip),
    rasterImage(background, box, contrastRange(background.data), "gray"),
    element("rect", { ...box, fill: theme.background, "fill-opacity": 0.45 }),
    element(
      "g",
      { "clip-path": "url(#field)" },
      element("path", { d: paths.hidden.join(""), ...style(theme.rose, 0.75, 0.04) }),
      element("path", { d: paths.seen.join(""), ...style(theme.teal, 0.95, 0.12) }),
    ),
    scaleBar(box, scale / pixelSizeUm),
    legend(box.x, box.y + box.height + 24, [
      { color: theme.teal, label: `${seen} detectable` },
      { color: theme.rose, label: `${hidden} not detectable` },
    ]),
  );
}
