// Where what is made goes, as the page sees it: a place, and how to leave nothing there.
import type { FilePlace } from "./file-place.ts";
import { ownFolder, removeEntry } from "./folder.ts";

/** The browser's own storage, to download from; or straight to the user's disk. */
export type Target = "browser" | "disk";

export const canPick = (what: "file" | "folder"): boolean =>
  (what === "file" ? window.showSaveFilePicker : window.showDirectoryPicker) !== undefined;

const NO_ROOM = "This browser gives the page no room for files (a private window?).";
/** What is made in memory for want of any other place may not be larger. */
const MOST_IN_MEMORY = 500e6;

export interface FolderTarget {
  readonly parent: FileSystemDirectoryHandle;
  readonly name: string;
  /** Makes the folder of this name in it; on the user's disk in the place of what was there, as they were asked. */
  open(): Promise<FileSystemDirectoryHandle>;
  discard(): Promise<void>;
}

/** Undefined when the user closes the picker. @throws Error in a sentence. */
export async function folderTarget(
  target: Target,
  wanted: string,
): Promise<FolderTarget | undefined> {
  const parent =
    target === "browser"
      ? await ownFolder()
      : await unlessClosed(window.showDirectoryPicker!({ mode: "readwrite" }));
  if (!parent && target === "browser") throw new Error(NO_ROOM);
  if (!parent) return undefined;
  const name = target === "browser" ? await freeName(parent, wanted) : wanted;
  const discard = () => removeEntry(parent, name);
  return {
    parent,
    name,
    async open() {
      await discard();
      return parent.getDirectoryHandle(name, { create: true });
    },
    discard,
  };
}

export interface FileTarget {
  readonly place: FilePlace;
  discard(): Promise<void>;
}

/** Undefined when the user closes the picker. @throws Error in a sentence. */
export async function fileTarget(
  target: Target,
  name: string,
  bytes: number,
): Promise<FileTarget | undefined> {
  if (target === "browser") return ownFile(name, bytes);
  const handle = await unlessClosed(window.showSaveFilePicker!({ suggestedName: name }));
  if (!handle) return undefined;
  const own = await ownFolder();
  if (!own) throw new Error(NO_ROOM);
  const scratch = await own.getFileHandle(`${name}.scratch`, { create: true });
  return {
    place: { handle, scratch },
    async discard() {
      await removeEntry(own, scratch.name);
      await removeFile(handle);
    },
  };
}

/** What was needed for a while goes. */
export async function tidy({ place: { scratch } }: FileTarget): Promise<void> {
  const own = scratch && (await ownFolder());
  if (own) await removeEntry(own, scratch.name);
}

async function ownFile(name: string, bytes: number): Promise<FileTarget> {
  const own = await ownFolder();
  if (!own) {
    if (bytes > MOST_IN_MEMORY)
      throw new Error(`${NO_ROOM} The recording is too large for memory.`);
    return { place: {}, discard: async () => {} };
  }
  const free = await freeName(own, name);
  const discard = () => removeEntry(own, free);
  return { place: { handle: await own.getFileHandle(free, { create: true }) }, discard };
}

/** What was made before stays until the user empties it: whether there is room for another one shows only at the end. */
async function freeName(folder: FileSystemDirectoryHandle, name: string): Promise<string> {
  const taken = new Set<string>();
  for await (const key of folder.keys()) taken.add(key);
  const dot = name.lastIndexOf(".");
  for (let number = 2, free = name; ; number++) {
    if (!taken.has(free)) return free;
    free = `${name.slice(0, dot)}-${number}${name.slice(dot)}`;
  }
}

const unlessClosed = <T>(picking: Promise<T>): Promise<T | undefined> =>
  picking.catch((error) => {
    if (error instanceof DOMException && error.name === "AbortError") return undefined;
    throw error;
  });

/** The picker has made the file, empty, before anything was written. A browser that cannot remove it leaves it so. */
async function removeFile(handle: FileSystemFileHandle): Promise<void> {
  const { remove } = handle as { remove?(): Promise<void> };
  for (let attempt = 0; remove && attempt < 20; attempt++) {
    try {
      return await remove.call(handle);
    } catch (error) {
      if (error instanceof DOMException && error.name === "NotFoundError") return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
