// Shifts of blocks: suite2p keeps those of each block, and of where the blocks lie only their size.
import type { PatchShifts, Rows } from "@minisim/scoring";
import type { Field } from "../reading.ts";

/** Blocks along an axis overlap by a third or more: 1.5 times as many as lie side by side, evenly spaced from edge to edge. */
function alongAxis(length: number, blockSize: number): { start: number; size: number }[] {
  if (blockSize >= length) return [{ start: 0, size: length }];
  const count = Math.ceil((1.5 * length) / blockSize);
  return Array.from({ length: count }, (_, k) => ({
    start: Math.floor((k * (length - blockSize)) / (count - 1)),
    size: blockSize,
  }));
}

/**
 * The displacement of each block, row after row of blocks: `shifts`, of the whole frame, and what its block moves beyond it. Null where there are not as
 * many blocks as suite2p would lay over the field.
 * @param beyond (down, right), frame × block each
 */
export function blockShifts(
  { height, width }: Field,
  [blockHeight, blockWidth]: readonly [number, number],
  shifts: Rows,
  beyond: readonly [Rows, Rows],
): PatchShifts | null {
  const rows = alongAxis(height, blockHeight);
  const columns = alongAxis(width, blockWidth);
  const blocks = rows.flatMap((row) => columns.map((column) => ({ row, column })));
  const frames = shifts.shape[0]!;
  const count = blocks.length;
  if (beyond.some(({ shape }) => shape[0] !== frames || shape[1] !== count)) return null;
  const patches = blocks.flatMap(({ row, column }) => [
    row.start,
    column.start,
    row.size,
    column.size,
  ]);
  const data = new Float64Array(2 * frames * count);
  for (let i = 0; i < frames * count; i++) {
    const t = Math.floor(i / count);
    for (const axis of [0, 1]) {
      data[2 * i + axis] = shifts.data[2 * t + axis]! + beyond[axis]!.data[i]!;
    }
  }
  return {
    patches: { shape: [count, 4], data: Float64Array.from(patches) },
    shifts: { shape: [frames, count, 2], data },
  };
}
