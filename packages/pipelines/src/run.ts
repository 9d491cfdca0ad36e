// Runs a pipeline on a recording: its environment, the movie in a format that it reads, its script. What was run before is found in the cache.
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { exportRecording, loadFormat } from "@minisim/interop";
import type { Recorded } from "@minisim/recording";
import type { CachedFolder, RecordingCache } from "@minisim/sweep/node";
import type { Adapter } from "./adapter.ts";
import { LOG_FILE, RUN_FILE, WORK_FOLDER } from "./adapter-schema.ts";
import { runBaseline } from "./baseline.ts";
import { type Progress, runChild } from "./child.ts";
import { type Environment, environmentOf, type OpenEnvironment, quiet } from "./environment.ts";
import { PipelineError } from "./error.ts";
import { keyOf } from "./key.ts";
import { parametersOf, type Values } from "./parameters.ts";
import { RUN_FORMAT, type RunDocument } from "./run-document.ts";

export interface PrepareOptions {
  /** Those that are not at their defaults. */
  readonly parameters?: Values | undefined;
  readonly cache: RecordingCache;
  /** The Python of an environment that the user has made; in place of one of the cache. */
  readonly python?: string | undefined;
  /** Of the programs that are run; that of this process where absent. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
}

/** A pipeline with its parameters and environment, ready for any recording. */
export interface PreparedPipeline {
  readonly adapter: Adapter;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Absent for a pipeline that is not of Python. */
  readonly environment: Environment | undefined;
  readonly cache: RecordingCache;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface RunInput {
  readonly recording: Recorded;
  /** The cache key of the recording. */
  readonly recordingKey: string;
  /** Runs anew what the cache has. */
  readonly again?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

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

/** Finds all that can be wrong before anything runs. @throws PipelineError "settings", "environment". */
export async function preparePipeline(
  adapter: Adapter,
  { parameters = {}, cache, python, env = process.env }: PrepareOptions,
): Promise<PreparedPipeline> {
  const prepared = { adapter, parameters: parametersOf(adapter, parameters), cache, env };
  const { run } = adapter;
  if ("python" in run) {
    return { ...prepared, environment: await environmentOf(adapter, run, { cache, python, env }) };
  }
  if (python === undefined) return { ...prepared, environment: undefined };
  const problem = `${adapter.name} runs without Python, so --python says nothing to it.`;
  throw new PipelineError("settings", [problem]);
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

/** The same for what gives the same results: recording, pipeline, version, adapter, parameters, environment. */
export function keyOfRun(
  { adapter, parameters, environment }: PreparedPipeline,
  recordingKey: string,
): string {
  const { name, version, sha256 } = adapter;
  const identity = environment?.identity ?? null;
  return keyOf(["run", recordingKey, name, version, sha256, parameters, identity]);
}

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

interface Job {
  readonly adapter: Adapter;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly folder: string;
  readonly log: string;
  readonly opened: OpenEnvironment | undefined;
  readonly env: PreparedPipeline["env"];
}

async function work(job: Job, input: RunInput): Promise<RunDocument["seconds"]> {
  const { adapter, parameters, folder } = job;
  const { recording, signal, onProgress } = input;
  const result = join(folder, adapter.writes.path);
  const { run } = adapter;
  if ("baseline" in run) {
    const started = performance.now();
    await runBaseline(recording, parameters, result, { signal, onProgress });
    return { movie: 0, pipeline: since(started) };
  }
  const place = join(folder, WORK_FOLDER);
  await mkdir(place);
  const started = performance.now();
  const { form, extension = "" } = await loadFormat(adapter.reads);
  const movie = join(place, form === "folder" ? "movie" : `movie${extension}`);
  await exportRecording(recording, adapter.reads, movie, {
    onProgress: (frames) => onProgress?.({ ...frames, stage: "writing the movie" }),
    ...(signal && { signal }),
  });
  const movie_s = since(started);
  const begun = performance.now();
  await runScript(job, movie, place, result, input);
  return { movie: movie_s, pipeline: since(begun) };
}

/** The script gets the path of a job.json, in a folder that is gone afterwards. */
async function runScript(
  { adapter, parameters, log, opened, env }: Job,
  movie: string,
  place: string,
  result: string,
  { recording, signal, onProgress }: RunInput,
): Promise<void> {
  const [n_frames, height, width] = recording.shape;
  const { fps } = recording.spec.acquisition;
  const size = { n_frames, height, width, fps };
  const workers = availableParallelism();
  const job = join(place, "job.json");
  const content = { movie, result, ...size, workers, parameters };
  await writeFile(job, `${JSON.stringify(content, null, 2)}\n`);
  const { run, name } = adapter;
  const words: [string, ...string[]] =
    "command" in run
      ? [run.command[0]!, ...run.command.slice(1)]
      : [opened!.python, join(adapter.folder, (run as { script: string }).script)];
  const ended = await runChild([...words, job], {
    cwd: "command" in run ? adapter.folder : place,
    env: quiet(env),
    log,
    signal,
    onProgress,
  });
  if (ended) {
    const said = ended.said === "" ? "" : `: ${ended.said}`;
    const stop = /[.!?]$/.test(said) ? "" : ".";
    throw new PipelineError("failed", [
      `The pipeline ${name} ${ended.how}${said}${stop} Its log is ${log}.`,
    ]);
  }
  const isThere = await stat(result).then(
    () => true,
    () => false,
  );
  if (isThere) return;
  throw new PipelineError("failed", [
    `The pipeline ${name} ended well, but made no ${adapter.writes.path}. Its log is ${log}.`,
  ]);
}

const since = (started: number): number => Math.round(performance.now() - started) / 1000;

async function sizesIn(folder: string): Promise<Record<string, number>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = files.map(async ({ parentPath, name }): Promise<[string, number]> => {
    const path = join(parentPath, name);
    return [path.slice(folder.length + 1).replaceAll("\\", "/"), (await stat(path)).size];
  });
  return Object.fromEntries((await Promise.all(sizes)).sort(([a], [b]) => (a < b ? -1 : 1)));
}
