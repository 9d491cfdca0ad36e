// Tables of a sweep, read back.
import { readFileSync } from "node:fs";

export type Row = Readonly<Record<string, string>>;

/** A list in a cell is quoted: its commas part nothing. */
const cellsOf = (line: string): string[] =>
  [...line.matchAll(/(?:^|,)("[^"]*"|[^,]*)/g)].map(([, cell = ""]) => cell);

export function readRows(path: string): Row[] {
  const [head, ...lines] = readFileSync(path, "utf8").trim().split(/\r?\n/);
  const names = cellsOf(head!);
  return lines.map((line) => {
    const cells = cellsOf(line);
    return Object.fromEntries(names.map((name, i) => [name, cells[i] ?? ""]));
  });
}

/** NaN where there is none. */
export const numberOf = (row: Row, name: string): number => Number(row[name] || Number.NaN);
