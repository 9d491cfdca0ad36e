// minisim measure: the statistics of a movie, from a store, straight from a spec, or from a file of another program.
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import {
  binned,
  compare,
  type Measures,
  type Movie,
  measure as measureMovie,
  movieOf,
  REFERENCES,
  type Reference,
  readReferences,
  withoutStripes,
} from "@minisim/measures";
import type { Recorded } from "@minisim/recording";
import { availableWorkers } from "@minisim/render";
import { liveRecording } from "minisim";
import { Failure, usageFailure } from "../failure.ts";
import { simulatorWith } from "../plugins.ts";
import { columns, json, lines, short } from "../print.ts";
import { progressFor } from "../progress.ts";
import { rangeBar } from "../range-bar.ts";
import { readSpec } from "../spec-file.ts";
import { storedAt } from "../stored.ts";
import { type Context, printWarnings } from "./context.ts";
import {
  foreignMovie,
  isForeignMovie,
  type MovieOptions,
  refuseMovieOptions,
} from "./measured-movie.ts";

export interface MeasureOptions extends MovieOptions {
  readonly against?: string | true;
  readonly cellRadius?: number;
  readonly bin?: number;
  readonly binFrames?: number;
  readonly removeStripes?: boolean;
  readonly set: readonly string[];
  readonly plugin: readonly string[];
  readonly seed?: number;
  readonly workers?: number;
  readonly quiet?: boolean;
  readonly json?: boolean;
}

export async function measure(context: Context, source: string, options: MeasureOptions) {
  const { io } = context;
  const { against, cellRadius, cellRadiusPx } = options;
  const references = against === undefined ? undefined : await referencesOf(against, io.cwd);
  const progress = progressFor(context, options);
  try {
    progress.label("preparing …");
    const movie = await movieAt(context, source, options);
    const measures = await measureMovie(prepared(movie, options), {
      ...(cellRadius !== undefined && { cellRadiusUm: cellRadius }),
      ...(cellRadiusPx !== undefined && { cellRadiusPx }),
      signal: io.signal,
      onProgress: progress.frames,
    });
    progress.clear();
    const comparison = references && compare(measures, references);
    if (options.json) return json(io, comparison ? { ...measures, comparison } : measures);
    lines(io, [
      context.out.bold(source),
      ...(references && comparison
        ? [...comparisonTable(context, comparison), ...recordingsOf(context, references)]
        : table(context, measures)),
    ]);
  } finally {
    progress.clear();
  }
}

/** Stripes are removed before pixels are averaged: they are the sensor's. */
function prepared(movie: Movie, { bin = 1, binFrames = 1, removeStripes }: MeasureOptions): Movie {
  const clean = removeStripes ? withoutStripes(movie) : movie;
  return binned(clean, { pixels: bin, frames: binFrames });
}

async function movieAt(context: Context, source: string, options: MeasureOptions): Promise<Movie> {
  const { cwd } = context.io;
  checkNumbers(options);
  if (!(await isForeignMovie(source, cwd))) {
    refuseMovieOptions(options);
    return movieOf(await recordedOf(context, source, options));
  }
  if (options.set.length > 0 || options.seed !== undefined) {
    throw usageFailure("--set and --seed change a spec; this is a movie.");
  }
  return foreignMovie(source, cwd, options);
}

function checkNumbers({ fps = 1, pixelSize = 1 }: MeasureOptions): void {
  const given = [
    ["--fps", fps],
    ["--pixel-size", pixelSize],
  ] as const;
  const bad = given.filter(([, value]) => !(value > 0 && value < Number.POSITIVE_INFINITY));
  if (bad.length === 0) return;
  const sentences = bad.map(([flag, value]) => `${flag} is ${value}; it must be a number above 0.`);
  throw usageFailure(sentences.join("\n"));
}

async function recordedOf(
  context: Context,
  source: string,
  { set, plugin, seed, workers = availableWorkers(), quiet }: MeasureOptions,
): Promise<Recorded> {
  const { io } = context;
  const { signal, cwd } = io;
  const simulator = await simulatorWith(plugin, cwd);
  const stored = await storedAt(source, { set, seed, cwd, simulator });
  if (stored) return stored;
  const { spec, warnings } = await readSpec({ source, set, seed, cwd, simulator, signal });
  if (!quiet) printWarnings(context, warnings);
  return liveRecording(simulator.compile(spec, { signal }), { workers, signal });
}

async function referencesOf(against: string | true, cwd: string): Promise<readonly Reference[]> {
  if (against === true) return REFERENCES;
  const text = await readFile(resolve(cwd, against), "utf8").catch((cause: unknown) => {
    throw new Failure(`${against}: this reference cannot be read.`, 1, { cause });
  });
  try {
    return readReferences(JSON.parse(text));
  } catch (error) {
    throw new Failure(`${against}: ${(error as Error).message}`, 1, { cause: error });
  }
}

/** One line for each number; percentiles and bands share a line. */
function table({ out }: Context, measures: Measures): string[] {
  const rows = Object.entries(measures).flatMap(([name, value]) => rowsOf(name, value));
  return columns(
    rows.map(([name, text]) => [out.dim(name), text]),
    "  ",
  );
}

type Row = readonly [name: string, text: string];

function rowsOf(name: string, value: unknown): Row[] {
  if (value === null || typeof value === "number") return [[name, short(value)]];
  if (Array.isArray(value)) return [[name, value.map(short).join("  ")]];
  const entries = Object.entries(value as object);
  const isSeries = entries.every(([key]) => /^\d/.test(key) || key === "n");
  if (!isSeries) return entries.flatMap(([key, inner]) => rowsOf(`${name}.${key}`, inner));
  // Names that look like whole numbers come first in an object, whatever their size.
  const ordered = entries
    .filter(([key]) => key !== "n")
    .sort(([a], [b]) => Number.parseFloat(a) - Number.parseFloat(b));
  return [[name, ordered.map(([key, inner]) => `${key}: ${short(inner)}`).join("  ")]];
}

function comparisonTable({ out }: Context, rows: ReturnType<typeof compare>): string[] {
  const head = ["measure", "this", "reference", "n", "÷ 10                   × 10", ""];
  const body = rows.map(({ measure, value, low, high, n, verdict }) => [
    measure,
    short(value),
    low === high ? short(low) : `${short(low)} … ${short(high)}`,
    `${n}`,
    rangeBar(value, low, high),
    verdict === "inside" ? out.green(verdict) : out.yellow(verdict ?? "–"),
  ]);
  return columns([head.map((word) => out.dim(word)), ...body], "  ");
}

/** What the ranges are of: the scale of each recording decides what may be compared with it. */
function recordingsOf({ out }: Context, references: readonly Reference[]): string[] {
  const recordings = references.map(({ recording, fps, pixel_size_um }) => {
    const scale = [
      pixel_size_um === undefined ? "µm per pixel unknown" : `${pixel_size_um} µm per pixel`,
      fps === undefined ? "frame rate unknown" : `${fps} Hz`,
    ];
    return recording === "" ? null : out.dim(`${recording} (${scale.join(", ")})`);
  });
  const known = [...new Set(recordings.filter((recording) => recording !== null))];
  return known.length === 0 ? [] : ["", ...known];
}
