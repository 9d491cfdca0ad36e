// One generation at a time: starts the worker, tells how far it is, cancels without leaving anything behind.
import { signal } from "@preact/signals";
import { type Connection, connect } from "../engine/rpc.ts";
import { cacheKey } from "../state/live.ts";
import { draft } from "../state/spec.ts";
import { filesOf, ownFolder, removeEntry } from "./folder.ts";
import type { GenerateApi, Made, Progress } from "./worker.ts";

export type Target = "browser" | "folder";

export interface Done extends Made {
  readonly name: string;
  readonly bytes: number;
  readonly files: number;
  /** Where it is: the parent folder and the name in it. */
  readonly parent: FileSystemDirectoryHandle;
  readonly target: Target;
}

export interface Running {
  readonly what: "store" | "video";
  readonly progress: Progress;
  readonly since: number;
  /** When rendering began, and how far: for the rate. */
  readonly rendering: { readonly since: number; readonly now: number } | null;
}

export const running = signal<Running | null>(null);
export const done = signal<Done | null>(null);
export const video = signal<{ readonly name: string; readonly file: File } | null>(null);
export const problem = signal("");

export const canPickFolder = "showDirectoryPicker" in globalThis;
export const recordingName = (): string => `minisim-${cacheKey.value || "recording"}`;

interface Work {
  readonly connection: Connection<GenerateApi>;
  readonly cleanUp: () => Promise<void>;
}
let work: Work | undefined;

export async function makeStore(target: Target): Promise<void> {
  const parent = await parentFolder(target);
  if (!parent || running.value) return;
  const name = `${recordingName()}.zarr`;
  done.value = null;
  await run(
    "store",
    () => removeEntry(parent, name),
    async ({ call }) => {
      await removeEntry(parent, name);
      const folder = await parent.getDirectoryHandle(name, { create: true });
      const made = await call.store(draft.value, folder, target === "browser");
      const files = await filesOf(folder);
      const sizes = await Promise.all(
        files.map(async ({ handle }) => (await handle.getFile()).size),
      );
      const bytes = sizes.reduce((sum, size) => sum + size, 0);
      done.value = { ...made, name, bytes, files: files.length, parent, target };
    },
  );
}

export async function makeVideo(): Promise<void> {
  const parent = await ownFolder();
  if (running.value) return;
  if (!parent) {
    problem.value = "This browser gives the page no room for files (a private window?).";
    return;
  }
  const name = `${recordingName()}.mp4`;
  video.value = null;
  await run(
    "video",
    () => removeEntry(parent, name),
    async ({ call }) => {
      await call.video(draft.value, parent, name);
      video.value = { name, file: await (await parent.getFileHandle(name)).getFile() };
    },
  );
}

/** Stops at once; what was begun is gone once this resolves. */
export async function cancel(): Promise<void> {
  const now = work;
  work = undefined;
  now?.connection.stop();
  await now?.cleanUp();
  running.value = null;
}

async function run(
  what: Running["what"],
  cleanUp: () => Promise<void>,
  task: (connection: Connection<GenerateApi>) => Promise<void>,
): Promise<void> {
  problem.value = "";
  const since = performance.now();
  running.value = {
    what,
    progress: { phase: "compile", done: 0, total: 1 },
    since,
    rendering: null,
  };
  const worker = new Worker(new URL("./worker.ts", import.meta.url), {
    type: "module",
    name: "generate",
  });
  const connection = connect<GenerateApi>(worker, (event) => {
    const progress = event as Progress;
    if (!running.value) return;
    const now = performance.now();
    const rendering =
      progress.phase === "render"
        ? { since: running.value.rendering?.since ?? now, now }
        : running.value.rendering;
    running.value = { ...running.value, progress, rendering };
  });
  const mine: Work = { connection, cleanUp };
  work = mine;
  try {
    await task(connection);
  } catch (error) {
    if (work === mine) {
      problem.value = sentenceOf(error);
      await cleanUp();
    }
  } finally {
    connection.stop();
    if (work === mine) {
      work = undefined;
      running.value = null;
    }
  }
}

function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "QuotaExceededError")
    return "The browser has no room left for this recording.";
  return error.message;
}

async function parentFolder(target: Target): Promise<FileSystemDirectoryHandle | undefined> {
  if (target === "browser") {
    const own = await ownFolder();
    if (!own) problem.value = "This browser gives the page no room for files (a private window?).";
    return own;
  }
  const pick = (
    globalThis as unknown as {
      showDirectoryPicker(options: object): Promise<FileSystemDirectoryHandle>;
    }
  ).showDirectoryPicker;
  // Whoever closes the picker wants nothing.
  return pick({ mode: "readwrite" }).catch(() => undefined);
}
