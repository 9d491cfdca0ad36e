// A movie of another program as what is measured: what it is, and what has to be said about it.
import { open, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Movie } from "@minisim/measures";
import { presetNames } from "minisim";
import { usageFailure } from "../failure.ts";

export interface MovieOptions {
  readonly fps?: number;
  readonly pixelSize?: number;
  readonly cellRadiusPx?: number;
  readonly axes?: string;
  readonly dataset?: string;
  readonly ffmpeg?: string;
}

const ENDING = /\.(npy|tiff?|btf|avi|h5|hdf5|nwb|mat|nc|zarr|mp4|m4v|mov|mkv|wmv|webm|isxd)$/i;
const HEAD_BYTES = 512;

/**
 * Whether the source is a movie of another program rather than a spec or one of minisim's recordings: a folder that is no recording, a file
 * of binary data, or what is called like a movie.
 */
export async function isForeignMovie(source: string, cwd: string): Promise<boolean> {
  if (source === "-" || presetNames.includes(source)) return false;
  const path = resolve(cwd, source);
  const info = await stat(path).catch(() => null);
  if (info?.isDirectory()) return !(await isRecording(path));
  return ENDING.test(source) || (info?.isFile() === true && (await headOf(path)).includes(0));
}

/** Whether a folder's metadata are those of a recording, or damaged, which the store then says. */
async function isRecording(folder: string): Promise<boolean> {
  const head = await headOf(join(folder, "zarr.json"), Number.POSITIVE_INFINITY);
  if (head.length === 0) return false;
  try {
    const { format } = JSON.parse(head.toString()).attributes ?? {};
    return format === "minisim-recording";
  } catch {
    return true;
  }
}

/** The first bytes of a file; none where there is none, or it cannot be read: whoever reads it says why. */
async function headOf(path: string, length = HEAD_BYTES): Promise<Buffer> {
  const file = await open(path).catch(() => null);
  if (!file) return Buffer.alloc(0);
  try {
    if (length === Number.POSITIVE_INFINITY) return await file.readFile();
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** @throws Failure that lists what has to be said about the movie; InteropError. */
export async function foreignMovie(
  source: string,
  cwd: string,
  options: MovieOptions,
): Promise<Movie> {
  const { axes, dataset, ffmpeg } = options;
  const { readMovie } = await import("@minisim/interop");
  const movie = await readMovie(resolve(cwd, source), {
    ...(axes !== undefined && { axes }),
    ...(dataset !== undefined && { dataset }),
    ...(ffmpeg !== undefined && { ffmpeg }),
  });
  const fps = options.fps ?? movie.fps;
  const pixelSize = options.pixelSize ?? movie.pixel_size_um;
  const problems = [
    ...(fps === undefined ? [`${source} does not tell its frame rate: give --fps.`] : []),
    ...(pixelSize === undefined && options.cellRadiusPx === undefined
      ? [`${source} does not tell the size of a pixel: give --pixel-size or --cell-radius-px.`]
      : []),
  ];
  if (fps === undefined || problems.length > 0) throw usageFailure(problems.join("\n"));
  return { ...movie, fps, ...(pixelSize !== undefined && { pixel_size_um: pixelSize }) };
}

const FLAGS = {
  fps: "--fps",
  pixelSize: "--pixel-size",
  axes: "--axes",
  dataset: "--dataset",
  ffmpeg: "--ffmpeg",
} as const;

/** @throws Failure for what can be said only about a movie of another program. */
export function refuseMovieOptions(options: MovieOptions): void {
  const given = Object.entries(FLAGS).filter(
    ([name]) => options[name as keyof MovieOptions] !== undefined,
  );
  if (given.length === 0) return;
  const flags = given.map(([, flag]) => flag).join(", ");
  throw usageFailure(`${flags}: only for movies of other programs; this is a recording or a spec.`);
}
