// Seeds of cells, and which of them two thresholds let through.
export interface Candidates {
  /** Of each seed, by falling pnr. */
  readonly pnr: Float64Array;
  readonly correlation: Float64Array;
  /** The cell in whose half maximum it lies; −1: none. */
  readonly cell: Int32Array;
  /** Of each cell in view, whether it can be detected. */
  readonly detectable: Uint8Array;
}

/** What lies at or above both thresholds. */
export function chosen(
  { pnr, correlation, cell, detectable }: Candidates,
  leastPnr: number,
  leastCorrelation: number,
) {
  const cells = new Set<number>();
  let seeds = 0;
  let onCells = 0;
  for (let i = 0; i < pnr.length; i++) {
    if (pnr[i]! < leastPnr || correlation[i]! < leastCorrelation) continue;
    seeds += 1;
    if (cell[i]! < 0) continue;
    onCells += 1;
    if (detectable[cell[i]!]) cells.add(cell[i]!);
  }
  const all = detectable.reduce((sum, one) => sum + one, 0);
  return { seeds, onCells, found: cells.size, detectable: all };
}
