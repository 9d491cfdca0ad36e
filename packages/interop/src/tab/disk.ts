// A disk of the files that were dropped into a tab, under the names of Node's modules by which the readers ask for it: node:fs/promises, node:fs,
// node:path. Nothing can be written. In workers alone: a part of a file is read synchronously.

export interface DroppedFile {
  /** With "/" between folders: "session/plane0/stat.npy". */
  readonly path: string;
  readonly blob: Blob;
}

/** Of workers; the project's types are of pages. */
declare const FileReaderSync: new () => { readAsArrayBuffer(blob: Blob): ArrayBuffer };

const files = new Map<string, Blob>();
const open_ = new Map<number, Blob>();
let descriptors = 2;

/** What is on the disk from now on. */
export function insert(dropped: Iterable<DroppedFile>): void {
  files.clear();
  for (const { path, blob } of dropped) files.set(normal(path), blob);
}

const normal = (path: string): string => {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return parts.join("/");
};

/** Names in a folder; undefined where there is none. */
function namesIn(folder: string): Set<string> | undefined {
  const prefix = folder === "" ? "" : `${folder}/`;
  const names = [...files.keys()].flatMap((path) =>
    path.startsWith(prefix) ? [path.slice(prefix.length).split("/")[0]!] : [],
  );
  return names.length > 0 ? new Set(names) : undefined;
}

function missing(path: string, code: "ENOENT" | "ENOTDIR" = "ENOENT"): Error {
  return Object.assign(new Error(`There is nothing at ${path}.`), { code });
}

function statOf(path: string) {
  const at = normal(path);
  const blob = files.get(at);
  if (!blob && !namesIn(at)) throw missing(path);
  return {
    isFile: () => blob !== undefined,
    isDirectory: () => blob === undefined,
    isFIFO: () => false,
    isSocket: () => false,
    size: blob?.size ?? 0,
  };
}

export async function stat(path: string) {
  return statOf(path);
}

export async function open(path: string) {
  const blob = files.get(normal(path));
  if (!blob) throw missing(path);
  descriptors += 1;
  const fd = descriptors;
  open_.set(fd, blob);
  return {
    fd,
    stat: async () => statOf(path),
    read: async (target: Uint8Array, offset: number, length: number, position: number) => ({
      bytesRead: readSync(fd, target, offset, length, position),
    }),
    close: async () => {
      open_.delete(fd);
    },
  };
}

export async function readdir(path: string, options: { readonly withFileTypes?: boolean } = {}) {
  const at = normal(path);
  const names = namesIn(at);
  if (!names) throw missing(path, files.has(at) ? "ENOTDIR" : "ENOENT");
  if (!options.withFileTypes) return [...names];
  return [...names].map((name) => ({
    name,
    isFile: () => files.has(join(at, name)),
    isDirectory: () => !files.has(join(at, name)),
  }));
}

/** The file behind a descriptor. */
export const blobOf = (fd: number): Blob => open_.get(fd)!;
export const blobAt = (path: string): Blob | undefined => files.get(normal(path));

export function readSync(
  fd: number,
  target: Uint8Array,
  offset: number,
  length: number,
  position: number,
): number {
  const part = blobOf(fd).slice(position, position + length);
  const bytes = new Uint8Array(new FileReaderSync().readAsArrayBuffer(part));
  target.set(bytes, offset);
  return bytes.length;
}

export const constants = { O_RDONLY: 0, O_NONBLOCK: 0 };

export const join = (...parts: string[]): string => normal(parts.join("/"));
export const resolve = normal;
export const basename = (path: string): string => normal(path).split("/").at(-1)!;
export const dirname = (path: string): string => normal(path).split("/").slice(0, -1).join("/");

function never(): never {
  throw new Error("A tab's disk is for reading.");
}

export { never as mkdir, never as writeFile };
