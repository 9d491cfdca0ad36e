// Where the cells of a made recording are: on a jittered grid in the middle of the field.
import { createRandom } from "@minisim/random";

/** The share of the field's side over which the grid spreads: cells and their blur stay inside. */
const MIDDLE = 0.7;
/** Of the grid's spacing, to either side: neighbours are never closer than half a spacing. */
const JITTER = 0.25;

export interface GridOptions {
  readonly n_cells: number;
  /** Side of the field. */
  readonly side_um: number;
  readonly depth_um: number | readonly [number, number];
  readonly seed: number;
}

/**
 * (z, y, x) of each cell in µm, rows first from the top left. The grid has ⌈√n⌉ columns and as many rows as needed. Cell k's
 * jitter and depth are its own draws.
 */
export function gridPositions({
  n_cells,
  side_um,
  depth_um,
  seed,
}: GridOptions): [number, number, number][] {
  const columns = Math.ceil(Math.sqrt(n_cells));
  const rows = Math.ceil(n_cells / columns);
  const [top, bottom] = typeof depth_um === "number" ? [depth_um, depth_um] : depth_um;
  const random = createRandom(seed).child("make_recording");
  const along = (place: number, places: number, draw: number): number =>
    MIDDLE * side_um * ((place + 0.5 + JITTER * (2 * draw - 1)) / places - 0.5);
  return Array.from({ length: n_cells }, (_, k) => {
    const { uniform } = random.stream("position", k);
    const y = along(Math.floor(k / columns), rows, uniform());
    const x = along(k % columns, columns, uniform());
    return [top + (bottom - top) * uniform(), y, x];
  });
}
