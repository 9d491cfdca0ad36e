// A SLURM of this machine's own for the tests of a file: started before the first, gone after the last.
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll } from "vitest";

const script = fileURLToPath(new URL("../../../.ci/cluster.sh", import.meta.url));
const runner = fileURLToPath(import.meta.resolve("@minisim/build/run"));
const program = fileURLToPath(new URL("run-child.ts", import.meta.url));

let folder = "";
export const at = (name: string): string => join(folder, name);
const env = () => ({ ...process.env, SLURM_CONF: at("cluster/slurm.conf") });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "minisim-cluster-"));
  // munged wants a socket that everybody can reach.
  chmodSync(folder, 0o755);
  const port = await freePorts(4);
  // Not piped: the daemons would hold the pipe open.
  execFileSync("bash", [script, "up", at("cluster")], {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, MINISIM_CLUSTER_PORT: `${port}` },
  });
});
afterAll(() => {
  execFileSync("bash", [script, "down", at("cluster")], { stdio: "ignore" });
  rmSync(folder, { recursive: true, force: true });
});

/** The first of so many ports in a row that nobody listens on. */
async function freePorts(count: number): Promise<number> {
  for (let first = 17320; first < 30000; first += count) {
    const taken = await Promise.all(Array.from({ length: count }, (_, i) => isTaken(first + i)));
    if (!taken.includes(true)) return first;
  }
  throw new Error("no free ports");
}

function isTaken(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server: Server = createServer();
    server.once("error", () => resolve(true));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(false)));
  });
}

export function call(command: string, words: readonly string[]) {
  return spawnSync(command, words, { cwd: folder, env: env(), encoding: "utf8" });
}

/** @throws Error with what the command complained about. */
export function done(command: string, ...words: readonly string[]): string {
  const { status, stdout, stderr } = call(command, words);
  if (status !== 0) throw new Error(`${command} ${words.join(" ")}: ${stderr}`);
  return stdout;
}

export const minisim = (...words: readonly string[]): string =>
  done(process.execPath, runner, program, ...words);

export interface Jobs {
  readonly job: string;
  readonly finish_job: string;
}

/** `minisim submit slurm`, with the command that runs on the nodes: this one where absent. */
export function submit(
  words: readonly string[],
  command = `${process.execPath} ${runner} ${program}`,
): Jobs {
  return JSON.parse(minisim("submit", "slurm", ...words, "--command", command, "--json"));
}

/** What the queue says of a job, "" where it has left the queue; undefined where the controller, which a busy machine keeps waiting, did not answer. */
export function queue(job: string, format: string): string | undefined {
  const { status, stdout, stderr } = call("squeue", [
    "--noheader",
    "--jobs",
    job,
    `--format=${format}`,
  ]);
  if (status === 0) return stdout.trim();
  return stderr.includes("Invalid job id") ? "" : undefined;
}

/** A field of a job that has left the queue perhaps, but was not forgotten; undefined where the controller did not answer. */
export function field(job: string, name: string): string | undefined {
  const { status, stdout } = call("scontrol", ["show", "job", job]);
  return status === 0 ? new RegExp(`\\b${name}=(\\S*)`).exec(stdout)?.[1] : undefined;
}

export async function until(what: () => boolean): Promise<void> {
  const end = Date.now() + 300_000;
  while (!what()) {
    if (Date.now() > end)
      throw new Error(`waited in vain; the queue:\n${call("squeue", []).stdout}`);
    await sleep(100);
  }
}

/** A job that has ended is soon forgotten by the queue. */
export const ended = (job: string): Promise<void> =>
  until(() => {
    const state = queue(job, "%T");
    return state !== undefined && !/PENDING|RUNNING|COMPLETING|SUSPENDED/.test(state);
  });
