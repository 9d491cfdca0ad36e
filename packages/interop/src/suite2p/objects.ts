// suite2p's object arrays, read as data: the dictionaries of stat.npy and ops.npy, with the fields that are asked of them.
import type { Rows } from "@minisim/scoring";
import { InteropError } from "../error.ts";
import type { NpyData } from "../npy/dtype.ts";
import { parseNpyHeader } from "../npy/header.ts";
import { readWhole } from "../read-file.ts";
import { PyArray, PyTuple } from "./python-values.ts";
import { unpickle } from "./unpickle.ts";

/** A dictionary of a file, which knows where it lies. */
export class Dictionary {
  readonly place: string;
  readonly #entries: ReadonlyMap<unknown, unknown>;

  constructor(place: string, entries: ReadonlyMap<unknown, unknown>) {
    this.place = place;
    this.#entries = entries;
  }

  has(name: string): boolean {
    return this.#entries.has(name);
  }

  /** A number; null where there is none such. */
  number(name: string): number | null {
    const value = this.#entries.get(name);
    return typeof value === "number" ? value : null;
  }

  /** A dictionary within; null where there is none such. */
  inner(name: string): Dictionary | null {
    const value = this.#entries.get(name);
    return value instanceof Map ? new Dictionary(`${this.place}, ${name}`, value) : null;
  }

  /** A list of numbers of any kind: array, list or tuple; none where there is no such. */
  list(name: string): number[] {
    const value = this.#entries.get(name);
    const items =
      value instanceof PyArray ? value.data : value instanceof PyTuple ? value.items : value;
    if (ArrayBuffer.isView(items)) return Array.from(items as NpyData, Number);
    return Array.isArray(items) ? items.filter((item) => typeof item === "number") : [];
  }

  /** A whole number ≥ 0. @throws InteropError "malformed". */
  size(name: string): number {
    const value = this.#entries.get(name);
    if (Number.isSafeInteger(value) && (value as number) >= 0) return value as number;
    throw new InteropError("malformed", `${this.place}: ${name} is no whole number.`);
  }

  /** The numbers of an array of one dimension. @throws InteropError "malformed". */
  numbers(name: string): Float64Array {
    const value = this.#entries.get(name);
    if (value instanceof PyArray && value.shape.length === 1 && isNumeric(value.data)) {
      return Float64Array.from(value.data as ArrayLike<number | bigint>, Number);
    }
    throw new InteropError("malformed", `${this.place}: ${name} is no list of numbers.`);
  }

  /** The numbers of an array of two dimensions; null where there is none such. */
  table(name: string): Rows | null {
    const value = this.#entries.get(name);
    if (!(value instanceof PyArray && value.shape.length === 2 && isNumeric(value.data)))
      return null;
    const data = Float64Array.from(value.data as ArrayLike<number | bigint>, Number);
    return { shape: [...value.shape], data };
  }
}

/** The dictionaries of an object array; one for an array of no dimensions. @throws InteropError "missing", "malformed", "io". */
export async function readDictionaries(path: string): Promise<Dictionary[]> {
  const bytes = await readWhole(path);
  const { descr, shape, dataOffset } = parseNpyHeader(bytes, path);
  // NumPy makes an array of floats of an empty list.
  if (shape.length === 1 && shape[0] === 0) return [];
  if (descr !== "|O" || shape.length > 1) {
    throw new InteropError("malformed", `${path} is no list of Python objects, but ${descr}.`);
  }
  const value = unpickle(bytes.subarray(dataOffset), path);
  const objects = value instanceof PyArray ? value.data : [value];
  if (!Array.isArray(objects) || objects.length !== (shape[0] ?? 1)) {
    throw new InteropError(
      "malformed",
      `${path} does not hold the ${shape[0] ?? 1} objects it claims.`,
    );
  }
  return objects.map((object: unknown, i) => {
    const place = shape.length === 0 ? path : `${path}, object ${i}`;
    if (object instanceof Map) return new Dictionary(place, object);
    throw new InteropError("malformed", `${place} is no dictionary.`);
  });
}

const isNumeric = (data: PyArray["data"]): data is NpyData => ArrayBuffer.isView(data);
