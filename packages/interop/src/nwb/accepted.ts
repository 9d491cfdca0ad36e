// Which ROIs of a table were taken for cells, by the columns that writers give it: suite2p's iscell (a cell, and how surely),
// CaImAn's keep, roiextractors' Accepted and is_accepted, and the rejected ones of the same.
import type { H5Source } from "../h5/index.ts";

const ACCEPTED = ["iscell", "is_cell", "keep", "is_accepted", "accepted"];
const REJECTED = ["is_rejected", "rejected"];

export interface Accepted {
  /** Of the table. */
  readonly columns: readonly string[];
  readonly flags: readonly boolean[];
}

/** Null where no column says. @throws InteropError "malformed". */
export function acceptedOf(source: H5Source, table: string, count: number): Accepted | null {
  const present = source.keys(table);
  const columnOf = (names: readonly string[]) =>
    names.flatMap((name) => present.find((column) => column.toLowerCase() === name) ?? [])[0];
  const [yes, no] = [columnOf(ACCEPTED), columnOf(REJECTED)];
  const columns = [yes, no].filter((column) => column !== undefined);
  if (columns.length === 0) return null;
  const accepted = yes === undefined ? null : flagsOf(source, `${table}/${yes}`, count);
  const rejected = no === undefined ? null : flagsOf(source, `${table}/${no}`, count);
  const flags = Array.from(
    { length: count },
    (_, roi) => (accepted?.[roi] ?? true) && !(rejected?.[roi] ?? false),
  );
  return { columns, flags };
}

/** Of several columns, the first is the judgement. */
function flagsOf(source: H5Source, at: string, count: number): boolean[] {
  const { shape, data } = source.numbers(at, { dims: [1, 2] });
  if (shape[0] !== count) {
    throw source.malformed(at, `has ${shape[0]} rows, where there are ${count} ROIs`);
  }
  return Array.from({ length: count }, (_, roi) => data[roi * (shape[1] ?? 1)]! > 0);
}
