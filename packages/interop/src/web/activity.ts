// Activity out of a file that is in memory: whatever readEvents and readTraces take from a disk.
import type { FileContent } from "@minisim/spec";
import { unzipSync } from "fflate";
import { eventsOfArrays, type NamedArrays, pairsOf, tracesOfArrays } from "../activity/arrays.ts";
import { type CellLists, listsOfRows } from "../activity/lists.ts";
import { activityOfText, TEXT_ENDINGS } from "../activity/text.ts";
import { InteropError } from "../error.ts";
import { decodeNpy } from "../npy/array.ts";

type Bytes = Uint8Array<ArrayBuffer>;
/** Sentences begin with the name. */
type Reader = (bytes: Bytes, name: string) => CellLists | Promise<CellLists>;

const READERS: Readonly<Record<FileContent, Readonly<Record<string, Reader>>>> = {
  events: {
    ...inText("events"),
    ".npy": (bytes, name) => pairsOf(decodeNpy(bytes, name), name),
    ".npz": (bytes, name) => eventsOfArrays(unpacked(bytes, name), name, undefined),
    ".nwb": async (bytes, name) => {
      const { readHdf5In } = await import("../h5/in-memory.ts");
      const { eventsOfUnits } = await import("../activity/nwb.ts");
      return readHdf5In(bytes, name, (source) => eventsOfUnits(source));
    },
  },
  traces: {
    ...inText("traces"),
    ".npy": (bytes, name) => listsOfRows(decodeNpy(bytes, name), name),
    ".npz": (bytes, name) => tracesOfArrays(unpacked(bytes, name), name, undefined),
  },
};

/** Endings of the files that `activityOfBytes` reads. */
export const activityEndings = (content: FileContent): readonly string[] =>
  Object.keys(READERS[content]);

/**
 * Events or traces out of the bytes of a file, for fields of a spec that may be files: a list of numbers for each cell. The ending of the name says
 * what it is, as for `readEvents` and `readTraces`.
 * @throws InteropError that begins with the name.
 */
export async function activityOfBytes(
  content: FileContent,
  name: string,
  bytes: Bytes,
): Promise<CellLists> {
  const readers = READERS[content];
  const ending = Object.keys(readers).find((one) => name.toLowerCase().endsWith(one));
  if (ending !== undefined) return readers[ending]!(bytes, name);
  throw new InteropError(
    "unsupported",
    `The ending of ${name} is none of those that are read here: ${Object.keys(readers).join(", ")}.`,
  );
}

function inText(content: FileContent): Record<string, Reader> {
  const reader: Reader = (bytes, name) =>
    activityOfText(content, name, new TextDecoder().decode(bytes));
  return Object.fromEntries(TEXT_ENDINGS.map((ending) => [ending, reader]));
}

const NPY = ".npy";

/** The arrays of an .npz. Their CRC-32 is not checked, as it is for a file on disk: the library has none. @throws InteropError "malformed" for what is no whole ZIP file. */
function unpacked(bytes: Bytes, name: string): NamedArrays {
  let members: Record<string, Uint8Array>;
  try {
    members = unzipSync(bytes, { filter: (member) => member.name.endsWith(NPY) });
  } catch (cause) {
    const why = (cause as Error).message;
    throw new InteropError("malformed", `${name} is no whole ZIP file: ${why}.`, { cause });
  }
  return {
    names: Object.keys(members).map((member) => member.slice(0, -NPY.length)),
    array: (one) => decodeNpy(Uint8Array.from(members[`${one}${NPY}`]!), `${name}: ${one}${NPY}`),
  };
}
