// Activity that somebody has already, out of a file: when cells fired, or their traces, as the lists that a spec takes.
import type { FileContent } from "@minisim/spec";
import { InteropError } from "../error.ts";
import { readNpy } from "../npy/array-file.ts";
import { withMembers } from "../npz/members.ts";
import { readWhole } from "../read-file.ts";
import { eventsOfArrays, pairsOf, tracesOfArrays } from "./arrays.ts";
import { type CellLists, listsOfRows } from "./lists.ts";
import { eventsOfUnits } from "./nwb.ts";
import { activityOfText, TEXT_ENDINGS } from "./text.ts";

export interface ReadActivityOptions {
  /** Which array of the file, where it has several. */
  readonly dataset?: string | undefined;
}

type Reader = (path: string, dataset: string | undefined) => Promise<CellLists>;

const MOST_TEXT_BYTES = 2 ** 28;

const EVENTS: Readonly<Record<string, Reader>> = {
  ...inText("events"),
  ".npy": async (path) => pairsOf(await readNpy(path), path),
  ".npz": (path, dataset) => withMembers(path, (members) => eventsOfArrays(members, path, dataset)),
  ".nwb": async (path, dataset) => {
    const { readHdf5 } = await import("../h5/index.ts");
    return readHdf5(path, (source) => eventsOfUnits(source, dataset));
  },
};

const TRACES: Readonly<Record<string, Reader>> = {
  ...inText("traces"),
  ".npy": async (path) => listsOfRows(await readNpy(path), path),
  ".npz": (path, dataset) => withMembers(path, (members) => tracesOfArrays(members, path, dataset)),
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
