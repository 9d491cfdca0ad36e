// minisim report: one page, or SVG files, that show how estimates of a recording compare with its truth and each other.
import { extname, join, resolve } from "node:path";
import { checkSmallFile, sealText, writeSmallFile } from "@minisim/output";
import { openRecording } from "minisim/node";
import { usageFailure } from "../failure.ts";
import { simulatorWith } from "../plugins.ts";
import { lines, short } from "../print.ts";
import { progressFor } from "../progress.ts";
import { type ScoreFlags, scoreOptions } from "../scoring/options.ts";
import { reportFigures } from "../scoring/report-figures.ts";
import { reportPage } from "../scoring/report-page.ts";
import { type Scored, scored } from "../scoring/scored.ts";
import { settingsOf } from "../settings.ts";
import { recordingPlace } from "../stored.ts";
import type { Context } from "./context.ts";

export interface ReportOptions extends ScoreFlags {
  readonly output: string;
  readonly format?: string;
  readonly option: readonly string[];
  readonly plugin: readonly string[];
  readonly force?: boolean;
  readonly quiet?: boolean;
}

/** What pages and figures are sealed as. */
const KIND = "report";

/** Without estimates: the floors and the ceiling. */
const DEFAULT = ["roi", "roi_mean", "oracle"];

export async function report(
  context: Context,
  store: string,
  sources: readonly string[],
  options: ReportOptions,
) {
  const { io } = context;
  const { output, format, force } = options;
  const asPage = extname(output) === ".html";
  if (!asPage && extname(output) !== "") {
    throw usageFailure(`-o ${output}: name a file that ends in .html, or a folder for SVG files.`);
  }
  const path = recordingPlace(io.cwd, store);
  const settings = await settingsOf("--option", options.option);
  const scoring = await scoreOptions(options, io.cwd);
  const simulator = await simulatorWith(options.plugin, io);
  const recording = await openRecording(path, { simulator });
  const claim = { kind: KIND, force, inputs: [path] };
  if (asPage) await checkSmallFile(resolve(io.cwd, output), claim);
  const progress = progressFor(context, options);
  const all: Scored[] = [];
  try {
    for (const source of sources.length > 0 ? sources : DEFAULT) {
      progress.label(`scoring ${source} …`);
      const base = { source, cwd: io.cwd, simulator, settings };
      const request = { ...base, ...(format !== undefined && { format }) };
      all.push(await scored(recording, path, request, scoring, io.signal));
    }
    progress.label("drawing …");
    const figures = await reportFigures(recording, all);
    io.signal.throwIfAborted();
    const files = asPage
      ? [[output, reportPage(store, aboutOf(recording), all, figures)] as const]
      : figures.map(({ name, svg }) => [join(output, `${name}.svg`), svg] as const);
    for (const [file, text] of files) {
      await writeSmallFile(resolve(io.cwd, file), sealText(text, KIND, "xml"), claim);
    }
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
