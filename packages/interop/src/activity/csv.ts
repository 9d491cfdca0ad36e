// Events and traces as tables of text, separated by comma, semicolon or tab. `place` begins the sentences about what is wrong.
import { bad, type CellLists, checkSize, listsOfPairs } from "./lists.ts";

const CELL_NAMES = ["cell", "unit", "neuron", "cell_id", "unit_id", "neuron_id", "id"];
/** Names of the column of times, and what makes them seconds. */
const TIME_NAMES: Readonly<Record<string, number>> = {
  time_s: 1,
  time: 1,
  t: 1,
  spike_time_s: 1,
  spike_time: 1,
  time_ms: 1e-3,
  spike_time_ms: 1e-3,
};
const CLOCK_NAMES = ["frame", "frames", ...Object.keys(TIME_NAMES)];

/** A line for each event: its cell, counted from 0, and its time; without a line of names in this order, in seconds. */
export function eventsOfCsv(text: string, place: string): CellLists {
  const { names, columns } = tableOf(text, place);
  if (names === null) {
    if (columns.length !== 2) {
      throw bad(place, `has ${columns.length} columns; name them, or give cell and time alone`);
    }
    return listsOfPairs(columns[0]!, columns[1]!, place);
  }
  const cell = names.findIndex((name) => CELL_NAMES.includes(name));
  const time = names.findIndex((name) => Object.hasOwn(TIME_NAMES, name));
  if (cell < 0 || time < 0) {
    const wanted = cell < 0 ? CELL_NAMES : Object.keys(TIME_NAMES);
    throw bad(place, `has no column ${wanted.join(", ")} (it has ${names.join(", ")})`);
  }
  const unit_s = TIME_NAMES[names[time]!]!;
  return listsOfPairs(
    columns[cell]!,
    columns[time]!.map((value) => value * unit_s),
    place,
  );
}

/** A line for each frame, a column for each cell; a first column of frames or times is left out by its name. */
export function tracesOfCsv(text: string, place: string): CellLists {
  const { names, columns } = tableOf(text, place);
  return names && CLOCK_NAMES.includes(names[0] ?? "") ? columns.slice(1) : columns;
}

interface Table {
  /** Lower case; null where the first line has numbers. */
  readonly names: readonly string[] | null;
  readonly columns: readonly (readonly number[])[];
}

/** @throws InteropError "malformed" that names the line. */
function tableOf(text: string, place: string): Table {
  const lines = text.split(/\r?\n/);
  while (lines.at(-1)?.trim() === "") lines.pop();
  const separator = [";", "\t"].find((sign) => lines[0]?.includes(sign)) ?? ",";
  const cellsOf = (line: string) => line.split(separator).map((cell) => cell.trim());
  const first = cellsOf(lines[0] ?? "");
  const isNamed = first.some((cell) => cell === "" || Number.isNaN(Number(cell)));
  const names = isNamed ? first.map((name) => name.replace(/^"|"$/g, "").toLowerCase()) : null;
  const rows = lines.slice(isNamed ? 1 : 0);
  checkSize(rows.length * first.length, place);
  const columns = first.map(() => [] as number[]);
  for (const [i, line] of rows.entries()) {
    const cells = cellsOf(line);
    const numbers = cells.map((cell) => (cell === "" ? Number.NaN : Number(cell)));
    if (numbers.length !== columns.length || !numbers.every(Number.isFinite)) {
      throw bad(place, `does not hold ${columns.length} numbers in line ${i + (isNamed ? 2 : 1)}`);
    }
    for (const [column, value] of numbers.entries()) columns[column]!.push(value);
  }
  return { names, columns };
}
