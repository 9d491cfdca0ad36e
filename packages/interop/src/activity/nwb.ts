// Spikes out of the Units table of an NWB file.
import type { H5Source } from "../h5/source.ts";
import { type CellLists, checkSize, listsOfEnds } from "./lists.ts";

/** Seconds from the session's start, a row for each unit; `dataset` is the table where it is not /units. */
export function eventsOfUnits(source: H5Source, dataset = "/units"): CellLists {
  const { path } = source;
  const table = `/${dataset.replace(/^\/+|\/+$/g, "")}`;
  const times = `${table}/spike_times`;
  source.demand(times, "dataset");
  checkSize(source.lengthOf(times), path);
  const numbers = (at: string) => source.numbers(at, { dims: [1] }).data;
  return listsOfEnds(numbers(times), numbers(`${times}_index`), `${path}: ${times}`);
}
