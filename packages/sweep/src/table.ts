// Rows of a sweep → a tidy table: one row per point, one type per column.
import { isObject, type Json } from "./json.ts";

/** What a cell of a table holds. */
export type Cell = number | string | boolean | null;

export type Row = Readonly<Record<string, Json>>;

export type ColumnType = "integer" | "float" | "boolean" | "string";

export interface TableColumn {
  readonly name: string;
  readonly type: ColumnType;
  /** One for each row, of the column's type or null. */
  readonly cells: readonly Cell[];
}

/**
 * The columns of some rows, in the order of their first appearance. What a row lacks is null. A column of whole numbers alone is of
 * integers (so a score that happens to be 0 or 1 everywhere is, unless `types` says otherwise); one of numbers of floats; of mixed
 * kinds, lists or objects: of strings (JSON).
 */
export function columnsOf(
  rows: readonly Row[],
  types: Readonly<Record<string, ColumnType>> = {},
): TableColumn[] {
  const names = new Set(rows.flatMap((row) => Object.keys(row)));
  return [...names].map((name) => {
    const values = rows.map((row) => row[name] ?? null);
    const guessed = typeOf(values);
    // A type that does not hold what is there is not forced on it.
    const type =
      types[name] === "float" && guessed === "integer"
        ? "float"
        : (guessed ?? types[name] ?? "string");
    return { name, type, cells: values.map((value) => cellOf(value, type)) };
  });
}

function typeOf(values: readonly Json[]): ColumnType | undefined {
  const present = values.filter((value) => value !== null);
  if (present.length === 0) return undefined;
  if (present.every((value) => typeof value === "boolean")) return "boolean";
  if (present.every((value) => Number.isSafeInteger(value))) return "integer";
  if (present.every((value) => typeof value === "number")) return "float";
  return "string";
}

function cellOf(value: Json, type: ColumnType): Cell {
  if (value === null || typeof value === "string") return value;
  if (type !== "string" && !Array.isArray(value) && !isObject(value)) return value as Cell;
  return typeof value === "number" ? String(value) : JSON.stringify(value);
}

/** RFC 4180, with a header. Null is an empty field, an empty string a quoted one. Numbers in their shortest exact form. */
export function csvOf(columns: readonly TableColumn[]): string {
  const header = columns.map(({ name }) => quoted(name)).join(",");
  const count = columns[0]?.cells.length ?? 0;
  const lines = Array.from({ length: count }, (_, row) =>
    columns.map(({ cells }) => field(cells[row]!)).join(","),
  );
  return [header, ...lines].map((line) => `${line}\r\n`).join("");
}

function field(cell: Cell): string {
  if (cell === null) return "";
  return typeof cell === "string" ? quoted(cell) : String(cell);
}

const quoted = (text: string): string =>
  text === "" || /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
