// Which part of the field of view an estimate's images show, and how: told by the options, else by their size, and by the cells where a border is missing.
import type { Canvas, FootprintStack } from "@minisim/footprint";
import type { GroundTruth } from "@minisim/recording";
import { matchFootprints } from "../metrics/match.ts";
import { observedInView } from "../observed-in-view.ts";
import { type Crop, canvasOf, type Grid, RECORDINGS_GRID } from "./grid.ts";
import { canvasIn, type Orientation } from "./orientation.ts";
import { truthOnGrid } from "./truth-on-grid.ts";

/** What of the field is given; "auto": to be found. */
export interface FieldOptions {
  readonly orientation: Orientation | "auto";
  readonly crop: Crop | "auto";
  readonly spatial_binning: number | "auto";
}

type FieldGrid = Pick<Grid, keyof FieldOptions>;

/** The size of the images; of a sparse matrix only how many pixels they have. */
export type OwnSize = Canvas | { readonly pixels: number };

export interface FieldHypothesis {
  readonly grid: FieldGrid;
  /** Of the images as they are. */
  readonly canvas: Canvas;
  /** False where a border is missing or was added, and its sides are to be found. */
  readonly isPlaced: boolean;
}

/** Beyond it, pipelines leave no cells to be found. */
const MOST_BINNING = 8;
/** The largest border, as a share of a side, that is taken for one: motion leaves less. */
const MOST_BORDER = 0.2;
/** Of the footprints that could match, the share that must where a border was found by them. */
const ENOUGH = 0.5;

/** What images of this size can be, the likeliest; null where nothing fits. */
export function fieldHypothesis(
  size: OwnSize,
  fov: Canvas,
  options: FieldOptions,
): FieldHypothesis | null {
  const { orientation, crop, spatial_binning } = options;
  const orientations: readonly Orientation[] =
    orientation === "auto" ? ["upright", "transposed"] : [orientation];
  const binnings =
    spatial_binning === "auto"
      ? Array.from({ length: MOST_BINNING }, (_, k) => k + 1)
      : [spatial_binning];
  const base = binnings.flatMap((n) =>
    orientations.map((turned): FieldGrid => {
      return {
        orientation: turned,
        crop: crop === "auto" ? [0, 0, 0, 0] : crop,
        spatial_binning: n,
      };
    }),
  );
  const whole = base.flatMap((grid) => (crop === "auto" ? [grid, roundedUp(grid, fov)] : [grid]));
  const exact = whole.find((grid) => isOfSize(ownCanvas(grid, fov), size));
  if (exact) return { grid: exact, canvas: ownCanvas(exact, fov), isPlaced: true };
  if ("pixels" in size || crop !== "auto") return null;
  const near = base
    .map((grid) => ({ grid, border: borderOf(ownCanvas(grid, fov), size) }))
    .sort((a, b) => a.border - b.border)[0]!;
  if (!(near.border <= MOST_BORDER)) return null;
  return { grid: near.grid, canvas: size, isPlaced: false };
}

const ownCanvas = (grid: FieldGrid, fov: Canvas): Canvas =>
  canvasIn(grid.orientation, canvasOf({ ...RECORDINGS_GRID, ...grid }, fov));

const isOfSize = ({ height, width }: Canvas, size: OwnSize): boolean =>
  "pixels" in size
    ? size.pixels === height * width
    : size.height === height && size.width === width;

/** Where sides are no multiples of the binning: the last pixels are made of fewer. */
function roundedUp(grid: FieldGrid, { height, width }: Canvas): FieldGrid {
  const n = grid.spatial_binning;
  const missing = (size: number) => size - n * Math.ceil(size / n) + 0;
  return { ...grid, crop: [0, 0, missing(height), missing(width)] };
}

/** The larger share of a side by which two sizes differ. */
function borderOf(whole: Canvas, part: Canvas): number {
  return Math.max(
    Math.abs(part.height - whole.height) / whole.height,
    Math.abs(part.width - whole.width) / whole.width,
  );
}

/** The sides of the border, by where the cells lie; null where too few of them tell. `footprints`: upright. */
export function placedByCells(
  grid: FieldGrid,
  footprints: FootprintStack,
  truth: GroundTruth,
): FieldGrid | null {
  const n = grid.spatial_binning;
  const whole = observedInView(
    truthOnGrid(truth, { ...RECORDINGS_GRID, ...grid, crop: [0, 0, 0, 0] }),
  );
  const flags = truth.detectable.data;
  const detectable = [...flags.keys()].filter((cell) => flags[cell] === 1);
  const [own, all] = [footprints.canvas, whole.canvas];
  const canvas = {
    height: Math.max(own.height, all.height),
    width: Math.max(own.width, all.width),
  };
  const window = { top: 0, left: 0, ...canvas };
  const match = matchFootprints(footprints.crop(window), whole.select(detectable).crop(window), {
    shift: "auto",
  });
  const matched = match.similarity.filter((value) => value >= 0.5).length;
  if (matched === 0 || matched < ENOUGH * Math.min(footprints.length, detectable.length))
    return null;
  const [top, left] = match.shift;
  const [height, width] = truth.fov_shape;
  const rest = (size: number, first: number, length: number) => size - n * (first + length);
  return {
    ...grid,
    crop: [n * top, n * left, rest(height, top, own.height), rest(width, left, own.width)],
  };
}
