// What was dropped into the tab, as a movie: a recording of ours with its truth, or a movie of others.
import { type DroppedFile, insert, readMovie, unpacked } from "@minisim/interop/tab";
import { type Movie, movieOf } from "@minisim/measures";
import type { Recorded } from "@minisim/recording";
import { openRecording, type Storage, StoreError } from "@minisim/store";
import type { Block } from "../engine/types.ts";
import { noRecordingAt, storageAt } from "./at-address.ts";
import type { OpenedMovie } from "./types.ts";

export interface Held {
  readonly info: OpenedMovie;
  readonly movie: Omit<Movie, "fps"> & { readonly fps?: number };
  /** Of a recording of ours. */
  readonly recorded?: Recorded;
  frames(first: number, count: number): Promise<Block["data"]>;
}

let numbers = 0;

/** @throws an Error whose message is a sentence for the page */
export const heldOf = async (root: string, files: readonly DroppedFile[]): Promise<Held> =>
  (await ofOurs(root, files)) ?? ofOthers(root);

/** Puts the files on the disk that readers see. @returns the path of what was dropped. */
export async function laidOut(files: readonly DroppedFile[]) {
  const [only] = files;
  const isZip = files.length === 1 && /\.zip$/i.test(only!.path);
  const all = isZip ? await unpacked(only!.blob, only!.path) : files;
  insert(all);
  // One folder is what was dropped; files without one are its parts.
  const roots = new Set(all.map(({ path }) => path.split("/")[0]!));
  return { root: roots.size === 1 ? [...roots][0]! : "", all };
}

const keysOf = (root: string, files: readonly DroppedFile[]) =>
  new Map(files.map(({ path, blob }) => [root === "" ? path : path.slice(root.length + 1), blob]));

/** As @minisim/store lays a recording out. */
export function isOurs(root: string, files: readonly DroppedFile[]): boolean {
  const keys = keysOf(root, files);
  return keys.has("zarr.json") && keys.has("observed/zarr.json");
}

async function ofOurs(root: string, files: readonly DroppedFile[]): Promise<Held | null> {
  const byKey = keysOf(root, files);
  if (!isOurs(root, files)) return null;
  const storage: Storage = {
    read: async (key) => {
      const blob = byKey.get(key);
      return blob && new Uint8Array(await blob.arrayBuffer());
    },
    write: () => Promise.reject(new Error("What was dropped is not written to.")),
    list: async (prefix) => [...byKey.keys()].filter((key) => key.startsWith(prefix)),
  };
  // Or Zarr of somebody else's.
  return heldIn(storage, root || "recording");
}

/** The recording below an address of the web. @throws an Error whose message is a sentence for the page */
export async function heldAt(address: string): Promise<Held> {
  const name = new URL(address).pathname.split("/").findLast((part) => part !== "");
  const held = await heldIn(storageAt(address), decodeURIComponent(name ?? "recording"));
  if (!held) throw new Error(noRecordingAt(address));
  return held;
}

/** Null where there is no recording. */
async function heldIn(storage: Storage, name: string): Promise<Held | null> {
  try {
    const recorded = await openRecording(storage);
    const movie = movieOf(recorded);
    return {
      info: infoOf(name, movie, true),
      movie,
      recorded,
      frames: (first, count) => recorded.readFrames(first, first + count),
    };
  } catch (error) {
    if (error instanceof StoreError && error.code === "not_a_recording") return null;
    throw error;
  }
}

async function ofOthers(root: string): Promise<Held> {
  const movie = await readMovie(root);
  return {
    info: infoOf(root, movie, false),
    movie: { ...movie, frames: () => movie.frames() },
    frames: async (first, count) => {
      const size = movie.shape[1] * movie.shape[2];
      let all: Block["data"] | undefined;
      for await (const { start, data } of movie.frames({ start: first, end: first + count })) {
        all ??= new (data.constructor as Float32ArrayConstructor)(count * size);
        all.set(data as Float32Array, (start - first) * size);
      }
      return all!;
    },
  };
}

function infoOf(
  name: string,
  movie: Pick<Movie, "shape" | "pixel_size_um"> & { fps?: number; is_lossy?: boolean },
  hasTruth: boolean,
): OpenedMovie {
  numbers += 1;
  const { shape, fps, pixel_size_um, is_lossy = false } = movie;
  const [frames, height, width] = shape;
  return {
    // Beyond the plans of the draft and of what is pinned.
    number: 2_000_000 + numbers,
    name,
    hasTruth,
    isLossy: is_lossy,
    frames,
    height,
    width,
    fps: fps ?? null,
    pixelSizeUm: pixel_size_um ?? null,
  };
}
