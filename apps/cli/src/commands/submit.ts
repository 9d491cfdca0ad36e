// minisim submit slurm: the shards of a recording or a sweep as jobs of SLURM.
import { spawn } from "node:child_process";
import { once } from "node:events";
import process from "node:process";
import { text } from "node:stream/consumers";
import { Failure, usageFailure } from "../failure.ts";
import { checkOutput } from "../output-address.ts";
import { simulatorWith } from "../plugins.ts";
import { json, lines } from "../print.ts";
import { readSource, readSpec } from "../spec-file.ts";
import type { Context } from "./context.ts";
import { arrayScript, finishOptions, finishScript, quoted, type SlurmJob } from "./slurm-script.ts";
import { checkSweep } from "./sweep.ts";

export interface SubmitOptions {
  readonly output: string;
  readonly shards: number;
  readonly partition?: string;
  readonly account?: string;
  readonly time?: string;
  readonly mem?: string;
  readonly cpus?: number;
  readonly sbatch: readonly string[];
  readonly command?: string;
  readonly print?: boolean;
  readonly set: readonly string[];
  readonly seed?: number;
  readonly until?: string;
  readonly pipeline: readonly string[];
  readonly allowCommands?: boolean;
  readonly cache?: string;
  readonly plugin: readonly string[];
  readonly quiet?: boolean;
  readonly json?: boolean;
}

export async function submitSlurm(
  context: Context,
  source: string,
  options: SubmitOptions,
): Promise<void> {
  const { io } = context;
  checkOptions(source, options);
  // Here, and not in the log of a job that waited for hours.
  const isSweep = await checkSource(context, source, options);
  if (isSweep) checkOutput("sweep", options.output);
  const job = jobOf(source, isSweep, options, io.cwd);
  if (options.print) {
    const behind = ["sbatch", ...finishOptions("JOB"), ...job.options].map(quoted).join(" ");
    const finish = `${job.command} finish ${quoted(job.output)}`;
    io.stdout.write(`${arrayScript(job)}\n# Behind it, with the number of this job for JOB:\n`);
    io.stdout.write(`#   ${behind} --wrap=${quoted(`cd ${quoted(job.folder)} && ${finish}`)}\n`);
    return;
  }
  const array = await sbatch(arrayScript(job), [], context);
  const finish = await sbatch(finishScript(job), finishOptions(array), context).catch(
    (error: unknown) => {
      if (!(error instanceof Failure)) throw error;
      throw new Failure(
        `${error.message}\nThe tasks were submitted all the same, as job ${array}: minisim finish ${options.output} finishes what they make, scancel ${array} ends them.`,
      );
    },
  );
  if (options.json) return json(io, { job: array, finish_job: finish, shards: options.shards });
  if (options.quiet) return;
  lines(io, [
    `job ${array}: ${options.shards} tasks; job ${finish} finishes ${options.output} behind them.`,
    `minisim status ${options.output} says how far they are.`,
  ]);
}

function checkOptions(source: string, options: SubmitOptions): void {
  const problems: string[] = [];
  if (source === "-") {
    problems.push(
      "a job reads its spec when it starts, so it cannot be standard input: name a file.",
    );
  }
  if (options.shards < 1) problems.push("--shards must be 1 or more.");
  const given = [options.partition, options.account, options.time, options.mem, ...options.sbatch];
  for (const value of given) {
    if (value !== undefined && /[\r\n]/.test(value)) {
      problems.push(`an option of sbatch is one line: ${JSON.stringify(value)}.`);
    }
  }
  for (const option of options.sbatch) {
    if (!option.startsWith("-"))
      problems.push(`--sbatch ${option}: write it as --sbatch=--qos=high.`);
  }
  if (problems.length > 0) throw usageFailure(problems.join("\nerror: "));
}

/** Whether it is a sweep. @throws Failure for what is neither that nor a spec, and where it is not valid. */
async function checkSource(
  context: Context,
  source: string,
  options: SubmitOptions,
): Promise<boolean> {
  const { io } = context;
  const simulator = await simulatorWith(options.plugin, io);
  const { value } = await readSource(source, io.cwd, io.signal);
  const isSweep =
    typeof value === "object" && value !== null && ("axes" in value || "base" in value);
  const { seed, until, pipeline, set, allowCommands } = options;
  const refused = isSweep
    ? [seed !== undefined && "--seed", until !== undefined && "--until"]
    : [pipeline.length > 0 && "--pipeline", allowCommands && "--allow-commands"];
  const wrong = refused.filter((name) => name !== false && name !== undefined);
  if (wrong.length > 0) {
    const what = isSweep ? "a sweep" : "a spec";
    throw usageFailure(`${source} is ${what}, with which ${wrong.join(" and ")} does not go.`);
  }
  if (isSweep) await checkSweep(context, source, options);
  else await readSpec({ source, set, seed, cwd: io.cwd, simulator, signal: io.signal });
  return isSweep;
}

function jobOf(source: string, isSweep: boolean, options: SubmitOptions, folder: string): SlurmJob {
  const { output, shards, set, seed, until, pipeline, allowCommands, cache, plugin } = options;
  const repeated = (name: string, values: readonly string[]) =>
    values.flatMap((value) => [name, value]);
  const { partition, account, time, mem, cpus } = options;
  const named = (name: string, value: string | number | undefined) =>
    value === undefined ? [] : [`--${name}=${value}`];
  return {
    command: options.command ?? [process.execPath, process.argv[1] ?? ""].map(quoted).join(" "),
    words: [
      isSweep ? "sweep" : "simulate",
      source,
      "-o",
      output,
      ...repeated("--set", set),
      ...(seed === undefined ? [] : ["--seed", `${seed}`]),
      ...(until === undefined ? [] : ["--until", until]),
      ...repeated("--pipeline", pipeline),
      ...(allowCommands ? ["--allow-commands"] : []),
      ...(isSweep && cache !== undefined ? ["--cache", cache] : []),
      ...repeated("--plugin", plugin),
    ],
    output,
    shards,
    folder,
    options: [
      ...named("partition", partition),
      ...named("account", account),
      ...named("time", time),
      ...options.sbatch,
    ],
    taskOptions: [...named("cpus-per-task", cpus), ...named("mem", mem)],
  };
}

/** Submits a script, and returns the number of its job. @throws Failure in the words of sbatch. */
async function sbatch(
  script: string,
  options: readonly string[],
  { io }: Context,
): Promise<string> {
  const child = spawn("sbatch", ["--parsable", ...options], {
    cwd: io.cwd,
    stdio: ["pipe", "pipe", "pipe"],
  });
  try {
    const ended = once(child, "close");
    child.stdin.on("error", () => {});
    child.stdin.end(script);
    const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
    const number = /^\d+/.exec(out.trim())?.[0];
    if (code === 0 && number !== undefined) return number;
    throw new Failure(
      `sbatch did not take the job: ${(err || out).trim() || `it ended with ${code}`}.`,
    );
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    throw new Failure(
      "there is no sbatch on this machine: submit where SLURM is, or take the script from --print.",
    );
  }
}
