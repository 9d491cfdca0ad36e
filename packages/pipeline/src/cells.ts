// The cells, and what is known of each. A column has one row a cell.
import { type Footprint, FootprintStack } from "@minisim/footprint";
import type { Shape } from "./geometry.ts";
import type { FrameSeries } from "./series.ts";

export interface NewCell {
  /** What this cell's random streams are keyed by, unique in the scene, e.g. [population, shell, index]. */
  readonly key: readonly (string | number)[];
  /** (z, y, x) µm, optical-center frame. */
  readonly position_um: readonly [number, number, number];
  /** Peak-normalized patch in canvas coordinates; may be empty. */
  readonly planted: Footprint;
  /** Sum of the planted footprint before the canvas cut it; that of `planted` where absent. */
  readonly light_px?: number;
}

/** Where a table shows the cells of another one, in a window of its canvas. */
export interface CellsWithin {
  readonly table: CellTable;
  /** What the window shows of footprints on the canvas of that table. */
  crop(footprints: FootprintStack): FootprintStack;
}

/** The cells in the order in which they were put. */
export class CellTable {
  readonly of: CellsWithin | null;
  readonly #canvas: Shape;
  readonly #cells: readonly NewCell[];
  #planted: FootprintStack | null = null;

  constructor(canvas: Shape, cells: readonly NewCell[] = [], of: CellsWithin | null = null) {
    this.#canvas = canvas;
    this.#cells = cells;
    this.of = of;
  }

  get count(): number {
    return this.#cells.length;
  }

  at(index: number): NewCell {
    const cell = this.#cells[index];
    if (!cell) throw new RangeError(`There is no cell ${index}; the scene has ${this.count}.`);
    return cell;
  }

  [Symbol.iterator](): IterableIterator<NewCell> {
    return this.#cells.values();
  }

  /** Sum over the pixels of a cell's planted footprint, those beyond the canvas included. */
  lightOf(index: number): number {
    const { light_px, planted } = this.at(index);
    return light_px ?? planted.data.reduce((sum, value) => sum + value, 0);
  }

  /** All planted footprints on the canvas. */
  get planted(): FootprintStack {
    this.#planted ??= FootprintStack.from(
      this.#cells.map((cell) => cell.planted),
      this.#canvas,
    );
    return this.#planted;
  }

  /** The same cells in a window of this shape. */
  within(window: Shape, crop: CellsWithin["crop"]): CellTable {
    const planted = crop(this.planted);
    const cells = this.#cells.map((cell, i) => ({
      ...cell,
      planted: planted.at(i),
      light_px: this.lightOf(i),
    }));
    return new CellTable(window, cells, { table: this, crop });
  }

  with(more: readonly NewCell[]): CellTable {
    return new CellTable(this.#canvas, [...this.#cells, ...more]);
  }
}

/** What the cells did. C and S are cell × frame. */
export interface ActivityColumns {
  /** Clean calcium, expression gain included. */
  readonly C: FrameSeries;
  /** Spikes per frame. */
  readonly S: FrameSeries;
  /** Expression gain per cell. */
  readonly amplitude: Float64Array;
  /**
   * √Σ_t r(t)² of what one spike at rest adds to C in the frames after it, one value a cell, on average over where in a frame the spike falls;
   * absent where light does not come from spikes.
   */
  readonly spike_norm?: Float64Array;
  /** Spike times (s from the start of frame 0): cell i owns data[offsets[i] .. offsets[i + 1]). */
  readonly spike_times_s: { readonly offsets: Int32Array; readonly data: Float64Array };
}

/** Activity as a step gives it: C and S as arrays, cell × frame row-major, or as recipes for long recordings. */
export interface ActivityInput extends Omit<ActivityColumns, "C" | "S"> {
  readonly C: Float64Array | FrameSeries;
  readonly S: Float64Array | FrameSeries;
}

/** What the optics make of each cell; one value a cell. */
export interface OpticsColumns {
  readonly sigma_px: Float64Array;
  /** The factor on the light-conserving blur of the planted footprint. */
  readonly gain: Float64Array;
  /** sigma_px in every frame, cell × frame, where the focus moves; sigma_px is then that at rest. */
  readonly sigma_course_px?: FrameSeries;
  /** 1 where the cell lies within the depth of field. */
  readonly in_focus: Uint8Array;
}
