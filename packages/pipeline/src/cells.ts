// The cell table: one row a cell, and columns that cell steps fill. Later steps read columns by name, never by who wrote them.
import { type Footprint, FootprintStack } from "@minisim/footprint";
import type { Shape } from "./geometry.ts";
import { denseSeries, type FrameSeries } from "./series.ts";

export interface NewCell {
  /** What this cell's random streams are keyed by, unique in the scene, e.g. [population, shell, index]. */
  readonly key: readonly (string | number)[];
  /** (z, y, x) µm, optical-center frame. */
  readonly position_um: readonly [number, number, number];
  /** Peak-normalized patch in canvas coordinates; may be empty. */
  readonly planted: Footprint;
}

/** What the cells did. C and S are cell × frame. */
export interface ActivityColumns {
  /** Clean calcium, expression gain included. */
  readonly C: FrameSeries;
  /** Spikes per frame. */
  readonly S: FrameSeries;
  /** Expression gain per cell. */
  readonly amplitude: Float64Array;
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
  /** 1 where the cell lies within the depth of field. */
  readonly in_focus: Uint8Array;
  /** Peak brightness relative to an ideal cell at the surface, for detectability. */
  readonly brightness: Float64Array;
}

export class CellTable {
  optics: OpticsColumns | null = null;

  readonly #canvas: Shape;
  readonly #frames: number;
  #activity: ActivityColumns | null = null;
  #intact: FrameSeries | null = null;
  readonly #cells: NewCell[] = [];
  #planted: FootprintStack | null = null;
  #observed: { readonly from: OpticsColumns | null; readonly stack: FootprintStack } | null = null;

  constructor(canvas: Shape, frames: number) {
    this.#canvas = canvas;
    this.#frames = frames;
  }

  get activity(): ActivityColumns | null {
    return this.#activity;
  }

  set activity(columns: ActivityInput | null) {
    this.#activity = columns && {
      C: this.#series(columns.C),
      S: this.#series(columns.S),
      amplitude: columns.amplitude,
      // A getter stays one: spike times may be made when asked for.
      get spike_times_s() {
        return columns.spike_times_s;
      },
    };
  }

  /** Fraction of the fluorophore pool still intact, cell × frame. */
  get intact_fraction(): FrameSeries | null {
    return this.#intact;
  }

  set intact_fraction(values: Float64Array | FrameSeries | null) {
    this.#intact = values && this.#series(values);
  }

  get count(): number {
    return this.#cells.length;
  }

  /** Appends cells. Only before any column is filled: columns have one entry a cell. */
  add(cells: readonly NewCell[]): void {
    if (this.activity || this.optics || this.intact_fraction) {
      throw new Error("Cells cannot be added once a column of the cell table is filled.");
    }
    for (const cell of cells) this.#cells.push(cell);
    this.#planted = null;
  }

  at(index: number): NewCell {
    const cell = this.#cells[index];
    if (!cell) throw new RangeError(`There is no cell ${index}; the scene has ${this.count}.`);
    return cell;
  }

  [Symbol.iterator](): IterableIterator<NewCell> {
    return this.#cells.values();
  }

  get planted(): FootprintStack {
    this.#planted ??= FootprintStack.from(
      this.#cells.map((cell) => cell.planted),
      this.#canvas,
    );
    return this.#planted;
  }

  /** The footprints as the optics deliver them; the planted ones where no optics ran. Memoized: it is a pure function. */
  get observed(): FootprintStack {
    if (this.#observed?.from !== this.optics || !this.#observed) {
      const { optics } = this;
      const stack = optics ? this.planted.degrade(optics.sigma_px, optics.gain) : this.planted;
      this.#observed = { from: optics, stack };
    }
    return this.#observed.stack;
  }

  #series(values: Float64Array | FrameSeries): FrameSeries {
    const series = values instanceof Float64Array ? denseSeries(values, this.#frames) : values;
    if (series.rows * series.frames !== this.count * this.#frames) {
      throw new RangeError(`A column needs ${this.count} cells × ${this.#frames} frames.`);
    }
    return series;
  }
}
