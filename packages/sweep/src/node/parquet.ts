// A table as Parquet, for pandas, polars, DuckDB, R.
import { type BasicType, parquetWriteBuffer } from "hyparquet-writer";
import type { Cell, ColumnType, TableColumn } from "../table.ts";

const TYPES: Readonly<Record<ColumnType, BasicType>> = {
  integer: "INT64",
  float: "DOUBLE",
  boolean: "BOOLEAN",
  string: "STRING",
};

/** The same columns give the same bytes. Every column may have nulls. */
export function parquetOf(columns: readonly TableColumn[]): Uint8Array {
  const columnData = columns.map(({ name, type, cells }) => ({
    name,
    type: TYPES[type],
    nullable: true,
    data: type === "integer" ? cells.map(bigOf) : [...cells],
  }));
  return new Uint8Array(parquetWriteBuffer({ columnData, createdBy: "minisim" }));
}

const bigOf = (cell: Cell): bigint | null => (cell === null ? null : BigInt(cell as number));
