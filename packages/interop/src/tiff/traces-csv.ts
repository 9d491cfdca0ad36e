// Traces as a table of text, as Inscopix' CNMF-E writes it: a column of frame numbers, then one a cell; a line of names first.
import type { Rows } from "@minisim/scoring";
import { InteropError } from "../error.ts";
import { readWhole } from "../read-file.ts";
import type { Reading } from "../reading.ts";

const MOST_BYTES = 2 ** 29;

/** Unit × frame. @throws InteropError "malformed" that names the line. */
export async function readTraces(path: string, units: number, reading: Reading): Promise<Rows> {
  const text = new TextDecoder().decode(await readWhole(path, MOST_BYTES));
  const lines = text.split(/\r?\n/).filter((line) => line !== "");
  const bad = (problem: string) => new InteropError("malformed", `${path} ${problem}.`);
  const names = (lines[0] ?? "").split(",");
  if (names.length !== units + 1) {
    throw bad(`has traces of ${names.length - 1} units, but there are ${units} footprints`);
  }
  const frames = lines.length - 1;
  const problem = reading.frameProblem(frames);
  if (problem) throw bad(problem);
  const data = new Float64Array(units * frames);
  for (let frame = 0; frame < frames; frame++) {
    const cells = lines[frame + 1]!.split(",");
    const numbers = cells.map(numberOf);
    if (numbers.length !== units + 1 || numbers.includes(null)) {
      throw bad(`does not hold ${units + 1} numbers in line ${frame + 2}`);
    }
    for (let unit = 0; unit < units; unit++) data[unit * frames + frame] = numbers[unit + 1]!;
  }
  return { shape: [units, frames], data };
}

/** Null for what is no number; C++ writes nan and inf. */
function numberOf(cell: string): number | null {
  const word = cell.trim().toLowerCase();
  if (/^-?nan$/.test(word)) return Number.NaN;
  if (/^-?inf(inity)?$/.test(word)) return word.startsWith("-") ? -Infinity : Infinity;
  const value = Number(word);
  return word === "" || Number.isNaN(value) ? null : value;
}
