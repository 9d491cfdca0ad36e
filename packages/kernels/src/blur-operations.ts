// What a blur costs, from the sizes of its operands: what the kernels of assembly/frames/blur.ts will compute.
import type { Edge, FrameShape } from "./operands.ts";

// The kernels compute 32 columns at a time along rows, and 4 rows of 8 columns at a time down.
const COLUMNS_ALONG = 32;
const COLUMNS_DOWN = 8;
const ROWS_DOWN = 4;

/** Sizes may be means, and need not be whole. */
export interface BlurSizes {
  readonly source: FrameShape;
  readonly target: FrameShape;
  readonly sigma_px: number;
  /** Outside of the source: nothing, or its nearest pixel. Where there is nothing, nothing is computed. */
  readonly edge: Edge;
}

// A tap takes an exponential, once.
const TAP_OPERATIONS = 100;

/** Multiplications of a blur of `gaussianTaps(sigma_px)`, about a quarter of a nanosecond each. */
export function blurOperations({ source, target, sigma_px, edge }: BlurSizes): number {
  const taps = 8 * sigma_px + 1;
  const rows = Math.min(source.height, target.height + taps);
  const along = rows * upTo(COLUMNS_ALONG, target.width) * taps;
  const seen = edge === "zero" ? Math.min(taps, rows) : taps;
  const down = upTo(ROWS_DOWN, target.height) * upTo(COLUMNS_DOWN, target.width) * seen;
  return along + down + TAP_OPERATIONS * taps;
}

const upTo = (group: number, size: number) => Math.ceil(size / group) * group;
