// What a reader knows of the recording that results are of, and what it has to say about what it did with them.
import type { ReadContext } from "./contract.ts";

/** An image tells no more cells apart than it has pixels; tiny ones may have some to spare. */
const FEW_UNITS = 1 << 12;
/** What pipelines add around the images, as a share of a side: a score finds where these lie. */
const MOST_PADDING = 0.2;
/** Where no recording is given: far beyond what any camera shows. */
const MOST_UNITS = 1 << 20;
const MOST_PIXELS = 1 << 28;

export interface Field {
  readonly height: number;
  readonly width: number;
}

export class Reading {
  readonly notes: string[] = [];
  /** Null where no recording is given. */
  readonly field: Field | null;
  readonly frames: number | null;
  readonly fps: number | null;

  constructor(recording?: ReadContext) {
    const [frames, height, width] = recording?.shape ?? [null, 0, 0];
    this.frames = frames;
    this.field = recording ? { height, width } : null;
    this.fps = recording?.fps ?? null;
  }

  note(sentence: string): void {
    if (!this.notes.includes(sentence)) this.notes.push(sentence);
  }

  /** Says that the results were made for another frame rate, where they were. */
  noteRate(what: string, fps: number | null): void {
    if (this.fps === null || fps === null || !(fps > 0)) return;
    // Rates are often rounded to two decimals.
    if (Math.abs(fps - this.fps) <= 0.01 * this.fps) return;
    this.note(`${what} is ${rounded(fps)} Hz, the recording has ${rounded(this.fps)} Hz.`);
  }

  /** Whether images of this size lie on the recording's field of view as they are; null where that is not known. */
  fits({ height, width }: Field): boolean | null {
    return this.field && this.field.height === height && this.field.width === width;
  }

  /** Whether they do with rows and columns exchanged, and only so. */
  fitsExchanged({ height, width }: Field): boolean {
    return this.fits({ height, width }) === false && this.fits({ height: width, width: height })!;
  }

  // The following are asked before anything of that size is read: what is wrong, as the end of a sentence, or null. What is smaller
  // than the recording may be a part of it.

  imageProblem({ height, width }: Field): string | null {
    if (!this.field) {
      return height * width <= MOST_PIXELS ? null : `claims images of ${height} × ${width} px`;
    }
    const most = (size: number) => size * (1 + MOST_PADDING);
    const within = (rows: number, columns: number) =>
      height <= most(rows) && width <= most(columns);
    const { height: rows, width: columns } = this.field;
    if (within(rows, columns) || within(columns, rows)) return null;
    return `has images of ${height} × ${width} px, larger than the recording's field of view of ${rows} × ${columns}`;
  }

  frameProblem(frames: number): string | null {
    if (this.frames === null || frames <= this.frames) return null;
    return `has ${frames} frames, the recording ${this.frames}`;
  }

  unitProblem(units: number): string | null {
    const { height = 0, width = 0 } = this.field ?? {};
    const most = this.field ? Math.max(FEW_UNITS, height * width) : MOST_UNITS;
    return units <= most ? null : `claims ${units} units, more than a field of view can show`;
  }
}

const rounded = (value: number): string => String(Number(value.toFixed(3)));
