// What a sweep will cost: simulation, and the baselines. Other pipelines run only when the sweep does.
import { availableParallelism } from "node:os";
import { type CostEstimate, estimateCost, type Sweep } from "@minisim/sweep";
import { type EvaluateInput, estimateEvaluation, type RecordingCache } from "@minisim/sweep/node";
import { type Cost, memoryOf } from "../cost.ts";
import { bytes, columns, json, lines, short } from "../print.ts";
import { clock } from "../progress.ts";
import type { SweepPipeline } from "../scoring/sweep-pipelines.ts";
import type { Context } from "./context.ts";

export interface SweepCost extends CostEstimate, Cost {
  /** Of the pipelines that are ours, on all points. */
  readonly pipelines_s: number;
  /** Pipelines whose time nobody knows. */
  readonly not_included: readonly string[];
  readonly seconds: number;
}

export async function sweepCost(
  sweep: Sweep,
  options: {
    readonly pipelines: readonly SweepPipeline[];
    readonly evaluate: (
      input: EvaluateInput,
      pipelines: readonly SweepPipeline[],
    ) => Promise<object>;
    readonly cache: RecordingCache;
    readonly workers: number | undefined;
    readonly signal: AbortSignal;
  },
): Promise<SweepCost> {
  const { pipelines, evaluate, cache, signal, workers = availableParallelism() } = options;
  const keys = new Set(await cache.keys());
  const isCached = (key: string) => keys.has(key);
  const cost = await estimateCost(sweep, { workers, isCached, signal });
  const ours = pipelines.filter(({ isOurs }) => isOurs);
  const evaluation =
    ours.length === 0
      ? { expected_s: 0 }
      : await estimateEvaluation(sweep, (input) => evaluate(input, ours), { cache, signal });
  const memories = sweep.variants.map(({ spec }) => memoryOf(spec, sweep.simulator, workers));
  return {
    ...cost,
    disk_bytes: cost.stored_bytes,
    memory_bytes: memories.reduce((a, b) => Math.max(a, b), 0),
    pipelines_s: evaluation.expected_s,
    not_included: pipelines.filter((one) => !ours.includes(one)).map(({ name }) => name),
    seconds: cost.expected_s + evaluation.expected_s,
  };
}

export function printSweepCost(
  { io, out }: Context,
  cost: SweepCost,
  pipelines: readonly SweepPipeline[],
  asJson = false,
): void {
  if (asJson) {
    json(io, cost);
    return;
  }
  const { points, points_to_simulate, frames, disk_bytes, expected_s, measured } = cost;
  const rows: [string, string][] = [
    ["points", `${points}, of which ${points - points_to_simulate} are cached`],
    ["frames", `${frames} to simulate`],
    ["disk", `about ${bytes(disk_bytes)}`],
    ["memory", `about ${bytes(cost.memory_bytes ?? 0)}`],
    [
      "simulation",
      measured
        ? `about ${clock(expected_s)}, from ${measured.frames} frames at ${short(measured.frames_per_s)} frames/s a core`
        : "nothing to simulate",
    ],
    ["pipelines", pipelinesInWords(cost, pipelines)],
    ["time", `about ${clock(cost.seconds)}`],
    ...pipelines.flatMap(({ name, command }): [string, string][] =>
      command === undefined ? [] : [[`runs ${name}`, command]],
    ),
  ];
  lines(io, columns(rows.map(([name, value]) => [out.dim(name), value])));
}

function pipelinesInWords(cost: SweepCost, pipelines: readonly SweepPipeline[]): string {
  if (pipelines.length === 0) return "none: the table has no scores";
  const unknown = cost.not_included;
  const names = pipelines.map(({ name }) => name).join(", ");
  const time = pipelines.length > unknown.length ? `: about ${clock(cost.pipelines_s)}` : "";
  const without =
    unknown.length > 0 ? `; without ${unknown.join(", ")}, whose time is not known` : "";
  return `${names}${time}${without}`;
}
