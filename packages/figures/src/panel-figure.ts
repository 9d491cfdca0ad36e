// Fields side by side at one contrast: before and after, with and without.
import type { ColormapName } from "./colormap.ts";
import { scaleBar } from "./furniture.ts";
import { contrastRange, type Range } from "./range.ts";
import { type Box, type Field, rasterImage } from "./raster.ts";
import { element, HEADER, page, text } from "./svg.ts";
import { theme } from "./theme.ts";

/** A circle around a place, in pixels of the field from the centre of its first pixel. */
export interface Ring {
  readonly row: number;
  readonly col: number;
  readonly radius: number;
  /** Where something was, rather than is. */
  readonly faint?: boolean;
}

export interface Panel {
  readonly field: Field;
  readonly caption: string;
  readonly rings?: readonly Ring[];
}

export interface PanelFigure {
  /** All of one height and width. */
  readonly panels: readonly Panel[];
  readonly title: string;
  readonly subtitle?: string;
  readonly pixelSizeUm: number;
  readonly colormap?: ColormapName;
  /** What the ends of the colour map stand for, in all panels; by percentiles of all of them together where absent. */
  readonly range?: Range;
  /** Width of a panel in SVG units, 1/96 inch. */
  readonly panelWidth?: number;
}

const GAP = 14;
const CAPTION_ROOM = 16;

/** SVG of fields in a row, with captions, one colour scale, and a scale bar in the last. */
export function panelFigure(figure: PanelFigure): string {
  const { panels, pixelSizeUm, colormap = "ember", panelWidth = 240 } = figure;
  const range = figure.range ?? contrastRange(panels.flatMap(({ field }) => [...valuesOf(field)]));
  const top = HEADER + CAPTION_ROOM;
  const boxes = panels.map(({ field }, i): Box => {
    const x = theme.margin + i * (panelWidth + GAP);
    return { x, y: top, width: panelWidth, height: (panelWidth * field.height) / field.width };
  });
  const last = boxes.at(-1) ?? { x: theme.margin, y: top, width: 0, height: 0 };
  const columns = panels[0]?.field.width ?? 1;
  return page(
    {
      ...figure,
      width: last.x + last.width + theme.margin,
      height: last.y + last.height + theme.margin,
    },
    ...panels.map((panel, i) => drawn(panel, boxes[i]!, range, colormap)),
    scaleBar(last, panelWidth / columns / pixelSizeUm),
  );
}

function drawn(panel: Panel, box: Box, range: Range, map: ColormapName): string {
  const { field, caption, rings = [] } = panel;
  const scale = box.width / field.width;
  const circles = rings.map(({ row, col, radius, faint = false }) =>
    element("circle", {
      cx: box.x + (col + 0.5) * scale,
      cy: box.y + (row + 0.5) * scale,
      r: radius * scale,
      fill: "none",
      stroke: theme.teal,
      "stroke-width": 1.5,
      "stroke-dasharray": faint ? "3 3" : undefined,
      "stroke-opacity": faint ? 0.7 : 1,
    }),
  );
  return [
    text(box.x, box.y - 8, caption, { fill: theme.text }),
    rasterImage(field, box, range, map),
    ...circles,
  ].join("");
}

const valuesOf = ({ data }: Field): Iterable<number> => Array.from(data);
