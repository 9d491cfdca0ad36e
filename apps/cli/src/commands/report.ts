// minisim report: one page, or SVG files, that show how estimates of a recording compare with its truth and each other.
import { mkdirSync, writeFileSync } from "node:fs";
import { extname, join, resolve } from "node:path";
import { openRecording } from "minisim/node";
import { Failure, systemSentence, usageFailure } from "../failure.ts";
import { lines, short } from "../print.ts";
import { progressOn, SILENT } from "../progress.ts";
import { type ScoreFlags, scoreOptions } from "../scoring/options.ts";
import { reportFigures } from "../scoring/report-figures.ts";
import { reportPage } from "../scoring/report-page.ts";
import { type Scored, scored } from "../scoring/scored.ts";
import { settingsOf } from "../settings.ts";
import type { Context } from "./context.ts";

export interface ReportOptions extends ScoreFlags {
  readonly output: string;
  readonly format?: string;
  readonly option: readonly string[];
  readonly quiet?: boolean;
}

/** Without estimates: the floors and the ceiling. */
const DEFAULT = ["roi", "roi_mean", "oracle"];

export async function report(
  { io, err }: Context,
  store: string,
  sources: readonly string[],
  options: ReportOptions,
) {
  const { output, format } = options;
  const asPage = extname(output) === ".html";
  if (!asPage && extname(output) !== "") {
    throw usageFailure(`-o ${output}: name a file that ends in .html, or a folder for SVG files.`);
  }
  const path = resolve(io.cwd, store);
  const settings = await settingsOf("--option", options.option);
  const scoring = scoreOptions(options);
  const recording = await openRecording(path);
  const silent = options.quiet || io.stderr.isTTY !== true;
  const progress = silent ? SILENT : progressOn(io.stderr, err);
  const all: Scored[] = [];
  try {
    for (const source of sources.length > 0 ? sources : DEFAULT) {
      progress.label(`scoring ${source} …`);
      const request = { source, cwd: io.cwd, settings, ...(format !== undefined && { format }) };
      all.push(await scored(recording, path, request, scoring, io.signal));
    }
    progress.label("drawing …");
    const figures = await reportFigures(recording, all);
    io.signal.throwIfAborted();
    const files = asPage
      ? [[output, reportPage(store, aboutOf(recording), all, figures)] as const]
      : figures.map(({ name, svg }) => [join(output, `${name}.svg`), svg] as const);
    for (const [file, text] of files) save(io.cwd, file, text);
    progress.clear();
    if (!options.quiet)
      lines(
        io,
        files.map(([file]) => file),
      );
  } finally {
    progress.clear();
  }
}

function aboutOf(recording: Awaited<ReturnType<typeof openRecording>>): string {
  const { spec } = recording;
  const [frames, height, width] = recording.layout().shape;
  const { fps } = spec.acquisition;
  return `${frames} frames of ${height} × ${width} px, ${short(frames! / fps)} s at ${fps} Hz, seed ${spec.seed}`;
}

function save(cwd: string, file: string, text: string): void {
  try {
    const path = resolve(cwd, file);
    mkdirSync(resolve(path, ".."), { recursive: true });
    writeFileSync(path, text);
  } catch (error) {
    const sentence = systemSentence(error, file) ?? (error as Error).message;
    throw new Failure(sentence, 1, { cause: error });
  }
}
