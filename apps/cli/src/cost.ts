// What a job will cost, said before it starts, and whether this machine can bear it.
import { statfs } from "node:fs/promises";
import { dirname } from "node:path";
import { expectedWork } from "@minisim/pipeline";
import type { Spec } from "@minisim/spec";
import type { Simulator } from "minisim";
import type { Context } from "./commands/context.ts";
import { Failure } from "./failure.ts";
import { bytes, json, lines } from "./print.ts";
import { clock } from "./progress.ts";

/** Null where it is not known. */
export interface Cost {
  readonly frames: number;
  readonly disk_bytes: number;
  readonly memory_bytes: number | null;
  readonly seconds: number | null;
}

/** Memory that simulating a spec is expected to take at most at one time, with so many threads that render. */
export function memoryOf(spec: Spec, simulator: Simulator, workers: number): number {
  const { compile_bytes, worker_bytes } = expectedWork(spec, simulator.steps);
  return Math.round(compile_bytes + Math.max(1, workers) * worker_bytes);
}

/** The whole result of a command with --dry-run. */
export function printDryRun({ io, out }: Context, cost: Cost, asJson = false): void {
  if (asJson) json(io, cost);
  else lines(io, [`${out.dim("estimate:")} ${inWords(cost)}`]);
}

/** One line on stderr. */
export function printCost({ io, err }: Context, cost: Cost): void {
  io.stderr.write(`${err.dim(`estimate: ${inWords(cost)}`)}\n`);
}

export function inWords({ frames, disk_bytes, memory_bytes, seconds }: Cost): string {
  const parts = [
    `${frames} frames`,
    `${bytes(disk_bytes)} on disk`,
    memory_bytes === null ? "" : `${bytes(memory_bytes)} of memory`,
    seconds === null ? "" : `about ${clock(Math.max(1, seconds))}`,
  ];
  return parts.filter(Boolean).join(", ");
}

/** @throws Failure where memory or disk cannot hold the job, both in one message. Without a path, what it makes goes to no disk. */
export async function checkRoom(
  { disk_bytes, memory_bytes }: Partial<Pick<Cost, "disk_bytes" | "memory_bytes">>,
  path: string | undefined,
): Promise<void> {
  const problems: string[] = [];
  const memory = process.availableMemory();
  if (memory_bytes != null && memory_bytes > memory) {
    problems.push(
      `The job takes about ${bytes(memory_bytes)} of memory, and ${bytes(memory)} is free.`,
    );
  }
  const disk = disk_bytes === undefined || path === undefined ? undefined : await freeAt(path);
  if (disk !== undefined && disk_bytes! > disk) {
    problems.push(
      `The output takes about ${bytes(disk_bytes!)}, and the disk of ${path} has ${bytes(disk)} free.`,
    );
  }
  if (problems.length === 0) return;
  throw new Failure([...problems, "Nothing was written. --yes goes on all the same."].join("\n"));
}

/** Free bytes where a path is, or will be; undefined where the file system does not tell. */
async function freeAt(path: string): Promise<number | undefined> {
  try {
    const { bavail, bsize } = await statfs(path);
    return bavail * bsize;
  } catch {
    const parent = dirname(path);
    return parent === path ? undefined : freeAt(parent);
  }
}
