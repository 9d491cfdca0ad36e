// The slots that steps share: the cells and their columns, the focus, and what shades them.
import type { FootprintStack } from "@minisim/footprint";
import {
  type ActivityColumns,
  type ActivityInput,
  type CellsWithin,
  CellTable,
  type NewCell,
  type OpticsColumns,
} from "./cells.ts";
import { area } from "./geometry.ts";
import { type FootprintLadder, footprintLadder } from "./ladder.ts";
import { type Accumulate, accumulate } from "./program.ts";
import { denseSeries, type FrameSeries, heldRows, rowsOf, type SelectedRows } from "./series.ts";
import { type Scene, slot } from "./tokens.ts";

const cells = slot<CellTable, readonly NewCell[]>("cells", {
  start: ({ canvas }) => new CellTable(canvas),
  merge: (there, more) => there.with(more),
});

/** A cell × frame column as a series. @throws RangeError where it has not one row a cell. */
export function perCell(values: Float64Array | FrameSeries, scene: Scene): FrameSeries {
  const { n_frames } = scene.geometry;
  const { count } = scene.get(cells);
  const series = values instanceof Float64Array ? denseSeries(values, n_frames) : values;
  if (series.rows * series.frames !== count * n_frames) {
    throw new RangeError(`A column needs ${count} cells × ${n_frames} frames.`);
  }
  return series;
}

const activity = slot<ActivityColumns | null, ActivityInput>("activity", {
  columnOf: cells,
  merge: (_, given, scene) => ({
    // Bleaching, the background, detection and the frames themselves all read it.
    C: heldRows(perCell(given.C, scene)),
    S: perCell(given.S, scene),
    amplitude: given.amplitude,
    ...(given.spike_norm && { spike_norm: given.spike_norm }),
    // A getter stays one: spike times may be made when asked for.
    get spike_times_s() {
      return given.spike_times_s;
    },
  }),
});

const intact_fraction = slot<FrameSeries | null, Float64Array | FrameSeries>("intact_fraction", {
  columnOf: cells,
  merge: (_, given, scene) => perCell(given, scene),
});

const optics = slot<OpticsColumns | null>("optics", { columnOf: cells });

const focal_depth_um = slot<number>("focal_depth_um");

const transmission = slot<Float64Array | null, Float64Array>("transmission", {
  merge(there, layer, { geometry: { canvas } }) {
    if (layer.length !== area(canvas)) {
      throw new RangeError("A transmission field must cover the canvas.");
    }
    return there ? there.map((value, i) => value * layer[i]!) : layer;
  },
});

/** The slots of pipeline; a step may define more with `slot`. */
export const slots = Object.freeze({
  /** All cells. A step puts more of them. */
  cells,
  /** When the cells fire and what calcium that makes; null until a step says so. */
  activity,
  /** Fraction of the fluorophore pool still intact, cell × frame; null where nothing bleaches. */
  intact_fraction,
  /** Blur and brightness of each cell; null where they are seen as planted. */
  optics,
  /** Depth of the focal plane on the optical axis, µm below the surface; null until a step resolves it. */
  focal_depth_um,
  /** Fraction of light that static tissue in front of the cells lets through, over the canvas; layers multiply; null: all. */
  transmission,
});

/** What is made once for each set of optics. In a window it is what the window shows of the whole: light comes in from beyond its edge. */
function perOptics<T>(
  make: (planted: FootprintStack, columns: OpticsColumns | null) => T,
  within: (whole: T, crop: CellsWithin["crop"]) => T,
): (scene: Scene) => T {
  const made = new WeakMap<CellTable, { readonly columns: OpticsColumns | null; readonly it: T }>();
  const of = (table: CellTable, columns: OpticsColumns | null): T => {
    const known = made.get(table);
    if (known?.columns === columns) return known.it;
    const it = table.of
      ? within(of(table.of.table, columns), table.of.crop)
      : make(table.planted, columns);
    made.set(table, { columns, it });
    return it;
  };
  return (scene) => of(scene.get(cells), scene.get(optics));
}

/** The footprints as the optics deliver them, at rest where the focus moves; the planted ones where no optics ran. Made once for each set of optics. */
export const observedFootprints = perOptics(
  (planted, columns) => (columns ? planted.degrade(columns.sigma_px, columns.gain) : planted),
  (whole, crop) => crop(whole),
);

/** The footprints of a focus that moves, made once for each set of optics; null where it rests. */
export const footprintsInMotion = perOptics(
  (planted, columns): FootprintLadder | null => {
    const course = columns?.sigma_course_px;
    return columns && course ? footprintLadder(planted, { ...columns, course }) : null;
  },
  (whole, crop) => whole && { ...whole, stack: crop(whole.stack) },
);

/** The light of the cells: their footprints as the optics deliver them in each frame, times series of shape cell × frame. */
export function accumulateCells(scene: Scene, per_frame: readonly FrameSeries[]): Accumulate {
  const moving = footprintsInMotion(scene);
  if (!moving) return accumulate(observedFootprints(scene), { per_frame });
  const { stack, shares } = moving;
  const factors = per_frame.map((series) => rowsOf(series, moving.cells));
  return accumulate(stack, { per_frame: [...factors, shares] });
}

/** What an instruction multiplies the trace C of each cell by: series of shape cell × frame, and one number. */
export interface CellFactors {
  readonly per_frame: readonly (Float64Array | FrameSeries)[];
  readonly scale: number;
}

/** What an instruction that adds the light of cells makes of their trace; null where the trace is not among its weights. The way back from `accumulateCells`. */
export function cellFactors({ components, weights }: Accumulate, scene: Scene): CellFactors | null {
  const C = scene.get(activity)?.C;
  if (!C || !("per_frame" in weights)) return null;
  // While the focus moves, each series is one of rows of the cells' own, and the last one shares the light among the footprints.
  const perCell =
    components === footprintsInMotion(scene)?.stack
      ? weights.per_frame.flatMap((one) => ("source" in one ? [(one as SelectedRows).source] : []))
      : weights.per_frame;
  const per_frame = perCell.filter((series) => series !== C && series !== C.data);
  return per_frame.length < perCell.length ? { per_frame, scale: weights.scale ?? 1 } : null;
}
