// Folders that a browser can write: its own private file system (OPFS), or one that the user has picked.
import type { Storage } from "@minisim/store";

/** A store's keys as files of a folder. `fast`: the folder is the browser's own and this is a worker. */
export function folderStorage(root: FileSystemDirectoryHandle, fast: boolean): Storage {
  const folders = new Map<string, Promise<FileSystemDirectoryHandle>>();
  const folderOf = (path: string): Promise<FileSystemDirectoryHandle> => {
    if (path === "") return Promise.resolve(root);
    const known = folders.get(path);
    if (known) return known;
    const [parent, name] = split(path);
    const made = folderOf(parent).then((folder) =>
      folder.getDirectoryHandle(name, { create: true }),
    );
    folders.set(path, made);
    return made;
  };
  return {
    async read(key) {
      const [folder, name] = split(key);
      try {
        const handle = await (await folderOf(folder)).getFileHandle(name);
        return new Uint8Array(await (await handle.getFile()).arrayBuffer());
      } catch (error) {
        if (error instanceof DOMException && error.name === "NotFoundError") return undefined;
        throw error;
      }
    },
    async write(key, bytes) {
      const [folder, name] = split(key);
      const handle = await (await folderOf(folder)).getFileHandle(name, { create: true });
      await (fast ? writeAtOnce(handle, bytes) : writeThrough(handle, bytes));
    },
    async list(prefix) {
      const keys = (await filesOf(root)).map(({ path }) => path);
      return keys.filter((key) => key.startsWith(prefix));
    },
  };
}

const split = (path: string): [folder: string, name: string] => {
  const at = path.lastIndexOf("/");
  return [path.slice(0, Math.max(0, at)), path.slice(at + 1)];
};

async function writeAtOnce(handle: FileSystemFileHandle, bytes: Uint8Array): Promise<void> {
  const file = await handle.createSyncAccessHandle();
  try {
    file.truncate(0);
    if (file.write(bytes) !== bytes.length)
      throw new Error("The browser has no room left for this recording.");
  } finally {
    file.close();
  }
}

async function writeThrough(handle: FileSystemFileHandle, bytes: Uint8Array): Promise<void> {
  const stream = await handle.createWritable();
  await stream.write(bytes as Uint8Array<ArrayBuffer>);
  await stream.close();
}

export interface FileAt {
  readonly path: string;
  readonly handle: FileSystemFileHandle;
}

/** All files below a folder, by path. */
export async function filesOf(folder: FileSystemDirectoryHandle, prefix = ""): Promise<FileAt[]> {
  const found: FileAt[] = [];
  for await (const [name, handle] of folder.entries()) {
    const path = `${prefix}${name}`;
    if (handle.kind === "file") found.push({ path, handle: handle as FileSystemFileHandle });
    else found.push(...(await filesOf(handle as FileSystemDirectoryHandle, `${path}/`)));
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

const OWN = "minisim";

/** The browser's own folder for recordings under way and done; undefined where it has none. */
export async function ownFolder(): Promise<FileSystemDirectoryHandle | undefined> {
  try {
    const root = await navigator.storage.getDirectory();
    return await root.getDirectoryHandle(OWN, { create: true });
  } catch {
    return undefined;
  }
}

/** Removes an entry however deep; a file that a worker just let go of may need a moment. */
export async function removeEntry(folder: FileSystemDirectoryHandle, name: string): Promise<void> {
  for (let attempt = 0; attempt < 20; attempt++) {
    try {
      await folder.removeEntry(name, { recursive: true });
      return;
    } catch (error) {
      if (error instanceof DOMException && error.name === "NotFoundError") return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
