// Runs a pipeline on a recording, or finds in the cache what it made of it before.
import { readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { CachedFolder } from "@minisim/sweep/node";
import { LOG_FILE, RUN_FILE, WORK_FOLDER } from "./adapter-schema.ts";
import { keyOfRun, type PreparedPipeline } from "./prepare.ts";
import { RUN_FORMAT, type RunDocument } from "./run-document.ts";
import type { RunInput } from "./run-input.ts";
import { work } from "./work.ts";

/** A run that ended well, in the cache until it is released. */
export interface FinishedRun {
  /** Of the folder, with run.json, log.txt and the result. */
  readonly path: string;
  /** The result, in the format that `document.result` names. */
  readonly result: string;
  readonly document: RunDocument;
  /** Whether it was there already. */
  readonly hit: boolean;
  release(): Promise<void>;
}

/**
 * Runs the pipeline whole, or finds what it made of the same recording with the same parameters before.
 * @throws PipelineError "environment", "failed"; InteropError where the format cannot hold the movie; PathError; the signal's reason when aborted.
 */
export async function runPipeline(
  prepared: PreparedPipeline,
  input: RunInput,
): Promise<FinishedRun> {
  const key = keyOfRun(prepared, input.recordingKey);
  const { cache } = prepared;
  const { signal, again } = input;
  if (again) await cache.drop(key, "run");
  const get = () =>
    cache.getFolder("run", key, (folder, log) => make(prepared, key, folder, log, input), {
      signal,
    });
  const first = await get();
  const found = await documentIn(first);
  if (found) return finished(first, found);
  // A power cut has left half of it, or somebody has touched it.
  await first.release();
  await cache.drop(key, "run");
  const second = await get();
  return finished(second, (await documentIn(second))!);
}

const finished = (entry: CachedFolder, document: RunDocument): FinishedRun => ({
  path: entry.path,
  result: join(entry.path, document.result.path),
  document,
  hit: entry.hit,
  release: () => entry.release(),
});

/** Where the entry is whole. */
async function documentIn({ path }: CachedFolder): Promise<RunDocument | undefined> {
  try {
    const document = JSON.parse(await readFile(join(path, RUN_FILE), "utf8")) as RunDocument;
    for (const [name, bytes] of Object.entries(document.files)) {
      if ((await stat(join(path, name))).size !== bytes) return undefined;
    }
    return document;
  } catch {
    return undefined;
  }
}

async function make(
  prepared: PreparedPipeline,
  key: string,
  folder: string,
  log: string,
  input: RunInput,
): Promise<void> {
  const { adapter, parameters, environment, env } = prepared;
  const { recording, recordingKey, signal, onProgress } = input;
  await writeFile(log, "");
  const onInstall = () => onProgress?.({ done: 0, total: 0, stage: "installing its packages" });
  const opened = await environment?.open({ signal, onInstall });
  try {
    const job = { adapter, parameters, folder, log, opened, env };
    const seconds = await work(job, input);
    await rm(join(folder, WORK_FOLDER), { recursive: true, force: true });
    await rename(log, join(folder, LOG_FILE));
    const { name, version, sha256, writes } = adapter;
    const [n_frames, height, width] = recording.shape;
    const { fps } = recording.spec.acquisition;
    const document: RunDocument = {
      format: RUN_FORMAT,
      key,
      pipeline: { name, version, sha256 },
      parameters,
      recording: { cache_key: recordingKey, n_frames, height, width, fps },
      result: writes,
      environment: opened?.installed ?? null,
      seconds,
      files: await sizesIn(folder),
    };
    await writeFile(join(folder, RUN_FILE), `${JSON.stringify(document, null, 2)}\n`);
  } finally {
    await opened?.release();
  }
}

async function sizesIn(folder: string): Promise<Record<string, number>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = files.map(async ({ parentPath, name }): Promise<[string, number]> => {
    const path = join(parentPath, name);
    return [path.slice(folder.length + 1).replaceAll("\\", "/"), (await stat(path)).size];
  });
  return Object.fromEntries((await Promise.all(sizes)).sort(([a], [b]) => (a < b ? -1 : 1)));
}
