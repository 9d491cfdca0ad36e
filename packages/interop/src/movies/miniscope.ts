// A session of a Miniscope as a movie: its video files one after another, at the rate that its time stamps tell.
// V4: 0.avi, 1.avi …, timeStamps.csv; V3: msCam1.avi …, timestamp.dat.
import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import type { FrameRange } from "@minisim/recording";
import { InteropError } from "../error.ts";
import { withFsErrors } from "../fs-error.ts";
import { readIfThere } from "../read-file.ts";
import { openAviMovie } from "./avi.ts";
import { frameByFrame } from "./frame-by-frame.ts";
import type { ReadMovieOptions } from "./options.ts";
import { rateOf } from "./rate.ts";
import type { Part, StoredMovie } from "./stored-movie.ts";

interface Session {
  readonly folder: string;
  /** Names of the files, in the order of their numbers. */
  readonly files: readonly string[];
}

const VIDEOS = [/^(\d+)\.avi$/i, /^msCam(\d+)\.avi$/i] as const;
/** Researcher, animal, date, time, device: the folders of Miniscope-DAQ. */
const DEEPEST = 5;
/** A folder of files that are no session is not searched for ever. */
const MOST_FOLDERS = 1000;
const MOST_BYTES = 1 << 28;

/** The folders with video files, at or below a path. */
export async function findSessions(path: string): Promise<readonly Session[]> {
  const found: Session[] = [];
  let level = [path];
  let seen = 0;
  for (let depth = 0; depth <= DEEPEST && seen < MOST_FOLDERS; depth++) {
    const below: string[] = [];
    for (const folder of level.slice(0, MOST_FOLDERS - seen)) {
      seen += 1;
      const entries = await withFsErrors(folder, () => readdir(folder, { withFileTypes: true }));
      const files = videosOf(entries.map(({ name }) => name));
      if (files.length > 0) found.push({ folder, files });
      below.push(
        ...entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name)),
      );
    }
    level = below.sort();
  }
  return found;
}

function videosOf(names: readonly string[]): string[] {
  for (const pattern of VIDEOS) {
    const numbered = names.flatMap((name) => {
      const number = pattern.exec(name)?.[1];
      return number === undefined ? [] : [{ name, number: Number(number) }];
    });
    if (numbered.length > 0) {
      return numbered.sort((a, b) => a.number - b.number).map(({ name }) => name);
    }
  }
  return [];
}

/** @throws InteropError "unsupported" where there are several cameras, "malformed" for files that do not go together. */
export async function openSession(
  path: string,
  [session, ...others]: readonly Session[],
  options: ReadMovieOptions,
): Promise<StoredMovie> {
  const { folder, files } = session!;
  if (others.length > 0) {
    const names = [session!, ...others].map((one) => one.folder).join(", ");
    throw new InteropError(
      "unsupported",
      `${path} holds several folders of videos (${names}); name one of them.`,
    );
  }
  const videos: StoredMovie[] = [];
  for (const name of files) videos.push(await openAviMovie(join(folder, name), options));
  const [first] = videos as [StoredMovie, ...StoredMovie[]];
  const [, height, width] = first.shape as readonly [number, number, number];
  const odd = videos.find(
    ({ shape, type }) => shape[1] !== height || shape[2] !== width || type !== first.type,
  );
  if (odd)
    throw new InteropError(
      "malformed",
      `${odd.place} has frames of another size or type than ${basename(first.place)}.`,
    );
  const starts = [0];
  for (const { shape } of videos) starts.push(starts.at(-1)! + shape[0]!);
  const frames = starts.at(-1)!;
  return {
    place: folder,
    ...frameByFrame([frames, height, width], (range) => partsOf(videos, starts, range)),
    type: first.type,
    ...(videos.some(({ isLossy }) => isLossy) && { isLossy: true }),
    fps: await rateIn(folder, frames),
    isStream: true,
  };
}

async function* partsOf(
  videos: readonly StoredMovie[],
  starts: readonly number[],
  { start, end }: FrameRange,
): AsyncGenerator<Part> {
  for (const [index, video] of videos.entries()) {
    const [from, to] = [Math.max(start, starts[index]!), Math.min(end, starts[index + 1]!)];
    if (from >= to) continue;
    const range = { start: from - starts[index]!, end: to - starts[index]! };
    for await (const part of video.parts(0, range)) {
      const [frame, ...rest] = part.origin;
      yield { ...part, origin: [frame! + starts[index]!, ...rest] };
    }
  }
}

/** Frames per second between gaps; undefined where there are no time stamps of as many frames. */
async function rateIn(folder: string, frames: number): Promise<number | undefined> {
  const times =
    (await timesOf(folder, "timeStamps.csv", ",", frames)) ??
    (await timesOf(folder, "timestamp.dat", "\t", frames));
  const rate = times && rateOf(times);
  return rate === undefined ? undefined : 1000 * rate;
}

/** Times in ms; of several cameras in a file, those of the one with as many frames. */
async function timesOf(
  folder: string,
  name: string,
  separator: string,
  frames: number,
): Promise<number[] | undefined> {
  const bytes = await readIfThere(join(folder, name), MOST_BYTES);
  if (!bytes) return undefined;
  const [head = "", ...lines] = new TextDecoder().decode(bytes).trim().split(/\r?\n/);
  const columns = head.split(separator).map((word) => word.trim());
  const time = columns.findIndex((word) => /^(Time Stamp \(ms\)|sysClock)$/i.test(word));
  const camera = columns.indexOf("camNum");
  if (time < 0) return undefined;
  const byCamera = new Map<string, number[]>();
  for (const line of lines) {
    const cells = line.split(separator);
    const key = cells[camera] ?? "";
    const times = byCamera.get(key) ?? [];
    byCamera.set(key, times);
    times.push(Number(cells[time]));
  }
  return [...byCamera.values()].find(
    (times) => times.length === frames && times.every(Number.isFinite),
  );
}
