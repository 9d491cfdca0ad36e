// Activity that somebody has already, out of a file: when cells fired, or their traces, as the lists that a spec takes.
import type { FileContent } from "@minisim/spec";
import { InteropError } from "../error.ts";
import { readWhole } from "../read-file.ts";
import { eventsOfNpy, eventsOfNpz, tracesOfNpy, tracesOfNpz } from "./arrays.ts";
import type { CellLists } from "./lists.ts";
import { activityOfText, TEXT_ENDINGS } from "./text.ts";

export interface ReadActivityOptions {
  /** Which array of the file, where it has several. */
  readonly dataset?: string | undefined;
}

type Reader = (path: string, dataset: string | undefined) => Promise<CellLists>;

const MOST_TEXT_BYTES = 2 ** 28;

const EVENTS: Readonly<Record<string, Reader>> = {
  ...inText("events"),
  ".npy": eventsOfNpy,
  ".npz": eventsOfNpz,
  ".nwb": async (path, dataset) => (await import("./nwb.ts")).eventsOfNwb(path, dataset),
};

const TRACES: Readonly<Record<string, Reader>> = {
  ...inText("traces"),
  ".npy": tracesOfNpy,
  ".npz": tracesOfNpz,
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

function inText(content: FileContent): Record<string, Reader> {
  const reader: Reader = async (path) =>
    activityOfText(content, path, new TextDecoder().decode(await readWhole(path, MOST_TEXT_BYTES)));
  return Object.fromEntries(TEXT_ENDINGS.map((ending) => [ending, reader]));
}
