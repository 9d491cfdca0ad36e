// Columns of a table of records, decoded from their bytes: the library's own way makes an object of every record.
import type { CompoundMember, Dataset } from "h5wasm";
import type { Hdf5 } from "./instance.ts";

const SLAB_ROWS = 1 << 20;

export function decodeColumns(
  { Module }: Hdf5,
  dataset: Dataset,
  names: readonly string[],
  malformed: (problem: string) => Error,
): Float64Array[] {
  const { compound_type, total_size: rows, size } = dataset.metadata;
  const readers = names.map((name) => {
    const member = compound_type!.members.find((candidate) => candidate.name === name);
    const read = member && readerOf(member, Module.H5T_class_t);
    if (!read) throw malformed(`has no column "${name}" of numbers`);
    return read;
  });
  const columns = names.map(() => new Float64Array(rows));
  for (let start = 0; start < rows; start += SLAB_ROWS) {
    const count = Math.min(SLAB_ROWS, rows - start);
    const view = new DataView(recordsOf(start, count));
    for (const [c, read] of readers.entries()) {
      for (let row = 0; row < count; row++) columns[c]![start + row] = read(view, row * size);
    }
  }
  return columns;

  function recordsOf(start: number, count: number): ArrayBuffer {
    const pointer = Module._malloc(count * size);
    try {
      const { file_id, path } = dataset;
      const where = [[BigInt(count)], [BigInt(start)], [1n]] as const;
      Module.get_dataset_data(file_id, path, ...copied(where), BigInt(pointer));
      return Module.HEAPU8.slice(pointer, pointer + count * size).buffer as ArrayBuffer;
    } finally {
      Module._free(pointer);
    }
  }
}

const copied = ([count, offset, strides]: readonly [
  readonly bigint[],
  readonly bigint[],
  readonly bigint[],
]): [bigint[], bigint[], bigint[]] => [[...count], [...offset], [...strides]];

type Read = (view: DataView, at: number) => number;

function readerOf(
  { type, size, signed, offset, littleEndian }: CompoundMember,
  classes: Hdf5["Module"]["H5T_class_t"],
): Read | undefined {
  const little = littleEndian;
  if (type === classes.H5T_FLOAT.value) {
    if (size === 4) return (view, at) => view.getFloat32(at + offset, little);
    return size === 8 ? (view, at) => view.getFloat64(at + offset, little) : undefined;
  }
  if (type !== classes.H5T_INTEGER.value) return undefined;
  switch (`${signed ? "i" : "u"}${size}`) {
    case "u1":
      return (view, at) => view.getUint8(at + offset);
    case "u2":
      return (view, at) => view.getUint16(at + offset, little);
    case "u4":
      return (view, at) => view.getUint32(at + offset, little);
    case "u8":
      return (view, at) => Number(view.getBigUint64(at + offset, little));
    case "i4":
      return (view, at) => view.getInt32(at + offset, little);
    case "i8":
      return (view, at) => Number(view.getBigInt64(at + offset, little));
    default:
      return undefined;
  }
}
