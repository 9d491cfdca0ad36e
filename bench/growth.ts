// How cost grows with recordings and machines: npm run bench:growth [-- --json] prints the tables of docs/growth.md.
// Fits a model of few parts on 1 and 2 workers, holds it against local shards, and says what it tells of work that is too large to be measured here.
// Processor time is what is fitted: a machine that has other things to do changes it less than it does the clock.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import type { Cost, Job } from "./growth/job.ts";
import {
  type CostModel,
  fitModel,
  inShards,
  type Line,
  lineThrough,
  recordings,
  type SharedScene,
  valueAt,
  workOf,
} from "./growth/model.ts";

const script = fileURLToPath(new URL("./growth/job.ts", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "minisim-growth-"));
const path = join(folder, "r.zarr");
const FPS = 20;
/** From so many shards on the command line shares scenes. */
const SHARING = 3;
const HOUR = 3600;

const hours = (seconds: number) => (seconds / HOUR).toPrecision(3);
const terabytes = (bytes: number) => (bytes / 1e12).toPrecision(3);

async function run(job: Omit<Job, "path">): Promise<Cost> {
  const child = spawn(
    process.execPath,
    ["--import", "tsx", script, JSON.stringify({ ...job, path })],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const ended = once(child, "close");
  const [out, [code]] = await Promise.all([text(child.stdout), ended]);
  if (code !== 0) throw new Error(`${JSON.stringify(job)} ended with ${code}`);
  return JSON.parse(out);
}

interface Fitted {
  readonly n_px: number;
  readonly workers: number;
  readonly model: CostModel;
  readonly compiles: readonly Cost[];
  readonly stored: readonly Cost[];
}

/** `lengths_s`: of whole recordings. `compiled_s`: of such as are compiled alone, for they can be longer. */
async function fitted(
  n_px: number,
  workers: number,
  lengths_s: readonly number[],
  compiles: readonly Cost[],
): Promise<Fitted> {
  const stored: Cost[] = [];
  for (const duration_s of lengths_s)
    stored.push(await run({ what: "store", duration_s, n_px, workers }));
  const model = fitModel(
    stored,
    compiles.map(({ frames, compile_s }) => [frames, compile_s]),
  );
  return { n_px, workers, model, compiles, stored };
}

async function compiled(n_px: number, lengths_s: readonly number[]): Promise<Cost[]> {
  const costs: Cost[] = [];
  for (const duration_s of lengths_s) costs.push(await run({ what: "compile", duration_s, n_px }));
  return costs;
}

/** What a scene takes with all of its pieces there, and making them once. */
async function sharedScene(n_px: number, lengths_s: readonly number[]): Promise<SharedScene> {
  const made: [number, number][] = [];
  const taken: [number, number][] = [];
  for (const duration_s of lengths_s) {
    const scene = join(folder, `cache-${n_px}-${duration_s}`);
    const first = await run({ what: "compile", duration_s, n_px, scene });
    const second = await run({ what: "compile", duration_s, n_px, scene });
    made.push([first.frames, first.compile_s - second.compile_s]);
    taken.push([second.frames, second.compile_s]);
  }
  return { made_s: lineThrough(made), taken_s: lineThrough(taken) };
}

interface Shards {
  readonly shards: number;
  readonly predicted_processor_s: number;
  readonly processor_s: number;
  readonly predicted_clock_s: number;
  readonly clock_s: number;
  readonly load: number;
}

/** So many local shards at the same time, a worker each, and the finish behind them. */
async function shardsOf(
  count: number,
  { duration_s, n_px, model }: { duration_s: number; n_px: number; model: CostModel },
): Promise<{ shards: Shards; finish: Cost }> {
  const began = performance.now();
  const costs = await Promise.all(
    Array.from({ length: count }, (_, i) =>
      run({ what: "shard", duration_s, n_px, shard: { number: i + 1, of: count } }),
    ),
  );
  const clock_s = (performance.now() - began) / 1000;
  const finish = await run({ what: "finish", duration_s, n_px });
  const expected = inShards(model, duration_s * FPS, count);
  const shards = {
    shards: count,
    predicted_processor_s: expected.processor_s,
    processor_s: costs.reduce(
      (sum, { start_s, compile_s, rest_s }) => sum + start_s + compile_s + rest_s,
      0,
    ),
    predicted_clock_s: Math.max(
      expected.clock_s,
      expected.processor_s / Math.min(count, availableParallelism()),
    ),
    clock_s,
    load: loadavg()[0]!,
  };
  return { shards, finish };
}

const started = loadavg()[0]!;
const compiles608 = await compiled(608, [600, 3600]);
const one = await fitted(608, 1, [15, 60], compiles608);
const two = await fitted(608, 2, [15, 60], compiles608);
const compiles1216 = await compiled(1216, [60, 600, 3000]);
const large = await fitted(1216, 1, [5, 15], compiles1216);
const scene = await sharedScene(1216, [600, 3000]);
const measured: Shards[] = [];
const finishes: Cost[] = [];
for (const count of [1, 2, 4]) {
  const { shards, finish } = await shardsOf(count, {
    duration_s: 120,
    n_px: 608,
    model: one.model,
  });
  measured.push(shards);
  finishes.push(finish);
}
rmSync(folder, { recursive: true, force: true });

const results = { one, two, large, scene, measured, finishes, load: [started, loadavg()[0]] };
if (process.argv.includes("--json")) process.stdout.write(`${JSON.stringify(results, null, 2)}\n`);
else process.stdout.write(`${tables().join("\n")}\n`);

function tables(): string[] {
  return [
    `${cpus()[0]?.model}, ${availableParallelism()} cores, Node ${process.version}; load ${started.toFixed(1)} before, ${loadavg()[0]!.toFixed(1)} after`,
    "",
    ...modelTable([one, two, large]),
    "",
    ...shardTable(),
    "",
    ...manyTable(one.model, 10 * 60 * FPS, 1000),
    "",
    ...largeTable(large.model, 24 * HOUR * FPS),
    "",
    ...boundsTable(large, 24 * HOUR * FPS),
  ];
}

function row(...cells: readonly (string | number)[]): string {
  return `| ${cells.join(" | ")} |`;
}

function modelTable(fits: readonly Fitted[]): string[] {
  return [
    "| field, px | workers | start, s | compile, s + ms a frame | closing, s | frame, ms | byte, ns | store, MB + kB a frame |",
    "|---|---|---|---|---|---|---|---|",
    ...fits.map(({ n_px, workers, model: m }) =>
      row(
        `${n_px}²`,
        workers,
        m.start_s.toFixed(2),
        `${m.compile_s.at_0.toFixed(2)} + ${(1000 * m.compile_s.per_frame).toFixed(3)}`,
        m.closing_s.toFixed(2),
        (1000 * m.frame_s).toFixed(2),
        (1e9 * m.byte_s).toFixed(2),
        `${(m.bytes.at_0 / 1e6).toFixed(0)} + ${(m.bytes.per_frame / 1e3).toFixed(0)}`,
      ),
    ),
  ];
}

function shardTable(): string[] {
  return [
    "| shards | processor s, predicted | measured | off | clock s, predicted for idle cores | measured | load |",
    "|---|---|---|---|---|---|---|",
    ...measured.map((m) =>
      row(
        m.shards,
        m.predicted_processor_s.toFixed(1),
        m.processor_s.toFixed(1),
        `${(100 * (m.processor_s / m.predicted_processor_s - 1)).toFixed(0)} %`,
        m.predicted_clock_s.toFixed(1),
        m.clock_s.toFixed(1),
        m.load.toFixed(1),
      ),
    ),
  ];
}

function manyTable(model: CostModel, frames: number, count: number): string[] {
  const size = terabytes(count * valueAt(model.bytes, frames));
  return [
    `${count} recordings of ${frames} frames, one a core:`,
    "",
    "| cores | hours | core-hours | TB |",
    "|---|---|---|---|",
    ...[2, 16, 64, 256, 1000].map((cores) => {
      const { clock_s, processor_s } = recordings(model, frames, count, cores);
      return row(cores, hours(clock_s), hours(processor_s), size);
    }),
  ];
}

function largeTable(model: CostModel, frames: number): string[] {
  return [
    `One recording of ${frames} frames, a shard a core. What the scene takes each shard, with all of its pieces made by others: ${lineOf(scene.taken_s)}; making them all, once: ${lineOf(scene.made_s)}.`,
    "",
    "| shards | hours | core-hours | of these, compiled anew | hours, each alone | core-hours, each alone | TB |",
    "|---|---|---|---|---|---|---|",
    ...[1, 4, 16, 64, 256].map((shards) => {
      const shared = shards < SHARING ? undefined : scene;
      const { clock_s, processor_s, anew_s } = inShards(model, frames, shards, shared);
      const alone = inShards(model, frames, shards);
      return row(
        shards,
        hours(clock_s),
        hours(processor_s),
        `${((100 * anew_s) / processor_s).toFixed(0)} %`,
        hours(alone.clock_s),
        hours(alone.processor_s),
        terabytes(valueAt(model.bytes, frames)),
      );
    }),
  ];
}

function lineOf({ at_0, per_frame }: Line): string {
  return `${at_0.toFixed(2)} s + ${(1000 * per_frame).toFixed(3)} ms a frame`;
}

/** What grows with the length and is not shared out: memory, files, the finish. */
function boundsTable({ stored, compiles, model, n_px }: Fitted, frames: number): string[] {
  const line = (costs: readonly Cost[], of: (cost: Cost) => number) =>
    lineThrough(costs.map((cost) => [cost.frames, of(cost)]));
  const memory = line(compiles, ({ peak_rss_bytes }) => peak_rss_bytes).per_frame;
  const rendering = stored.at(-1)!.peak_rss_bytes;
  const files = valueAt(
    line(stored, (cost) => cost.files),
    frames,
  );
  const finish_s_per_byte = Math.max(...finishes.map((cost) => cost.rest_s / cost.store_bytes));
  const finish_s = finish_s_per_byte * valueAt(model.bytes, frames);
  const rows = {
    "memory of each process": `${((rendering + memory * frames) / 1e9).toFixed(0)} GB: ${(rendering / 1e9).toFixed(1)} GB as measured with ${stored.at(-1)!.frames} frames, and ${(memory / 1e3).toFixed(1)} kB for each that there are`,
    "compile of each process, alone": `${hours(valueAt(model.compile_s, frames))} h`,
    "with all pieces of the scene there": `${hours(valueAt(scene.taken_s, frames))} h`,
    "work of all frames": `${hours(workOf(model, frames))} core-hours`,
    files: files.toPrecision(3),
    "finish, on one core": `${hours(finish_s)} h of processor time, at ${(1e9 * finish_s_per_byte).toFixed(2)} ns a byte`,
  };
  return [
    `What is not shared out, of ${frames} frames of ${n_px}² px:`,
    "",
    "| what | how much |",
    "|---|---|",
    ...Object.entries(rows).map((cells) => row(...cells)),
  ];
}
