// minisim score: how well a pipeline's results agree with the truth of a recording.
import type { Report } from "@minisim/scoring";
import { openRecording } from "minisim/node";
import { simulatorWith } from "../plugins.ts";
import { columns, json, lines, short, wrap } from "../print.ts";
import { cellClassWords, estimateClassWords } from "../scoring/class-words.ts";
import { type ScoreFlags, scoreOptions } from "../scoring/options.ts";
import { scored } from "../scoring/scored.ts";
import { settingsOf } from "../settings.ts";
import { recordingPlace } from "../stored.ts";
import type { Context } from "./context.ts";

// Of a terminal, less its margin.
const NOTE_WIDTH = 90;

export interface ScoreCommandOptions extends ScoreFlags {
  readonly format?: string;
  readonly option: readonly string[];
  readonly plugin: readonly string[];
  readonly json?: boolean;
}

export async function score(
  context: Context,
  store: string,
  source: string,
  options: ScoreCommandOptions,
) {
  const { io } = context;
  const path = recordingPlace(io.cwd, store);
  const { format } = options;
  const simulator = await simulatorWith(options.plugin, io);
  const request = {
    source,
    cwd: io.cwd,
    simulator,
    settings: await settingsOf("--option", options.option),
    ...(format !== undefined && { format }),
  };
  const recording = await openRecording(path, { simulator });
  const scoring = await scoreOptions(options, io.cwd);
  const { name, report } = await scored(recording, path, request, scoring, io.signal);
  if (options.json) return json(io, report);
  lines(io, scoreLines(context, `${name} on ${store}`, report));
}

/** A report as people read it. */
export function scoreLines({ out }: Context, title: string, report: Report): string[] {
  return [
    out.bold(title),
    ...columns(
      rows(report).map(([label, value]) => [out.dim(label), value]),
      "  ",
    ),
    ...report.notes.flatMap((note) =>
      wrap(note, NOTE_WIDTH).map((line, i) => `${i === 0 ? out.dim("note:") : "     "} ${line}`),
    ),
  ];
}

function rows(report: Report): [string, string][] {
  const { n_matched, n_true, n_est, n_excused, n_requested, n_detectable } = report;
  const of = report.restrict_to_detectable ? "detectable" : "planted";
  const [dy, dx] = report.footprint_shift;
  return [
    ["cells", `${n_requested} in view, ${n_detectable} detectable; ${n_est} estimated`],
    ["recall", `${share(report.recall)}  ${n_matched} of ${n_true} ${of} cells`],
    [
      "precision",
      `${share(report.precision)}  ${n_matched} of ${n_est - n_excused} estimates${n_excused > 0 ? `; ${n_excused} more are of cells that do not count` : ""}`,
    ],
    ["F1", share(report.f1)],
    ["of the estimates", estimateClassWords(report)],
    [`of the ${of} cells`, cellClassWords(report)],
    ["likeness", `${share(report.mean_overlap)}  mean of matches, by ${report.match_metric}`],
    ["trace r", `${share(report.median_trace_corr)}  median over matches`],
    ["ΔF/F error", `${share(report.median_dff_error)}  median over matches`],
    ["activity r", `${share(report.median_activity_corr)}  median over matches`],
    ["count r", countWords(report)],
    ["spikes", eventWords(report)],
    ["transients", transientWords(report)],
    ["cell to cell r", pairwiseWords(report)],
    ["motion error", motionError(report)],
    ...motionLeft(report),
    ...backgroundWords(report),
    ["footprint shift", `dy ${dy}, dx ${dx} px`],
  ];
}

/** Of spike counts, in the bins that are no shorter than a frame. */
function countWords(report: Report): string {
  const bins = [
    ["0.1 s", report.median_count_corr_100ms],
    ["0.5 s", report.median_count_corr_500ms],
    ["1 s", report.median_count_corr_1s],
  ] as const;
  const known = bins.filter(([, value]) => value !== null);
  return known.map(([bin, value]) => `${share(value)} in bins of ${bin}`).join(", ") || "–";
}

function eventWords(report: Report): string {
  const { median_event_precision, median_event_recall, median_event_f1 } = report;
  if (median_event_f1 === null) return "–";
  const frames = report.event_tolerance_frames;
  return `F1 ${share(median_event_f1)}, precision ${share(median_event_precision)}, recall ${share(median_event_recall)}, within ${frames} frame${frames === 1 ? "" : "s"}`;
}

function transientWords(report: Report): string {
  const { n_transients, n_misattributed, n_nobodys, misattributed_fraction } = report;
  if (misattributed_fraction === null) return "–";
  return `${share(misattributed_fraction)} misattributed  ${n_misattributed} of ${n_transients} of the matches; ${n_nobodys} of them nobody's`;
}

function pairwiseWords({ pairwise_correlation: of }: Report): string {
  if (of.true_spread === null || of.estimated_spread === null) return "–";
  return `${share(of.estimated_spread[2])} for ${share(of.true_spread[2])} in truth  medians over ${of.n_pairs} pairs; rank r ${share(of.rank_corr)}`;
}

/** With the constant that it forgives. */
function motionError({ shift_rmse, shift_rmse_raw, shift_offset }: Report): string {
  if (shift_rmse === null || shift_rmse_raw === null || shift_offset === null) return "–";
  const [dy, dx] = shift_offset;
  return `${short(shift_rmse)} px, a constant offset of dy ${short(dy)}, dx ${short(dx)} px forgiven; ${short(shift_rmse_raw)} px with it`;
}

/** Where tissue bends, or patches were followed, the mean shift does not say all. */
function motionLeft(report: Report): [string, string][] {
  const { displacement_rmse, displacement_p95 } = report;
  const { patch_displacement_rmse, patch_displacement_p95, crispness } = report;
  const [rmse, p95] =
    patch_displacement_rmse === null
      ? [displacement_rmse, displacement_p95]
      : [patch_displacement_rmse, patch_displacement_p95];
  if (rmse === null || p95 === null) return [];
  const crisp = crispness === null ? "" : `; crispness ${short(crispness)}`;
  return [
    ["motion left", `${short(rmse)} px at every pixel, ${short(p95)} in one frame of 20${crisp}`],
  ];
}

function backgroundWords(report: Report): [string, string][] {
  const { background_error, background_space_corr, background_time_corr } = report;
  if (background_error === null) return [];
  const r = `r ${share(background_space_corr)} over pixels, ${share(background_time_corr)} over frames`;
  return [["background", `error ${share(background_error)} of what changes; ${r}`]];
}

const share = (value: number | null): string => value?.toFixed(3) ?? "–";
