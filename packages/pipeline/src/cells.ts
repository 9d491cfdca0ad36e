// The cell table: one row a cell, and columns that cell steps fill. Later steps read columns by name, never by who wrote them.
import { type Footprint, FootprintStack } from "@minisim/footprint";
import type { Shape } from "./geometry.ts";

export interface NewCell {
  /** What this cell's random streams are keyed by, unique in the scene, e.g. [population, shell, index]. */
  readonly key: readonly (string | number)[];
  /** (z, y, x) µm, optical-center frame. */
  readonly position_um: readonly [number, number, number];
  /** Peak-normalized patch in canvas coordinates; may be empty. */
  readonly planted: Footprint;
}

/** What the cells did. Arrays are cell × frame unless they say otherwise. */
export interface ActivityColumns {
  /** Clean calcium, expression gain included. */
  readonly C: Float64Array;
  /** Spikes per frame. */
  readonly S: Float64Array;
  /** Expression gain per cell. */
  readonly amplitude: Float64Array;
  /** Spike times (s from the start of frame 0): cell i owns data[offsets[i] .. offsets[i + 1]). */
  readonly spike_times_s: { readonly offsets: Int32Array; readonly data: Float64Array };
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
  activity: ActivityColumns | null = null;
  optics: OpticsColumns | null = null;
  /** Fraction of the fluorophore pool still intact, cell × frame. */
  intact_fraction: Float64Array | null = null;

  readonly #canvas: Shape;
  readonly #cells: NewCell[] = [];
  #planted: FootprintStack | null = null;
  #observed: { readonly from: OpticsColumns | null; readonly stack: FootprintStack } | null = null;

  constructor(canvas: Shape) {
    this.#canvas = canvas;
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
}
