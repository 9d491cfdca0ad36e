// Writes NumPy arrays of objects as a pickle of protocol 3: what numpy.load(allow_pickle=True) takes, of every version.
// Operations and their codes: https://docs.python.org/3/library/pickletools.html
import { descrOf, type NpyData } from "../npy/dtype.ts";
import { npyHeader } from "../npy/header.ts";
import { bytesOf } from "../stream.ts";

/** Whole numbers become Python's int, unless they are `float(…)`; records become dictionaries. */
export type Picklable =
  | number
  | string
  | boolean
  | PyFloat
  | NumPyArray
  | readonly Picklable[]
  | { readonly [key: string]: Picklable };

export class PyFloat {
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
}

export class NumPyArray {
  readonly shape: readonly number[];
  readonly data: NpyData;
  readonly descr: string;
  /** `descr` overrides the type of the data: "|b1" for booleans. */
  constructor(data: NpyData, shape: readonly number[] = [data.length], descr = descrOf(data)) {
    this.shape = shape;
    this.data = data;
    this.descr = descr;
  }
}

/** A .npy file of objects: a list of them, or with `shape` [] one alone. */
export function npyOfObjects(objects: readonly Picklable[], shape: readonly number[]): Uint8Array {
  const pickle = new Pickler();
  pickle.objects(objects, shape);
  return concatenated([npyHeader("|O", shape), ...pickle.parts()]);
}

class Pickler {
  readonly #parts: Uint8Array[] = [Uint8Array.of(0x80, 3)];

  parts(): Uint8Array[] {
    return [...this.#parts, Uint8Array.of(0x2e)];
  }

  objects(objects: readonly Picklable[], shape: readonly number[]): void {
    this.#array(shape, "|O8", () => this.#value(objects));
  }

  #value(value: Picklable): void {
    if (typeof value === "boolean") this.#bytes(value ? 0x88 : 0x89);
    else if (typeof value === "string") this.#text(value);
    else if (value instanceof PyFloat) this.#float(value.value);
    else if (typeof value === "number") this.#number(value);
    else if (value instanceof NumPyArray) {
      this.#array(value.shape, value.descr, () => this.#binary(bytesOf(value.data)));
    } else if (isList(value)) {
      this.#bytes(0x5d, 0x28);
      for (const item of value) this.#value(item);
      this.#bytes(0x65);
    } else {
      this.#bytes(0x7d, 0x28);
      for (const [key, item] of Object.entries(value)) {
        this.#text(key);
        this.#value(item);
      }
      this.#bytes(0x75);
    }
  }

  /** `values` writes the list of objects, or the bytes. */
  #array(shape: readonly number[], descr: string, values: () => void): void {
    this.#global("numpy.core.multiarray", "_reconstruct");
    this.#global("numpy", "ndarray");
    this.#tuple(() => this.#number(0));
    this.#binary(Uint8Array.of(0x62));
    this.#bytes(0x87, 0x52);
    this.#tuple(() => {
      this.#number(1);
      this.#tuple(() => {
        for (const size of shape) this.#number(size);
      });
      this.#dtype(descr);
      this.#bytes(0x89);
      values();
    });
    this.#bytes(0x62);
  }

  #dtype(descr: string): void {
    this.#global("numpy", "dtype");
    this.#text(descr.slice(1));
    this.#bytes(0x89, 0x88, 0x87, 0x52);
    this.#tuple(() => {
      this.#number(3);
      this.#text(descr[0]!);
      this.#bytes(0x4e, 0x4e, 0x4e);
      this.#number(-1);
      this.#number(-1);
      // Of objects: items are references and need Python's interpreter.
      this.#number(descr.startsWith("|O") ? 63 : 0);
    });
    this.#bytes(0x62);
  }

  #tuple(items: () => void): void {
    this.#bytes(0x28);
    items();
    this.#bytes(0x74);
  }

  #number(value: number): void {
    if ((value | 0) !== value || Object.is(value, -0)) {
      this.#float(value);
      return;
    }
    const bytes = new Uint8Array(5);
    bytes[0] = 0x4a;
    new DataView(bytes.buffer).setInt32(1, value, true);
    this.#parts.push(bytes);
  }

  #float(value: number): void {
    const bytes = new Uint8Array(9);
    bytes[0] = 0x47;
    new DataView(bytes.buffer).setFloat64(1, value);
    this.#parts.push(bytes);
  }

  #global(module: string, name: string): void {
    this.#parts.push(new TextEncoder().encode(`c${module}\n${name}\n`));
  }

  #text(text: string): void {
    this.#sized(0x58, new TextEncoder().encode(text));
  }

  #binary(bytes: Uint8Array): void {
    this.#sized(0x42, bytes);
  }

  #sized(code: number, bytes: Uint8Array): void {
    const head = new Uint8Array(5);
    head[0] = code;
    new DataView(head.buffer).setUint32(1, bytes.length, true);
    this.#parts.push(head, bytes);
  }

  #bytes(...codes: number[]): void {
    this.#parts.push(Uint8Array.from(codes));
  }
}

const isList = (value: object): value is readonly Picklable[] => Array.isArray(value);

function concatenated(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
