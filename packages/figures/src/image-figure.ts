// One field as a picture: a projection of a movie, a frame, a map of light.
import type { ColormapName } from "./colormap.ts";
import { COLOR_BAR_ROOM, colorBar, scaleBar } from "./furniture.ts";
import { contrastRange, type Range } from "./range.ts";
import { type Box, displayScale, type Field, rasterImage } from "./raster.ts";
import { HEADER, page } from "./svg.ts";
import { theme } from "./theme.ts";

export interface ImageFigure {
  readonly field: Field;
  readonly title: string;
  readonly subtitle?: string;
  /** What the values are: "counts". */
  readonly label: string;
  readonly pixelSizeUm: number;
  readonly colormap?: ColormapName;
  /** What the ends of the colour map stand for; by percentiles where absent. */
  readonly range?: Range;
}

/** SVG of a field with scale bar and colour bar. */
export function imageFigure(figure: ImageFigure): string {
  const { field, label, pixelSizeUm, colormap = "ember" } = figure;
  const range = figure.range ?? contrastRange(field.data);
  const scale = displayScale(field.height, field.width);
  const box = imageBox(field, scale);
  return page(
    { ...figure, ...pageSize(box) },
    rasterImage(field, box, range, colormap),
    scaleBar(box, scale / pixelSizeUm),
    colorBar(box, range, colormap, label),
  );
}

export function imageBox({ height, width }: Field, scale: number): Box {
  return { x: theme.margin, y: HEADER, width: width * scale, height: height * scale };
}

export function pageSize(box: Box): { width: number; height: number } {
  return {
    width: box.x + box.width + COLOR_BAR_ROOM + 4,
    height: box.y + box.height + theme.margin,
  };
}
