// What makes an estimate of a recording: the pipelines of @minisim/scoring by name, or a command of the user's own.

import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readEstimate } from "@minisim/interop";
import type { Recorded } from "@minisim/recording";
import { BASELINES, type Estimate, isBaseline } from "@minisim/scoring";
import { didYouMean } from "@minisim/spec/suggest";
import type { Simulator } from "minisim";
import { Failure, usageFailure } from "../failure.ts";
import { readContextOf } from "./read-context.ts";

export interface PipelineInput {
  readonly recording: Recorded;
  /** The recording's folder. */
  readonly path: string;
  /** Whose steps the recording's spec uses; the built-in ones where absent. */
  readonly simulator?: Simulator | undefined;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
}

export interface Pipeline {
  readonly name: string;
  /** What it is: its results are kept under this, so it changes whenever they would. */
  readonly version: string;
  /** It was handed the true footprints: its recall says nothing. */
  readonly knowsFootprints: boolean;
  /** It comes with @minisim/scoring, so that what it will take can be measured on a few frames. */
  readonly isOurs: boolean;
  /** What the shell runs, where it is a command of the user's own. */
  readonly command?: string;
  estimate(input: PipelineInput): Promise<Estimate>;
}

const INPUT = "{recording}";
const OUTPUT = "{estimate}";

/**
 * "roi", "oracle", … or NAME=COMMAND, a command of the shell with {recording} and {estimate} in it.
 * @throws Failure for a name that is none; `others` are more names that could have been meant.
 */
export function pipelineOf(text: string, others: readonly string[] = []): Pipeline {
  if (isBaseline(text)) {
    const { knowsFootprints, estimate } = BASELINES[text];
    return {
      name: text,
      version: `${text}@1`,
      knowsFootprints,
      isOurs: true,
      estimate: ({ recording, simulator, signal, onProgress }) =>
        estimate(recording, { simulator, signal, onProgress }),
    };
  }
  const [, name, command] = /^(\w+)=(.*)$/s.exec(text) ?? [];
  if (name === undefined || command === undefined) {
    const names = [...Object.keys(BASELINES), ...others];
    const folder = others.length === 0 ? "" : " the folder of one,";
    throw usageFailure(
      `"${text}" is no pipeline.${didYouMean(text, names)} It is one of ${names.join(", ")},${folder} or NAME=COMMAND with ${INPUT} and ${OUTPUT} in the command.`,
    );
  }
  const missing = [INPUT, OUTPUT].filter((mark) => !command.includes(mark));
  if (missing.length > 0) {
    throw usageFailure(
      `The command of the pipeline "${name}" does not say where ${missing.join(" and ")} ${missing.length > 1 ? "go" : "goes"}.`,
    );
  }
  return {
    name,
    version: text,
    knowsFootprints: false,
    isOurs: false,
    command,
    estimate: (input) => runCommand(name, command, input),
  };
}

/** The command writes its results to a path of its own, in any format that is read. */
async function runCommand(
  name: string,
  command: string,
  { recording, path, signal }: PipelineInput,
): Promise<Estimate> {
  const folder = await mkdtemp(join(tmpdir(), "minisim-estimate-"));
  try {
    const output = join(folder, "estimate");
    const line = command.replaceAll(INPUT, quoted(path)).replaceAll(OUTPUT, quoted(output));
    await shell(name, line, signal);
    const estimate = await readEstimate(output, { recording: await readContextOf(recording) });
    // The folder is gone when somebody reads of it.
    return { ...estimate, source: `the results of "${name}"` };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function shell(name: string, line: string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(line, { shell: true, signal, stdio: ["ignore", "ignore", "pipe"] });
    let last = "";
    child.stderr.on("data", (text: Buffer) => {
      last = `${last}${text}`.slice(-2000);
    });
    child.on("error", (error) => reject(signal.aborted ? signal.reason : error));
    child.on("close", (code) => {
      if (code === 0) return resolve();
      const said = last.trim().split("\n").at(-1);
      const how = code === null ? "was killed" : `ended with exit code ${code}`;
      reject(new Failure(`The pipeline "${name}" ${how}${said ? `: ${said}` : "."}`));
    });
  });
}

const quoted = (path: string): string =>
  process.platform === "win32" ? `"${path}"` : `'${path.replaceAll("'", "'\\''")}'`;
