// What movies are read from, in the order in which a path is asked for it.
import { isNpy } from "../npy/header.ts";
import { isTiff } from "../tiff/pages.ts";
import { openAviMovie } from "./avi.ts";
import { findSession, openSession } from "./miniscope.ts";
import { openNpyMovie } from "./npy.ts";
import type { ReadMovieOptions } from "./options.ts";
import type { StoredMovie } from "./stored-movie.ts";
import { openTiffMovie } from "./tiff.ts";

interface Opener {
  /** Whether the path is of this kind, by the first bytes of its file; null for a folder. */
  finds(path: string, head: Uint8Array | null): boolean | Promise<boolean>;
  open(path: string, options: ReadMovieOptions): Promise<StoredMovie>;
}

export const READABLE =
  "movies are .npy, TIFF and uncompressed AVI files and session folders of a Miniscope";

const isAvi = (head: Uint8Array): boolean => {
  const text = new TextDecoder("latin1").decode(head);
  return text.startsWith("RIFF") && text.slice(8, 12) === "AVI ";
};

export const openers: readonly Opener[] = [
  { finds: (_, head) => head !== null && isNpy(head), open: openNpyMovie },
  { finds: (_, head) => head !== null && isTiff(head), open: openTiffMovie },
  { finds: (_, head) => head !== null && isAvi(head), open: openAviMovie },
  {
    finds: async (path, head) => head === null && (await findSession(path)) !== null,
    open: openSession,
  },
];
