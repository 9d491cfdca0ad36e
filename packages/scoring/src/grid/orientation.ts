// How the images of an estimate lie to those of the recording, and what turns them back.
import { type Canvas, type Footprint, FootprintStack } from "@minisim/footprint";
import type { PatchShifts, Rows } from "../metrics/estimate.ts";

/** What undoes it: rows and columns exchanged, then rows and columns counted from their ends. */
interface Undo {
  readonly exchange: boolean;
  readonly flipRows: boolean;
  readonly flipColumns: boolean;
}

const undo = (exchange: 0 | 1, flipRows: 0 | 1, flipColumns: 0 | 1): Undo => ({
  exchange: exchange === 1,
  flipRows: flipRows === 1,
  flipColumns: flipColumns === 1,
});

/** What was done to the images: quarter turns are against the clock, as those of numpy.rot90. */
const UNDO = {
  upright: undo(0, 0, 0),
  transposed: undo(1, 0, 0),
  flipped_rows: undo(0, 1, 0),
  flipped_columns: undo(0, 0, 1),
  rotated_90: undo(1, 0, 1),
  rotated_180: undo(0, 1, 1),
  rotated_270: undo(1, 1, 0),
  anti_transposed: undo(1, 1, 1),
} as const satisfies Record<string, Undo>;

export type Orientation = keyof typeof UNDO;
export const ORIENTATIONS = Object.keys(UNDO) as Orientation[];

/** The size that upright images have in an orientation, and the other way round. */
export const canvasIn = (orientation: Orientation, { height, width }: Canvas): Canvas =>
  UNDO[orientation].exchange ? { height: width, width: height } : { height, width };

export function uprightFootprints(stack: FootprintStack, orientation: Orientation): FootprintStack {
  if (orientation === "upright") return stack;
  const canvas = canvasIn(orientation, stack.canvas);
  const turned = Array.from({ length: stack.length }, (_, i) =>
    uprightFootprint(stack.at(i), UNDO[orientation], canvas),
  );
  return FootprintStack.from(turned, canvas);
}

function uprightFootprint(patch: Footprint, done: Undo, canvas: Canvas): Footprint {
  const { row, col, height, width } = uprightBox(patch, done, canvas);
  const data = new Float32Array(patch.data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const fromRow = done.flipRows ? height - 1 - y : y;
      const fromColumn = done.flipColumns ? width - 1 - x : x;
      const from = done.exchange ? fromColumn * height + fromRow : fromRow * width + fromColumn;
      data[y * width + x] = patch.data[from]!;
    }
  }
  return { row, col, height, width, data };
}

type Box = Omit<Footprint, "data">;

function uprightBox(given: Box, { exchange, flipRows, flipColumns }: Undo, canvas: Canvas): Box {
  const [row, col] = exchange ? [given.col, given.row] : [given.row, given.col];
  const { height, width } = exchange ? { height: given.width, width: given.height } : given;
  if (height === 0 || width === 0) return { row: 0, col: 0, height, width };
  return {
    row: flipRows ? canvas.height - row - height : row,
    col: flipColumns ? canvas.width - col - width : col,
    height,
    width,
  };
}

/** (dy, dx) in turn. */
export function uprightShifts(shifts: Rows, orientation: Orientation): Rows {
  if (orientation === "upright") return shifts;
  const { exchange, flipRows, flipColumns } = UNDO[orientation];
  const data = shifts.data.map((_, k) => {
    const isRow = k % 2 === 0;
    const value = shifts.data[exchange ? k ^ 1 : k]!;
    return (isRow ? flipRows : flipColumns) ? -value + 0 : value;
  });
  return { shape: shifts.shape, data };
}

/** `canvas`: upright. */
export function uprightPatchShifts(
  { patches, shifts }: PatchShifts,
  orientation: Orientation,
  canvas: Canvas,
): PatchShifts {
  const boxes = new Float64Array(patches.data.length);
  for (let k = 0; k < boxes.length; k += 4) {
    const [row, col, height, width] = patches.data.subarray(k, k + 4);
    const given = { row: row!, col: col!, height: height!, width: width! };
    const box = uprightBox(given, UNDO[orientation], canvas);
    boxes.set([box.row, box.col, box.height, box.width], k);
  }
  return {
    patches: { shape: patches.shape, data: boxes },
    shifts: uprightShifts(shifts, orientation),
  };
}
