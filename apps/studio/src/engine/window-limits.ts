// How much of the field the preview may show, and for how long.
export interface WindowLimits {
  /** Longest side of the window, px. */
  readonly side: number;
  readonly frames: number;
  /** Cells that are expected in the window; more shrink it, down to a quarter of the side. */
  readonly cells: number;
  /** Where in the field its centre is to be, 0..1; null: a sample of the middle. */
  readonly place: Place | null;
}
export type Place = readonly [y: number, x: number];

export const DEFAULT_LIMITS: WindowLimits = { side: 256, frames: 200, cells: 320, place: null };

/** Limits of a window of this side: a larger one may have more cells, and "whole" has them all. */
export function limitsOf(side: number | "whole", place: Place | null = null): WindowLimits {
  if (side === "whole") return { ...DEFAULT_LIMITS, side: WHOLE, cells: Number.POSITIVE_INFINITY };
  const cells = Math.max(DEFAULT_LIMITS.cells, DEFAULT_LIMITS.cells * (side / 256) ** 2);
  return { ...DEFAULT_LIMITS, side, cells, place };
}

/** The largest side that a sensor can have, px. */
export const WHOLE = 8192;
