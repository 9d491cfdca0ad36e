// The figure of a study from its table: tsx examples/studies/draw.ts background FOLDER PICTURE.svg|png
// Scores along the study's axis, of every pipeline of the table or of one for every value of another column; a point is the mean over what else varies.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type SeriesPanel, type SeriesPoint, seriesFigure } from "@minisim/figures";
import { toPng } from "@minisim/figures/node";
import { numberOf, type Row, readRows } from "./csv.ts";

interface Study {
  readonly axis: string;
  readonly label: string;
  readonly title: string;
  /** The axis in units of the label. */
  readonly unit: number;
  /** A line for each value of this column, of the one pipeline; for each pipeline where absent. */
  readonly by?: string;
  /** Score and label of each panel. */
  readonly panels: readonly (readonly [score: string, label: string])[];
}

const FOUND_AND_READ = [
  ["recall", "recall"],
  ["precision", "precision"],
  ["median_trace_corr", "trace r"],
] as const;

const STUDIES: Readonly<Record<string, Study>> = {
  background: {
    axis: "steps.neuropil.level",
    label: "light of the neuropil (resting cells)",
    title: "What background costs",
    unit: 1,
    panels: FOUND_AND_READ,
  },
  motion: {
    axis: "steps.brain_motion.motion_amplitude_um",
    label: "motion (µm, 99th percentile)",
    title: "What motion costs",
    unit: 1,
    panels: FOUND_AND_READ,
  },
  spikes: {
    axis: "acquisition.fps",
    label: "frame rate (Hz)",
    title: "What estimated spikes are worth",
    unit: 1,
    by: "steps.cell_activity.indicator",
    panels: [
      ["median_activity_corr", "r of S, frame by frame"],
      ["median_count_corr_100ms", "r of counts in 100 ms"],
      ["median_count_corr_500ms", "r of counts in 500 ms"],
    ],
  },
};

const unique = (values: readonly number[]) => [...new Set(values)].sort((a, b) => a - b);

function along(rows: readonly Row[], { axis, unit }: Study, score: string): SeriesPoint[] {
  const places = rows.map((row) => numberOf(row, axis));
  return unique(places).map((at) => {
    const values = rows.flatMap((row, i) => {
      const value = numberOf(row, score);
      return places[i] === at && Number.isFinite(value) ? [value] : [];
    });
    const x = at / unit;
    if (values.length === 0) return { x, y: null };
    const y = values.reduce((sum, value) => sum + value, 0) / values.length;
    return { x, y, low: Math.min(...values), high: Math.max(...values) };
  });
}

/** Pipelines in the order of the table. */
const pipelinesOf = (rows: readonly Row[]): string[] =>
  Object.keys(rows[0] ?? {}).flatMap((name) => /^(\w+)_recall$/.exec(name)?.[1] ?? []);

/** What a panel compares: pipelines, or one pipeline under several conditions. */
function linesOf(rows: readonly Row[], { by }: Study) {
  const pipelines = pipelinesOf(rows);
  if (by === undefined) return pipelines.map((pipeline) => ({ label: pipeline, pipeline, rows }));
  return [...new Set(rows.map((row) => row[by]!))].map((label) => ({
    ...{ label, pipeline: pipelines[0]! },
    rows: rows.filter((row) => row[by] === label),
  }));
}

function panel(rows: readonly Row[], study: Study, score: string, label: string): SeriesPanel {
  const places = unique(rows.map((row) => numberOf(row, study.axis) / study.unit));
  const margin = (places.at(-1)! - places[0]!) / 20;
  const series = linesOf(rows, study).map(({ label, pipeline, rows: some }) => ({
    label,
    points: along(some, study, `${pipeline}_${score}`),
  }));
  const x = { label: study.label, low: places[0]! - margin, high: places.at(-1)! + margin };
  return { x, y: { label, low: 0, high: 1 }, series };
}

const [name = "", folder, picture] = process.argv.slice(2);
const study = STUDIES[name];
if (!study || !folder || !picture) {
  throw new Error(
    `tsx examples/studies/draw.ts ${Object.keys(STUDIES).join("|")} FOLDER PICTURE.svg|png`,
  );
}
const rows = readRows(join(folder, "table.csv"));
const svg = seriesFigure({
  title: study.title,
  subtitle: study.by
    ? `${pipelinesOf(rows)[0]}, by ${study.by}`
    : "every pipeline on the same recordings",
  panels: study.panels.map(([score, label]) => panel(rows, study, score, label)),
});
writeFileSync(picture, picture.endsWith(".svg") ? svg : await toPng(svg));
