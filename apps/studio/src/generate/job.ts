// One generation at a time: starts the worker, tells how far it is, cancels without leaving anything behind.
import { effect, signal } from "@preact/signals";
import { type Connection, connect } from "../engine/rpc.ts";
import { cacheKey } from "../state/live.ts";
import { making } from "../state/making.ts";
import { draft } from "../state/spec.ts";
import { filesOf } from "./folder.ts";
import type { GenerateApi, Made } from "./maker.ts";
import type { Product } from "./product.ts";
import type { Progress } from "./progress.ts";
import { type FileTarget, fileTarget, folderTarget, type Target, tidy } from "./targets.ts";

export interface Done extends Made {
  readonly name: string;
  readonly title: string;
  readonly bytes: number;
  readonly target: Target;
  /** A file; or the folder that holds a store, and how many files that has. */
  readonly at:
    | { readonly file: Blob }
    | { readonly parent: FileSystemDirectoryHandle; readonly files: number };
}

export interface Running {
  readonly progress: Progress;
  /** When rendering began, and how far: for the rate. */
  readonly rendering: { readonly since: number; readonly now: number } | null;
}

export const running = signal<Running | null>(null);
export const done = signal<Done | null>(null);
export const problem = signal("");

export const recordingName = (): string => `minisim-${cacheKey.value || "recording"}`;

type Task = (call: Connection<GenerateApi>["call"]) => Promise<void>;
interface Work {
  readonly connection: Connection<GenerateApi>;
  readonly discard: () => Promise<void>;
}
let work: Work | undefined;

/** `bytes`: about how many the movie has. */
export async function make(product: Product, target: Target, bytes: number): Promise<void> {
  if (running.value) return;
  problem.value = "";
  done.value = null;
  const name = `${recordingName()}${product.extension}`;
  const { title } = product;
  try {
    if (product.id === "store") {
      const folder = await folderTarget(target, name);
      if (!folder) return;
      await run(folder.discard, async (call) => {
        const made = await call.store(draft.value, await folder.open(), target === "browser");
        const sums = await sumsOf(folder.parent, folder.name);
        done.value = { ...made, name: folder.name, title, target, ...sums };
      });
      return;
    }
    const file = await fileTarget(target, name, bytes);
    if (!file) return;
    await run(file.discard, async (call) => {
      const made = await callFor(product, call, file);
      await tidy(file);
      const whole = made.blob ?? (await file.place.handle!.getFile());
      const shown = file.place.handle?.name ?? name;
      done.value = { ...made, name: shown, title, target, bytes: whole.size, at: { file: whole } };
    });
  } catch (error) {
    problem.value = sentenceOf(error);
  }
}

function callFor({ id }: Product, call: Connection<GenerateApi>["call"], { place }: FileTarget) {
  if (id !== "mp4") return call.file(draft.value, id as Exclude<typeof id, "store">, place);
  if (place.handle) return call.video(draft.value, place.handle);
  throw new Error("This browser gives the page no room for files, which a video needs.");
}

async function sumsOf(parent: FileSystemDirectoryHandle, name: string) {
  const files = await filesOf(await parent.getDirectoryHandle(name));
  const sizes = await Promise.all(files.map(async ({ handle }) => (await handle.getFile()).size));
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  return { bytes, at: { parent, files: files.length } };
}

/** Stops at once; resolves when nothing is left of it. */
export async function cancel(): Promise<void> {
  const now = work;
  work = undefined;
  now?.connection.stop();
  await now?.discard();
  running.value = null;
}

async function run(discard: () => Promise<void>, task: Task): Promise<void> {
  running.value = { progress: { phase: "compile", done: 0, total: 1 }, rendering: null };
  const worker = new Worker(new URL("./maker.ts", import.meta.url), {
    type: "module",
    name: "generate",
  });
  const connection = connect<GenerateApi>(worker, (event) => hear(event as Progress));
  const mine: Work = { connection, discard };
  work = mine;
  try {
    await task(connection.call);
  } catch (error) {
    // Else it was cancelled, and whoever did that cleans up.
    if (work === mine) {
      problem.value = sentenceOf(error);
      connection.stop();
      await discard();
    }
  } finally {
    connection.stop();
    if (work === mine) {
      work = undefined;
      running.value = null;
    }
  }
}

effect(() => {
  const progress = running.value?.progress;
  const isCounted = progress?.phase === "render";
  making.value = progress
    ? isCounted
      ? progress.done / progress.total
      : making.peek() || 0
    : null;
});

function hear(progress: Progress): void {
  if (!running.value) return;
  const now = performance.now();
  const { rendering: before } = running.value;
  const rendering = progress.phase === "render" ? { since: before?.since ?? now, now } : before;
  running.value = { progress, rendering };
}

function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "QuotaExceededError")
    return "The browser has no room left for this recording.";
  return error.message;
}
