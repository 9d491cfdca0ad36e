// minisim simulate: spec → store on disk.

import { existsSync } from "node:fs";
import { extname } from "node:path";
import type { Shard } from "@minisim/output";
import { partialOf } from "@minisim/output";
import { availableWorkers } from "@minisim/render";
import { didYouMean } from "@minisim/spec/suggest";
import { forecastCost, type RecordingCost, type Simulator } from "minisim";
import { isObjectAddress, type SimulatedStore, simulateToStore } from "minisim/node";
import { type Cost, checkRoom, memoryOf, printCost, printDryRun } from "../cost.ts";
import { usageFailure } from "../failure.ts";
import { simulatorWith } from "../plugins.ts";
import { bytes, columns, json, lines, short } from "../print.ts";
import { progressFor } from "../progress.ts";
import { readSpec } from "../spec-file.ts";
import { leftAtAddress, recordingPlace } from "../stored.ts";
import { type Context, printWarnings, withWarningsOf } from "./context.ts";
import { printProfile } from "./profile.ts";
import { takeShard } from "./shard-options.ts";

export interface SimulateOptions {
  readonly output?: string;
  readonly set: readonly string[];
  readonly plugin: readonly string[];
  readonly seed?: number;
  readonly until?: string;
  readonly force?: boolean;
  readonly resume?: boolean;
  readonly shard?: Shard;
  readonly finish?: boolean;
  readonly cache?: string;
  readonly workers?: number;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly profile?: boolean;
  readonly quiet?: boolean;
  readonly json?: boolean;
}

export async function simulate(context: Context, source: string, options: SimulateOptions) {
  const { io } = context;
  const { output, until } = options;
  takeShard(context, options);
  const simulator = await simulatorWith(options.plugin, io);
  const { set, seed } = options;
  const request = { source, set, seed, cwd: io.cwd, simulator, signal: io.signal };
  const { spec, warnings } = await readSpec(request);
  const kinds = spec.steps.map(({ kind }) => kind);
  checkStage(until, kinds, simulator);
  const workers = options.workers ?? availableWorkers();
  const memory_bytes = memoryOf(spec, simulator, workers);
  const progress = progressFor(context, options);
  if (options.dryRun) {
    const cost = await forecastCost(spec, simulator, { until, workers, signal: io.signal });
    return printDryRun(context, { ...cost, memory_bytes }, options.json);
  }
  if (output === undefined) throw usageFailure("simulate needs -o STORE, or --dry-run.");
  await checkFolder(output);
  const path = recordingPlace(io.cwd, output);
  if (isObjectAddress(path) && options.force) {
    throw usageFailure(
      `-o ${output}: nothing is replaced in an object store, so --force does not go with it. Choose another address, or remove what is there.`,
    );
  }
  const room = isObjectAddress(path) ? undefined : path;
  if (!options.yes) await checkRoom({ memory_bytes }, room);
  if (options.shard) {
    const { shard } = options;
    const { simulateShardOf } = await import("./simulate-shard.ts");
    return simulateShardOf(context, spec, path, {
      ...options,
      shard,
      output,
      simulator,
      workers,
      warnings,
    });
  }
  if (isObjectAddress(path)) context.left = () => leftAtAddress(output);
  else if (options.resume) context.left = () => whatIsLeft(partialOf(path), output);
  const started = performance.now();
  let estimate: Cost | undefined;
  const onCost = async (cost: RecordingCost) => {
    estimate = { ...cost, memory_bytes };
    if (!options.yes) await checkRoom(estimate, room);
    progress.clear();
    if (!options.quiet) printCost(context, estimate);
  };
  let stored: SimulatedStore;
  try {
    progress.label("preparing the scene …");
    stored = await simulateToStore(spec, path, {
      simulator,
      workers,
      signal: io.signal,
      onCost,
      onProgress: progress.frames,
      ...(until === undefined ? {} : { until }),
      ...(options.force ? { force: true } : {}),
      ...(options.resume ? { resume: true } : {}),
    });
  } finally {
    progress.clear();
  }
  if (!options.quiet) {
    printWarnings(context, withWarningsOf(warnings, stored.warnings));
  }
  if (options.profile) printProfile(context, stored.profile);
  const seconds = (performance.now() - started) / 1000;
  report(context, stored, { ...options, output, seconds, estimate });
}

/** Who writes movie.tif wants a file. */
async function checkFolder(output: string) {
  const ending = extname(output).toLowerCase();
  if (ending === "" || ending === ".zarr") return;
  const { formatOfPath } = await import("@minisim/interop");
  const format = await formatOfPath(output).catch(() => null);
  if (!format) return;
  throw usageFailure(
    `-o ${output}: simulate writes a folder, movie and truth together. Name it NAME.zarr; minisim export SPEC -o ${output} writes the file.`,
  );
}

const whatIsLeft = (partial: string, output: string): string =>
  existsSync(partial)
    ? `what was finished is in ${output}.partial: --resume goes on with it, --force starts over.`
    : "nothing was left behind.";

function checkStage(until: string | undefined, kinds: readonly string[], simulator: Simulator) {
  if (until === undefined) return;
  const used = simulator.steps.filter(({ kind }) => kinds.includes(kind));
  const names = used.map(({ kind, stage }) => stage ?? kind);
  if (names.includes(until) || kinds.includes(until)) return;
  throw usageFailure(
    `--until ${until}: the spec has no such stage.${didYouMean(until, [...names, ...kinds])} Its stages are ${names.join(", ")}.`,
  );
}

interface ReportOptions extends Pick<SimulateOptions, "quiet" | "json"> {
  readonly output: string;
  readonly seconds: number;
  readonly estimate: Cost | undefined;
}

function report(
  { io, out }: Context,
  stored: SimulatedStore,
  { quiet, json: asJson, output, seconds, estimate }: ReportOptions,
) {
  const { ground_truth, movie, cache_key, spec } = stored;
  const [frames, height, width] = movie.shape;
  const { n_units, n_detectable, focal_depth_um } = ground_truth;
  const { size_bytes: size } = stored;
  if (asJson) {
    return json(io, {
      path: output,
      cache_key,
      shape: movie.shape,
      container: movie.container,
      n_units,
      n_detectable,
      focal_depth_um,
      size_bytes: size,
      seconds: Number(seconds.toFixed(3)),
      estimate,
      warnings: stored.warnings,
    });
  }
  if (quiet) return;
  const { fps } = spec.acquisition;
  const rows = [
    [
      "movie",
      `${frames} frames of ${height} × ${width} px, ${movie.container}, ${short(frames / fps)} s at ${fps} Hz`,
    ],
    ["cells", `${n_units} in view, ${n_detectable} detectable`],
    ["size", bytes(size)],
    ["time", `${seconds.toFixed(1)} s${frames > 0 ? `, ${short(frames / seconds)} frames/s` : ""}`],
    ["key", cache_key],
  ];
  lines(io, [
    out.bold(output),
    ...columns(
      rows.map(([name, value]) => [out.dim(name!), value!]),
      "  ",
    ),
  ]);
}
