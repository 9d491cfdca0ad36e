// minisim measure: the statistics of a movie, from a store, straight from a spec, or from a file of another program.
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import {
  binned,
  compare,
  type Movie,
  measureLight,
  measure as measureMovie,
  measureTruth,
  type Pictures,
  REFERENCES,
  type RecordingMeasures,
  type Reference,
  readReferences,
  withoutStripes,
} from "@minisim/measures";
import { checkSmallFile, sealText, writeSmallFile } from "@minisim/output";
import { scaleOf } from "@minisim/recording";
import { Failure, usageFailure } from "../failure.ts";
import { measurePage } from "../measuring/page.ts";
import { rangeText, recordingsIn, rowsOf } from "../measuring/rows.ts";
import { type Subject, type SubjectOptions, subjectAt } from "../measuring/subject.ts";
import { pagePath } from "../page-path.ts";
import { columns, json, lines, short } from "../print.ts";
import { type ProgressReport, progressFor } from "../progress.ts";
import { rangeBar } from "../range-bar.ts";
import type { Context } from "./context.ts";

export interface MeasureOptions extends SubjectOptions {
  readonly against?: string | true;
  readonly cellRadius?: number;
  readonly bin?: number;
  readonly binFrames?: number;
  readonly removeStripes?: boolean;
  readonly output?: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

/** What pages are sealed as. */
const KIND = "measures";

export async function measure(context: Context, source: string, options: MeasureOptions) {
  const { io } = context;
  const { against, output, force } = options;
  checkNumbers(options);
  const references = await referencesOf(against ?? output !== undefined, io.cwd);
  const page = pagePath(output, io.cwd);
  const claim = { kind: KIND, force, inputs: [resolve(io.cwd, source)] };
  if (page !== undefined) await checkSmallFile(page, claim);
  const progress = progressFor(context, options);
  try {
    progress.label("preparing …");
    const subject = await subjectAt(context, source, options);
    const { measures, pictures } = await measured(context, subject, options, progress);
    const comparison = references && compare(measures, references);
    progress.clear();
    if (page !== undefined && references && comparison) {
      const text = measurePage({ source, measures, pictures, comparison, references });
      await writeSmallFile(page, sealText(text, KIND, "xml"), claim);
    }
    if (options.json) return json(io, comparison ? { ...measures, comparison } : measures);
    if (output !== undefined) return options.quiet ? undefined : lines(io, [output]);
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

async function measured(
  { io: { signal } }: Context,
  { movie, recorded, parts }: Subject,
  options: MeasureOptions,
  progress: ProgressReport,
): Promise<{ readonly measures: RecordingMeasures; readonly pictures: Pictures }> {
  const { cellRadius, cellRadiusPx } = options;
  const prepared = withBins(options.removeStripes ? withoutStripes(movie) : movie, options);
  const following = { signal, onProgress: progress.frames };
  let pictures: Pictures | undefined;
  const measures = await measureMovie(prepared, {
    ...(cellRadius !== undefined && { cellRadiusUm: cellRadius }),
    ...(cellRadiusPx !== undefined && { cellRadiusPx }),
    ...following,
    onPictures: (given) => {
      pictures = given;
    },
  });
  if (!recorded) return { measures, pictures: pictures! };
  progress.label("measuring the truth …");
  const truth = measureTruth(await recorded.truth(), scaleOf(recorded));
  const binnedParts = parts && {
    light: withBins(parts.light, options),
    cells: withBins(parts.cells, options),
  };
  const light = binnedParts && (await measureLight(prepared, binnedParts, following));
  return { measures: { ...measures, truth: { ...truth, light } }, pictures: pictures! };
}

/** Stripes are removed before pixels are averaged: they are the sensor's. */
const withBins = (movie: Movie, { bin = 1, binFrames = 1 }: MeasureOptions): Movie =>
  binned(movie, { pixels: bin, frames: binFrames });

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

async function referencesOf(
  against: string | boolean,
  cwd: string,
): Promise<readonly Reference[] | undefined> {
  if (against === false) return undefined;
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
function table({ out }: Context, measures: RecordingMeasures): string[] {
  const rows = Object.entries(measures).flatMap(([name, value]) => rowsOf(name, value));
  return columns(
    rows.map(([name, text]) => [out.dim(name), text]),
    "  ",
  );
}

function comparisonTable({ out }: Context, rows: ReturnType<typeof compare>): string[] {
  const head = ["measure", "this", "reference", "n", "÷ 10                   × 10", ""];
  const body = rows.map(({ measure, value, low, high, n, verdict }) => [
    measure,
    short(value),
    rangeText(low, high),
    `${n}`,
    rangeBar(value, low, high),
    verdict === "inside" ? out.green(verdict) : out.yellow(verdict ?? "–"),
  ]);
  return columns([head.map((word) => out.dim(word)), ...body], "  ");
}

/** What the ranges are of: the scale of each recording decides what may be compared with it. */
function recordingsOf({ out }: Context, references: readonly Reference[]): string[] {
  const known = recordingsIn(references).map(out.dim);
  return known.length === 0 ? [] : ["", ...known];
}
