// A step's share of the work that a spec takes, expected before anything is drawn. Nobody tells another's.
import type { Acquisition } from "@minisim/spec";
import type { SceneGeometry, Shape } from "./geometry.ts";
import type { Fact } from "./tokens.ts";

/** Cells that are expected to look alike. */
export interface CellGroup {
  /** How many, on average. */
  readonly count: number;
  /** Depth of their centres below the surface. */
  readonly depth_um: number;
  /** Side of the square around one of them as it is planted, before the canvas cuts it. */
  readonly side_px: number;
  /** What the optics add to the square on each side. */
  readonly blur_px: number;
  readonly has_trace: boolean;
}

/** The pixels of a square patch that lie on the canvas, on average over all places of its centre there. */
export function meanPatchPx(side_px: number, canvas: Shape): number {
  return meanOverlap(side_px, canvas.height) * meanOverlap(side_px, canvas.width);
}

/** Of an interval whose centre is anywhere in [0, length], the part in it. */
function meanOverlap(side: number, length: number): number {
  return side < 2 * length ? Math.min(side - (side * side) / (4 * length), length) : length;
}

/** A step's share. What is left out is nothing. */
export interface Work {
  /** All cells as the step leaves them; as they were where absent. */
  readonly cells?: readonly CellGroup[];
  /** Depth of the focal plane, by the step that resolves it. */
  readonly focal_depth_um?: number;
  /** Pixels of the patches, and of the dense fields, that its instructions read for every frame. */
  readonly footprint_px?: number;
  readonly field_px?: number;
  /** Coefficients of coarse components that its instructions read for every frame, and pixels that the sums of these are taken to. */
  readonly coefficients?: number;
  readonly spline_px?: number;
  /** Pixels that its instructions displace each by a distance of its own. */
  readonly displaced_px?: number;
  /** Bytes that it leaves beside those, for the truth and for later steps. */
  readonly held_bytes?: number;
  /** Bytes that it needs while it compiles, and gives back. */
  readonly passing_bytes?: number;
  /** Values of the longest array that it makes, where that is neither a patch nor a field. */
  readonly longest_array?: number;
  /** Of its compile, about a nanosecond each. */
  readonly operations?: number;
}

export interface WorkContext<P> {
  readonly params: P;
  readonly acquisition: Acquisition;
  readonly geometry: SceneGeometry;
  /** What all steps have announced. */
  fact<T, Given>(token: Fact<T, Given>): T;
  /** What earlier steps make of the cells. */
  readonly cells: readonly CellGroup[];
  /** Null until a step resolves it. */
  readonly focal_depth_um: number | null;
}
