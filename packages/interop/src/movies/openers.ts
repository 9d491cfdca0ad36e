// What movies are read from, in the order in which a path is asked for it.
import { isHdf5 } from "../h5/is-hdf5.ts";
import { isNpy } from "../npy/header.ts";
import { isTiff } from "../tiff/pages.ts";
import { openAviMovie } from "./avi.ts";
import { openHdf5Movie } from "./hdf5.ts";
import { isVideo } from "./is-video.ts";
import { findSessions, openSession } from "./miniscope.ts";
import { openNpyMovie } from "./npy.ts";
import type { ReadMovieOptions } from "./options.ts";
import type { StoredMovie } from "./stored-movie.ts";
import { openTiffMovie } from "./tiff.ts";
import { openVideo } from "./video.ts";
import { isZarr, openZarrMovie } from "./zarr.ts";

/** Opens the path that it was found for. */
type Open = (options: ReadMovieOptions) => Promise<StoredMovie>;
/** How a path is opened, if it is of this kind by the first bytes of its file; these are null for a folder. */
type Opener = (path: string, head: Uint8Array | null) => Open | null | Promise<Open | null>;

export const READABLE =
  "movies are .npy, TIFF, HDF5, NWB and AVI files, other videos that ffmpeg decodes, and folders of Zarr or of a Miniscope session";

const isAvi = (head: Uint8Array): boolean =>
  isVideo(head) && new TextDecoder("latin1").decode(head).startsWith("RIFF");

const fileThat =
  (
    is: (head: Uint8Array) => boolean,
    open: (path: string, options: ReadMovieOptions) => Promise<StoredMovie>,
  ): Opener =>
  (path, head) =>
    head !== null && is(head) ? (options) => open(path, options) : null;

export const openers: readonly Opener[] = [
  fileThat(isNpy, openNpyMovie),
  fileThat(isTiff, openTiffMovie),
  fileThat(isAvi, openAviMovie),
  fileThat(isVideo, openVideo),
  async (path, head) =>
    head !== null && (await isHdf5(path)) ? (options) => openHdf5Movie(path, options) : null,
  async (path, head) =>
    head === null && (await isZarr(path)) ? (options) => openZarrMovie(path, options) : null,
  async (path, head) => {
    const sessions = head === null ? await findSessions(path) : [];
    return sessions.length > 0 ? (options) => openSession(path, sessions, options) : null;
  },
];
