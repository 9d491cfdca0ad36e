// What movies are read from, in the order in which a path is asked for it.
import { isHdf5 } from "../h5/signature.ts";
import { isNpy } from "../npy/header.ts";
import { isTiff } from "../tiff/pages.ts";
import { openAviMovie } from "./avi.ts";
import { openHdf5Movie } from "./hdf5.ts";
import { findSession, openSession } from "./miniscope.ts";
import { openNpyMovie } from "./npy.ts";
import type { ReadMovieOptions } from "./options.ts";
import type { StoredMovie } from "./stored-movie.ts";
import { openTiffMovie } from "./tiff.ts";
import { isVideo, openVideo } from "./video.ts";
import { isZarr, openZarrMovie } from "./zarr.ts";

interface Opener {
  /** Whether the path is of this kind, by the first bytes of its file; null for a folder. */
  finds(path: string, head: Uint8Array | null): boolean | Promise<boolean>;
  open(path: string, options: ReadMovieOptions): Promise<StoredMovie>;
}

export const READABLE =
  "movies are .npy, TIFF, HDF5, NWB and AVI files, other videos that ffmpeg decodes, and folders of Zarr or of a Miniscope session";

const isAvi = (head: Uint8Array): boolean =>
  isVideo(head) && new TextDecoder("latin1").decode(head).startsWith("RIFF");

export const openers: readonly Opener[] = [
  { finds: (_, head) => head !== null && isNpy(head), open: openNpyMovie },
  { finds: (_, head) => head !== null && isTiff(head), open: openTiffMovie },
  { finds: (_, head) => head !== null && isAvi(head), open: openAviMovie },
  { finds: (_, head) => head !== null && isVideo(head), open: openVideo },
  { finds: async (path, head) => head !== null && (await isHdf5(path)), open: openHdf5Movie },
  { finds: async (path, head) => head === null && (await isZarr(path)), open: openZarrMovie },
  {
    finds: async (path, head) => head === null && (await findSession(path)) !== null,
    open: openSession,
  },
];
