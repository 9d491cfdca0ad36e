// The work of a run: the movie in a format that the script reads, the script, its result.
import { mkdir, stat, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { exportRecording, loadFormat } from "@minisim/interop";
import type { Adapter } from "./adapter.ts";
import { WORK_FOLDER } from "./adapter-schema.ts";
import { runBaseline } from "./baseline.ts";
import { runChild } from "./child.ts";
import { type OpenEnvironment, quiet } from "./environment.ts";
import { PipelineError } from "./error.ts";
import type { PreparedPipeline } from "./prepare.ts";
import type { RunDocument } from "./run-document.ts";
import type { RunInput } from "./run-input.ts";

/** What a run has when it begins. */
export interface Job {
  readonly adapter: Adapter;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly folder: string;
  readonly log: string;
  readonly opened: OpenEnvironment | undefined;
  readonly env: PreparedPipeline["env"];
}

/** Makes the result in the job's folder, and says how long that took. */
export async function work(job: Job, input: RunInput): Promise<RunDocument["seconds"]> {
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
