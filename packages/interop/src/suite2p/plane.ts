// What suite2p was told of a plane and found of its motion: in ops.npy; or, from version 1 on, in db.npy and reg_outputs.npy, with
// ops.npy only on demand, and what it was told of the extraction in settings.npy.
import { join } from "node:path";
import type { PatchShifts, Rows } from "@minisim/scoring";
import { InteropError } from "../error.ts";
import type { Field, Reading } from "../reading.ts";
import { kindAt } from "../regular-file.ts";
import { blockShifts } from "./blocks.ts";
import { type Dictionary, readDictionaries } from "./objects.ts";

const FILES = ["ops", "db", "reg_outputs"];

/** Cameras have fewer rows and columns; more is damage. */
const MOST_PIXELS = 1 << 16;

export class Plane {
  readonly #folder: string;
  readonly #files: readonly Dictionary[];

  private constructor(folder: string, files: readonly Dictionary[]) {
    this.#folder = folder;
    this.#files = files;
  }

  /** @throws InteropError "malformed", "io". */
  static async open(folder: string): Promise<Plane> {
    const files: Dictionary[] = [];
    for (const name of FILES) {
      const path = join(folder, `${name}.npy`);
      if ((await kindAt(path)) === "file")
        files.push(...(await readDictionaries(path)).slice(0, 1));
    }
    return new Plane(folder, files);
  }

  /** The first of the files that knows all of these. */
  #with(...names: readonly string[]): Dictionary | undefined {
    return this.#files.find((file) => names.every((name) => file.has(name)));
  }

  /** @throws InteropError "malformed" for a size that no camera has, or where neither the files nor the recording tell. */
  field(reading: Reading): Field {
    const file = this.#with("Ly", "Lx");
    if (!file) {
      if (reading.field) return reading.field;
      throw new InteropError(
        "malformed",
        `${this.#folder}: none of ${FILES.map((name) => `${name}.npy`).join(", ")} tells Ly and Lx, the size of the field of view.`,
      );
    }
    const field = { height: file.size("Ly"), width: file.size("Lx") };
    const isCamera = field.height <= MOST_PIXELS && field.width <= MOST_PIXELS;
    const claim = `claims ${field.height} × ${field.width} pixels`;
    const problem = isCamera ? reading.imageProblem(field) : claim;
    if (problem) throw new InteropError("malformed", `${file.place} ${problem}.`);
    return field;
  }

  rate(): number | null {
    return this.#with("fs")?.number("fs") ?? null;
  }

  /** How much of Fneu suite2p took off F before it deconvolved, and which file says so; null where none does. */
  async neuropilCoefficient(): Promise<{ readonly value: number; readonly from: string } | null> {
    const settings = await dictionaryAt(join(this.#folder, "settings.npy"));
    const extraction = settings?.inner("extraction");
    const told = [
      [this.#with("neucoeff")?.number("neucoeff"), "neucoeff of ops.npy"],
      [extraction?.number("neuropil_coefficient"), "neuropil_coefficient of settings.npy"],
    ] as const;
    for (const [value, from] of told) {
      if (typeof value === "number" && Number.isFinite(value)) return { value, from };
    }
    return null;
  }

  /** The mean of the movie as suite2p registered it; null where it is not kept, or is of another size. */
  meanImage({ height, width }: Field): Rows | null {
    const values = this.#with("meanImg")?.list("meanImg") ?? [];
    if (values.length !== height * width) return null;
    return { shape: [height, width], data: Float64Array.from(values) };
  }

  /**
   * (yoff, xoff) as they are: suite2p rolls a frame by (−yoff, −xoff) to put its content back, so they are where it was displaced
   * to. Null where nothing was registered. @throws InteropError "malformed".
   */
  shifts(reading: Reading): Rows | null {
    const file = this.#with("yoff", "xoff");
    if (!file) return null;
    const [dy, dx] = [file.numbers("yoff"), file.numbers("xoff")];
    if (dy.length !== dx.length) {
      throw new InteropError("malformed", `${file.place}: yoff and xoff differ in length.`);
    }
    const problem = reading.frameProblem(dy.length);
    if (problem) throw new InteropError("malformed", `${file.place}: yoff ${problem}.`);
    const data = new Float64Array(2 * dy.length);
    for (let t = 0; t < dy.length; t++) data.set([dy[t]!, dx[t]!], 2 * t);
    return { shape: [dy.length, 2], data };
  }

  /** The shifts of blocks of a registration that is not rigid; null without one, and where its blocks are not those that suite2p would lay. */
  blockShifts(field: Field, shifts: Rows | null, reading: Reading): PatchShifts | null {
    const file = this.#with("yoff1", "xoff1", "block_size");
    const beyond = file && ([file.table("yoff1"), file.table("xoff1")] as const);
    if (!shifts || !file || !beyond?.[0] || !beyond[1]) return null;
    const [height = 0, width = 0] = file.list("block_size");
    const found = blockShifts(field, [height, width], shifts, [beyond[0], beyond[1]]);
    if (!found) {
      reading.note(
        "Shifts of blocks are left out: their number does not go with the size of the field and block_size.",
      );
    }
    return found;
  }
}

/** The dictionary of a file that is not needed: null where it is not there or cannot be read. */
async function dictionaryAt(path: string): Promise<Dictionary | null> {
  try {
    return (await readDictionaries(path))[0] ?? null;
  } catch {
    return null;
  }
}

/** Whether a file holds what suite2p keeps of a plane: its size or its motion. Never throws. */
export async function isPlaneSettings(path: string): Promise<boolean> {
  try {
    const [file] = await readDictionaries(path);
    return file !== undefined && ((file.has("Ly") && file.has("Lx")) || file.has("yoff"));
  } catch {
    return false;
  }
}
