// The study's figure from its table: tsx examples/study/draw.ts FOLDER PICTURE.svg|png
// Recall of a naive pipeline, and the traces of the floor and of the ceiling, by focal depth; a line for each density.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type SeriesPanel, type SeriesPoint, seriesFigure } from "@minisim/figures";
import { toPng } from "@minisim/figures/node";

const DEPTH = "acquisition.focal_depth_in_tissue_um";
const DENSITY = "steps.place_neurons.density_per_mm3";

type Row = Readonly<Record<string, number>>;

/** The table has no text with commas in it. */
function readTable(folder: string): Row[] {
  const [head, ...lines] = readFileSync(join(folder, "table.csv"), "utf8").trim().split(/\r?\n/);
  const names = head!.split(",");
  return lines.map((line) => {
    const cells = line.split(",");
    return Object.fromEntries(names.map((name, i) => [name, Number(cells[i] || Number.NaN)]));
  });
}

const unique = (values: readonly number[]) => [...new Set(values)].sort((a, b) => a - b);

/** Mean over seeds, between the lowest and the highest. */
function along(rows: readonly Row[], score: string): SeriesPoint[] {
  return unique(rows.map((row) => row[DEPTH]!)).map((x) => {
    const values = rows.flatMap((row) => {
      const value = row[score]!;
      return row[DEPTH] === x && Number.isFinite(value) ? [value] : [];
    });
    if (values.length === 0) return { x, y: null };
    const y = values.reduce((sum, value) => sum + value, 0) / values.length;
    return { x, y, low: Math.min(...values), high: Math.max(...values) };
  });
}

function panel(rows: readonly Row[], score: string, label: string): SeriesPanel {
  const depths = unique(rows.map((row) => row[DEPTH]!));
  const densities = unique(rows.map((row) => row[DENSITY] ?? Number.NaN));
  const series = densities.map((density) => ({
    label: Number.isNaN(density) ? "all cells" : `${density} cells/mm³`,
    points: along(
      rows.filter((row) => Number.isNaN(density) || row[DENSITY] === density),
      score,
    ),
  }));
  const x = { label: "focal depth (µm)", low: depths[0]! - 10, high: depths.at(-1)! + 10 };
  return { x, y: { label, low: 0, high: 1 }, series };
}

const [folder, picture] = process.argv.slice(2);
if (!folder || !picture) throw new Error("tsx examples/study/draw.ts FOLDER PICTURE.svg|png");
const rows = readTable(folder);
const svg = seriesFigure({
  title: "What focus and crowding cost",
  subtitle: "cells lie at 140–160 µm; means over seeds, with the lowest and the highest",
  panels: [
    panel(rows, "roi_recall", "recall, naive detection"),
    panel(rows, "roi_mean_median_trace_corr", "trace r, mean in the mask"),
    panel(rows, "oracle_median_trace_corr", "trace r, demixing oracle"),
  ],
});
writeFileSync(picture, picture.endsWith(".svg") ? svg : await toPng(svg));
