// minisim simulate: spec → store on disk.

import { existsSync, readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { partialOf } from "@minisim/output";
import { didYouMean } from "@minisim/spec/suggest";
import type { Simulator } from "minisim";
import { type SimulatedStore, simulateToStore } from "minisim/node";
import { usageFailure } from "../failure.ts";
import { simulatorWith } from "../plugins.ts";
import { bytes, columns, json, lines, short } from "../print.ts";
import { progressFor } from "../progress.ts";
import { readSpec } from "../spec-file.ts";
import { type Context, printWarnings } from "./context.ts";
import { printProfile } from "./profile.ts";

export interface SimulateOptions {
  readonly output: string;
  readonly set: readonly string[];
  readonly plugin: readonly string[];
  readonly seed?: number;
  readonly until?: string;
  readonly force?: boolean;
  readonly resume?: boolean;
  readonly workers?: number;
  readonly profile?: boolean;
  readonly quiet?: boolean;
  readonly json?: boolean;
}

export async function simulate(context: Context, source: string, options: SimulateOptions) {
  const { io } = context;
  const simulator = await simulatorWith(options.plugin, io.cwd);
  const set = [...options.set, ...(options.seed === undefined ? [] : [`seed=${options.seed}`])];
  const { spec, warnings } = await readSpec({
    source,
    set,
    cwd: io.cwd,
    simulator,
    signal: io.signal,
  });
  checkStage(
    options.until,
    spec.steps.map(({ kind }) => kind),
    simulator,
  );
  const path = resolve(io.cwd, options.output);
  if (options.resume) context.left = () => whatIsLeft(partialOf(path), options.output);
  const progress = progressFor(context, options);
  const started = performance.now();
  let stored: SimulatedStore;
  try {
    progress.label("preparing the scene …");
    stored = await simulateToStore(spec, path, {
      simulator,
      signal: io.signal,
      onProgress: progress.frames,
      ...(options.until === undefined ? {} : { until: options.until }),
      ...(options.force ? { force: true } : {}),
      ...(options.resume ? { resume: true } : {}),
      ...(options.workers === undefined ? {} : { workers: options.workers }),
    });
  } finally {
    progress.clear();
  }
  if (!options.quiet) {
    const own = stored.warnings
      .map(({ message }) => message)
      .filter((text) => !warnings.some((w) => w.includes(text)));
    printWarnings(context, [...warnings, ...own]);
  }
  if (options.profile) printProfile(context, stored.profile);
  report(context, stored, { ...options, seconds: (performance.now() - started) / 1000 });
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

function report(
  { io, out }: Context,
  stored: SimulatedStore,
  { quiet, json: asJson, output, seconds }: SimulateOptions & { readonly seconds: number },
) {
  const { ground_truth, movie, cache_key, spec } = stored;
  const [frames, height, width] = movie.shape;
  const { n_units, n_detectable, focal_depth_um } = ground_truth;
  const size = folderBytes(stored.path);
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

function folderBytes(path: string): number {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce(
      (sum, entry) => sum + statSync(join(entry.parentPath ?? entry.path, entry.name)).size,
      0,
    );
}
