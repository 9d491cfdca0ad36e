// MATLAB's variables in HDF5: arrays with their axes reversed, sparse matrices as groups, empty ones as their sizes.
import { checkStarts, type H5Source, type Numbers, transposed } from "../h5/index.ts";

// 1 000 units over 100 hours at 20 Hz, some 60 times over; more comes from no recording.
const MOST_VALUES = 1 << 29;

/** A sparse matrix, compressed by its columns. */
export interface Sparse {
  readonly at: string;
  readonly rows: number;
  readonly columns: number;
}

/** Whether there is a variable with content. */
export function isVariable(source: H5Source, at: string): boolean {
  return sparseOf(source, at) !== null || isArray(source, at);
}

export function isArray(source: H5Source, at: string): boolean {
  return source.kind(at) === "dataset" && !isEmpty(source, at);
}

/** An empty variable is kept as its size. */
export const isEmpty = (source: H5Source, at: string): boolean =>
  Number(source.attribute(at, "MATLAB_empty") ?? 0) !== 0;

export function sparseOf(source: H5Source, at: string): Sparse | null {
  const rows = source.attribute(at, "MATLAB_sparse");
  if (source.kind(at) !== "group" || typeof rows !== "number") return null;
  const [ends] = source.shapeOf(`${at}/jc`, { dims: 1 });
  return { at, rows, columns: Math.max(0, ends! - 1) };
}

/** The size as MATLAB says it. */
export const sizeOf = (source: H5Source, at: string): readonly number[] =>
  [...source.shapeOf(at)].reverse();

/** Rows and columns of a matrix, dense or sparse. @throws InteropError "malformed". */
export function matrixSize(source: H5Source, at: string): readonly [number, number] {
  const sparse = sparseOf(source, at);
  if (sparse) return [sparse.rows, sparse.columns];
  const [columns, rows] = source.shapeOf(at, { dims: 2 });
  return [rows!, columns!];
}

/** A matrix as MATLAB shows it, row-major. @throws InteropError "malformed". */
export function matrix(source: H5Source, at: string): Numbers {
  const sparse = sparseOf(source, at);
  return sparse ? dense(source, sparse) : transposed(source.numbers(at, { dims: 2 }));
}

function dense(source: H5Source, { at, rows, columns }: Sparse): Numbers {
  if (!(Number.isInteger(rows) && rows >= 0 && rows * columns <= MOST_VALUES)) {
    throw source.malformed(at, `claims to be ${rows} × ${columns}`);
  }
  const data = new Float64Array(rows * columns);
  const starts = source.numbers(`${at}/jc`, { dims: 1 }).data;
  const [places, values] = entriesOf(source, at);
  checkStarts(source, `${at}/jc`, starts, values.length);
  if (places.length !== values.length) {
    throw source.malformed(`${at}/ir`, `has ${places.length} rows for ${values.length} values`);
  }
  for (let column = 0; column < columns; column++) {
    for (let k = starts[column]!; k < starts[column + 1]!; k++) {
      const row = places[k]!;
      if (!(row >= 0 && row < rows)) {
        throw source.malformed(`${at}/ir`, `points to row ${row} of ${rows}`);
      }
      data[row * columns + column] = values[k]!;
    }
  }
  return { shape: [rows, columns], data };
}

/** Without values, MATLAB leaves both datasets out. */
function entriesOf(source: H5Source, at: string): [Numbers["data"], Numbers["data"]] {
  if (source.kind(`${at}/ir`) === null) return [new Float64Array(0), new Float64Array(0)];
  return [
    source.numbers(`${at}/ir`, { dims: 1 }).data,
    source.numbers(`${at}/data`, { dims: 1 }).data,
  ];
}

/** A variable of one number; null where there is none such. */
export function scalar(source: H5Source, at: string): number | null {
  if (source.kind(at) !== "dataset") return null;
  const { data } = source.numbers(at);
  return data.length === 1 ? data[0]! : null;
}
