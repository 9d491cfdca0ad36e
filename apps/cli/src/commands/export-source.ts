// What is exported, a recording or one that is made on the way, and what that will cost.
import type { Recorded } from "@minisim/recording";
import { availableWorkers } from "@minisim/render";
import { BYTES_PER_PIXEL, type Spec } from "@minisim/spec";
import {
  compileFirstPart,
  liveRecording,
  measureFrames,
  type Plan,
  type Simulator,
  withClippingWarnings,
} from "minisim";
import type { StoredRecording } from "minisim/node";
import { type Cost, checkRoom, memoryOf } from "../cost.ts";
import { simulatorWith } from "../plugins.ts";
import { readSpec } from "../spec-file.ts";
import { storedAt } from "../stored.ts";
import { type Context, printWarnings, withWarningsOf } from "./context.ts";

interface SourceOptions {
  readonly set: readonly string[];
  readonly plugin: readonly string[];
  readonly seed?: number;
  readonly workers?: number;
}

/** A recording, or the spec of one that is still to be made. */
export type ExportSource =
  | { readonly stored: StoredRecording }
  | {
      readonly stored?: undefined;
      readonly spec: Spec;
      readonly warnings: readonly string[];
      readonly simulator: Simulator;
      readonly workers: number;
      readonly memory_bytes: number;
    };

export async function exportSource(
  { io }: Context,
  source: string,
  { set, plugin, seed, workers = availableWorkers() }: SourceOptions,
): Promise<ExportSource> {
  const { signal, cwd } = io;
  const simulator = await simulatorWith(plugin, io);
  const stored = await storedAt(source, { set, seed, cwd, simulator });
  if (stored) return { stored };
  const { spec, warnings } = await readSpec({ source, set, seed, cwd, simulator, signal });
  return { spec, warnings, simulator, workers, memory_bytes: memoryOf(spec, simulator, workers) };
}

/** Of a long recording from the first part of it, whose frames are of the size of all. */
export async function forecastExport(
  context: Context,
  opened: ExportSource,
  quiet: boolean | undefined,
): Promise<Cost> {
  if (opened.stored) return costOfStored(opened.stored);
  const { signal } = context.io;
  if (!quiet) printWarnings(context, opened.warnings);
  const { spec, simulator, workers, memory_bytes } = opened;
  const { plan, n_frames, times, compile_s } = compileFirstPart(spec, simulator, signal);
  const { shape, container } = liveRecording(plan);
  const [length, height, width] = shape;
  const size = sizeOf({ shape: [length === 0 ? 0 : n_frames, height, width], container });
  const frames_s = await renderingOf(plan, size.frames, workers, signal);
  return { ...size, memory_bytes, seconds: times * compile_s + frames_s };
}

interface Prepared {
  readonly recording: Recorded;
  readonly cost: Cost;
}

export async function prepareExport(
  context: Context,
  opened: ExportSource,
  { quiet, yes }: { readonly quiet?: boolean; readonly yes?: boolean },
  output: string,
): Promise<Prepared> {
  const { signal } = context.io;
  if (opened.stored) return { recording: opened.stored, cost: costOfStored(opened.stored) };
  const { spec, warnings, simulator, workers, memory_bytes } = opened;
  if (!yes) await checkRoom({ memory_bytes }, output);
  const plan = await withClippingWarnings(simulator.compile(spec, { signal }), { signal });
  if (!quiet) printWarnings(context, withWarningsOf(warnings, plan.warnings));
  const recording = liveRecording(plan, { workers, signal });
  const size = sizeOf(recording);
  const seconds = await renderingOf(plan, size.frames, workers, signal);
  return { recording, cost: { ...size, memory_bytes, seconds } };
}

const costOfStored = (stored: StoredRecording): Cost => ({
  ...sizeOf(stored),
  memory_bytes: null,
  seconds: null,
});

/** Seconds that frames take on so many threads, from some that are rendered for the purpose. */
async function renderingOf(plan: Plan, frames: number, workers: number, signal: AbortSignal) {
  const { seconds } = await measureFrames(plan, { signal });
  return (frames * seconds) / Math.max(1, Math.min(workers, availableWorkers()));
}

/** Of the movie as it is before any compression: which formats compress, and how well, is theirs. */
function sizeOf({
  shape: [frames, height, width],
  container,
}: Pick<Recorded, "shape" | "container">) {
  return { frames, disk_bytes: frames * height * width * BYTES_PER_PIXEL[container] };
}
