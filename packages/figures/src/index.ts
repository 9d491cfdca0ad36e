// @minisim/figures: pictures of recordings, as SVG text. PNG files: @minisim/figures/node.
export { type ColormapName, colorAt, colormap } from "./colormap.ts";
export { contours } from "./contour.ts";
export { type FootprintFigure, footprintFigure } from "./footprint-figure.ts";
export { type ImageFigure, imageFigure } from "./image-figure.ts";
export { type MatchFigure, type MatchGroup, type MatchSide, matchFigure } from "./match-figure.ts";
export { type MotionFigure, motionFigure } from "./motion-figure.ts";
export { type Panel, type PanelFigure, panelFigure, type Ring } from "./panel-figure.ts";
export { createProjections, type ProjectionAccumulator, type Projections } from "./projections.ts";
export { contrastRange, quantiles, type Range } from "./range.ts";
export type { Field } from "./raster.ts";
export {
  type Series,
  type SeriesFigure,
  type SeriesPanel,
  type SeriesPoint,
  seriesFigure,
} from "./series-figure.ts";
export { type TraceFigure, type TraceRow, traceFigure } from "./trace-figure.ts";
