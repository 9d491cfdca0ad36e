// Activity that somebody has already, out of a file: when cells fired, or their traces, as the lists that a spec takes.
import { InteropError } from "../error.ts";
import { readWhole } from "../read-file.ts";
import { eventsOfNpy, eventsOfNpz, tracesOfNpy, tracesOfNpz } from "./arrays.ts";
import { eventsOfCsv, tracesOfCsv } from "./csv.ts";
import { bad, type CellLists, listsOfJson } from "./lists.ts";

export interface ReadActivityOptions {
  /** Which array of the file, where it has several. */
  readonly dataset?: string | undefined;
}

type Reader = (path: string, dataset: string | undefined) => Promise<CellLists>;

const EVENTS: Readonly<Record<string, Reader>> = {
  ".csv": eventsOfCsv,
  ".tsv": eventsOfCsv,
  ".npy": eventsOfNpy,
  ".npz": eventsOfNpz,
  ".nwb": async (path, dataset) => (await import("./nwb.ts")).eventsOfNwb(path, dataset),
  ".json": jsonAt,
};

const TRACES: Readonly<Record<string, Reader>> = {
  ".csv": tracesOfCsv,
  ".tsv": tracesOfCsv,
  ".npy": tracesOfNpy,
  ".npz": tracesOfNpz,
  ".json": jsonAt,
};

/**
 * Times of events, such as spikes, in seconds: a list for each cell, for `spike_times_s` of cell_activity. The ending says what the file is: a table
 * (.csv, .tsv) with a line of cell and time for each event, .npy with such rows, .npz with such columns, NWB units, .json with the lists.
 * @throws InteropError that names the file and what is wrong with it.
 */
export const readEvents = (path: string, options: ReadActivityOptions = {}): Promise<CellLists> =>
  read(EVENTS, path, options);

/**
 * Traces: a list for each cell of a value for each frame, for `dff` of cell_activity. .npy and .npz hold cell × frame, a table (.csv, .tsv) a line
 * for each frame and a column for each cell, .json the lists.
 * @throws InteropError that names the file and what is wrong with it.
 */
export const readTraces = (path: string, options: ReadActivityOptions = {}): Promise<CellLists> =>
  read(TRACES, path, options);

async function read(
  readers: Readonly<Record<string, Reader>>,
  path: string,
  { dataset }: ReadActivityOptions,
): Promise<CellLists> {
  const ending = Object.keys(readers).find((one) => path.toLowerCase().endsWith(one));
  if (ending !== undefined) return readers[ending]!(path, dataset);
  const known = Object.keys(readers).join(", ");
  throw new InteropError(
    "unsupported",
    `The ending of ${path} is none of those that are read here: ${known}.`,
  );
}

async function jsonAt(path: string): Promise<CellLists> {
  const text = new TextDecoder().decode(await readWhole(path));
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw bad(path, "is no JSON");
  }
  return listsOfJson(value, path);
}
