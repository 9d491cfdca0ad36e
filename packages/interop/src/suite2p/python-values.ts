// What a pickle of suite2p's can hold, as plain data. Nothing here runs, imports or looks up anything by a name in the file.
import { InteropError } from "../error.ts";
import { rowMajor } from "../npy/array.ts";
import { itemBytes, type NpyData, numbersOf } from "../npy/dtype.ts";

export class PyTuple {
  readonly items: readonly unknown[];
  constructor(items: readonly unknown[]) {
    this.items = items;
  }
}

/** A value that suite2p keeps and nobody here needs: dates, paths, texts in NumPy's form. */
export class PyOpaque {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

export class PyDtype {
  /** As in the header of a .npy file: "<f4". */
  descr: string;
  constructor(code: string) {
    this.descr = `${/^(O|[bui]1$)/.test(code) ? "|" : "<"}${code}`;
  }
}

/** A NumPy array, row-major: numbers, or for objects a list of values; null for what is neither. */
export class PyArray {
  shape: readonly number[] = [0];
  data: NpyData | readonly unknown[] | null = [];
}

/** The names that a pickle may use. What each makes of its arguments is plain data. */
const MAKERS: Readonly<Record<string, (args: readonly unknown[], place: string) => unknown>> = {
  "numpy.core.multiarray._reconstruct": () => new PyArray(),
  "numpy.core.multiarray.scalar": ([dtype, bytes], place) => {
    if (!(dtype instanceof PyDtype && bytes instanceof Uint8Array)) return new PyOpaque("scalar");
    const data = numbers(dtype, bytes, 1, place);
    return data ? Number(data[0]) : new PyOpaque("scalar");
  },
  "numpy.core.numeric._frombuffer": ([bytes, dtype, shape, order], place) => {
    const array = new PyArray();
    fill(array, [1, shape, dtype, order === "F", bytes], place);
    return array;
  },
  "numpy.dtype": ([code], place) => {
    if (typeof code === "string") return new PyDtype(code);
    throw new InteropError("malformed", `${place} has an array type without a name.`);
  },
  "_codecs.encode": ([text], place) => {
    if (typeof text === "string") return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
    throw new InteropError("malformed", `${place} encodes what is no text.`);
  },
};

const CONSTANTS = new Set(["numpy.ndarray"]);

/** Types whose values are kept as opaque. */
const OPAQUE =
  /^(datetime\.(datetime|date|time|timedelta|timezone)|pathlib(\._local)?\.(Pure)?(Posix|Windows)?Path)$/;

export class PyGlobal {
  readonly name: string;

  /** @throws InteropError "malformed", naming the name, unless it stands for plain data. */
  constructor(module: string, name: string, place: string) {
    this.name = `${module.replace(/^numpy\._core\./, "numpy.core.")}.${name}`;
    if (Object.hasOwn(MAKERS, this.name) || CONSTANTS.has(this.name)) return;
    if (OPAQUE.test(this.name)) return;
    throw new InteropError(
      "malformed",
      `${place} wants to use ${module}.${name}, which is no plain data, and is not read.`,
    );
  }
}

/** Python's call of a name with arguments, as data. */
export function reduced(callable: unknown, args: unknown, place: string): unknown {
  if (!(callable instanceof PyGlobal && args instanceof PyTuple)) {
    throw new InteropError("malformed", `${place} calls what is no name.`);
  }
  const make = Object.hasOwn(MAKERS, callable.name) ? MAKERS[callable.name] : undefined;
  return make ? make(args.items, place) : new PyOpaque(callable.name);
}

/** Python's state of an object, as data. */
export function build(object: unknown, state: unknown, place: string): void {
  const items = state instanceof PyTuple ? state.items : [];
  if (object instanceof PyArray) fill(object, items, place);
  else if (object instanceof PyDtype) {
    const [, order, , names] = items;
    if (names instanceof PyTuple) object.descr = "structured";
    else if (typeof order === "string") object.descr = `${order}${object.descr.slice(1)}`;
  } else if (!(object instanceof PyOpaque)) {
    throw new InteropError("malformed", `${place} gives a state to what has none.`);
  }
}

/** `state`: (version, shape, dtype, Fortran order, values). */
function fill(array: PyArray, state: readonly unknown[], place: string): void {
  const [, shape, dtype, fortranOrder, values] = state;
  const sizes = shape instanceof PyTuple ? shape.items : [null];
  const length = sizes.reduce<number>((a, b) => a * (b as number), 1);
  const sized = [...sizes, length].every(
    (size) => Number.isSafeInteger(size) && (size as number) >= 0,
  );
  if (!sized || !(dtype instanceof PyDtype)) {
    throw new InteropError("malformed", `${place} has an array of an impossible shape or type.`);
  }
  array.shape = sizes as number[];
  const inRows = <T extends NpyData | unknown[]>(data: T): T =>
    fortranOrder === true && sizes.length > 1 ? rowMajor(data, sizes as number[]) : data;
  if (values instanceof Uint8Array) {
    const data = numbers(dtype, values, length, place);
    array.data = data && inRows(data);
  } else if (Array.isArray(values) && values.length === length) array.data = inRows(values);
  else throw new InteropError("malformed", `${place} has an array without its ${length} values.`);
}

function numbers(dtype: PyDtype, bytes: Uint8Array, length: number, place: string): NpyData | null {
  const { descr } = dtype;
  if (!/^[|<>=]([bui]1|[ui][248]|f[248])$/.test(descr)) return null;
  const needed = length * itemBytes(descr, place);
  if (bytes.length !== needed) {
    throw new InteropError(
      "malformed",
      `${place} has an array of ${length} ${descr} in ${bytes.length} bytes instead of ${needed}.`,
    );
  }
  return numbersOf(descr, bytes.slice());
}
