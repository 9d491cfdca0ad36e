// Activity in files of text, which browsers read as well.
import type { FileContent } from "@minisim/spec";
import { InteropError } from "../error.ts";
import { eventsOfCsv, tracesOfCsv } from "./csv.ts";
import { bad, type CellLists, listsOfJson } from "./lists.ts";

/** What of a text a spec takes; sentences begin with the place. */
type Reader = (text: string, place: string) => CellLists;

const READERS: Readonly<Record<FileContent, Readonly<Record<string, Reader>>>> = {
  events: { ".csv": eventsOfCsv, ".tsv": eventsOfCsv, ".json": jsonOf },
  traces: { ".csv": tracesOfCsv, ".tsv": tracesOfCsv, ".json": jsonOf },
};

/** Endings of files of text. */
export const TEXT_ENDINGS = [".csv", ".tsv", ".json"] as const;

/**
 * Events or traces out of a text, for fields of a spec that may be files: a list of numbers for each cell. The ending of the name says what it is.
 * @throws InteropError that begins with the name.
 */
export function activityOfText(content: FileContent, name: string, text: string): CellLists {
  const ending = TEXT_ENDINGS.find((one) => name.toLowerCase().endsWith(one));
  if (ending !== undefined) return READERS[content][ending]!(text, name);
  throw new InteropError(
    "unsupported",
    `The ending of ${name} is none of those that are read here: ${TEXT_ENDINGS.join(", ")}.`,
  );
}

function jsonOf(text: string, place: string): CellLists {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw bad(place, "is no JSON");
  }
  return listsOfJson(value, place);
}
