// The figure of a study from its table: tsx examples/studies/draw.ts background FOLDER PICTURE.svg|png
// Recall, precision and traces of every pipeline of the table, along the study's axis; a point is the mean over what else varies.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type SeriesPanel, type SeriesPoint, seriesFigure } from "@minisim/figures";
import { toPng } from "@minisim/figures/node";
import { numberOf, readRows } from "./csv.ts";

interface Study {
  readonly axis: string;
  readonly label: string;
  readonly title: string;
  /** The axis in units of the label. */
  readonly unit: number;
}

const STUDIES: Readonly<Record<string, Study>> = {
  background: {
    axis: "steps.neuropil.level",
    label: "light of the neuropil (resting cells)",
    title: "What background costs",
    unit: 1,
  },
  motion: {
    axis: "steps.brain_motion.motion_amplitude_um",
    label: "motion (µm, 99th percentile)",
    title: "What motion costs",
    unit: 1,
  },
};

type Row = Readonly<Record<string, number>>;

function readTable(folder: string): Row[] {
  return readRows(join(folder, "table.csv")).map((row) =>
    Object.fromEntries(Object.keys(row).map((name) => [name, numberOf(row, name)])),
  );
}

const unique = (values: readonly number[]) => [...new Set(values)].sort((a, b) => a - b);

function along(rows: readonly Row[], { axis, unit }: Study, score: string): SeriesPoint[] {
  return unique(rows.map((row) => row[axis]!)).map((at) => {
    const values = rows.flatMap((row) => {
      const value = row[score]!;
      return row[axis] === at && Number.isFinite(value) ? [value] : [];
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

function panel(rows: readonly Row[], study: Study, score: string, label: string): SeriesPanel {
  const places = unique(rows.map((row) => row[study.axis]! / study.unit));
  const margin = (places.at(-1)! - places[0]!) / 20;
  const series = pipelinesOf(rows).map((name) => ({
    label: name,
    points: along(rows, study, `${name}_${score}`),
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
const rows = readTable(folder);
const svg = seriesFigure({
  title: study.title,
  subtitle: "every pipeline on the same recordings",
  panels: [
    panel(rows, study, "recall", "recall"),
    panel(rows, study, "precision", "precision"),
    panel(rows, study, "median_trace_corr", "trace r"),
  ],
});
writeFileSync(picture, picture.endsWith(".svg") ? svg : await toPng(svg));
