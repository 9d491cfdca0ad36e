// A long time series as a line of bounded length that looks the same: per column of the picture its extremes, in their order.

/** Indices to draw: all, or at most 2 for each of `columns`, ascending. */
export function envelope(data: ArrayLike<number>, columns: number): number[] {
  const { length } = data;
  if (length <= 2 * columns) return Array.from({ length }, (_, i) => i);
  const kept: number[] = [];
  for (let column = 0; column < columns; column++) {
    const start = Math.floor((column * length) / columns);
    const end = Math.floor(((column + 1) * length) / columns);
    let low = start;
    let high = start;
    for (let i = start + 1; i < end; i++) {
      if (data[i]! < data[low]!) low = i;
      if (data[i]! > data[high]!) high = i;
    }
    kept.push(...(low === high ? [low] : [Math.min(low, high), Math.max(low, high)]));
  }
  return kept;
}
