// The figure of the study, and its tables on standard output: tsx examples/studies/detectability/draw.ts PICTURE.svg|png FOLDER...
// A folder is what `minisim sweep` left of one region. A cell is found where an estimate pairs with it; cells count of which half of the light is in view.
import { writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { type SeriesPanel, type SeriesPoint, seriesFigure } from "@minisim/figures";
import { toPng } from "@minisim/figures/node";
import { wilsonInterval } from "@minisim/scoring";
import { numberOf, type Row, readRows } from "../csv.ts";
import { chanceOfLarger, halfAt, intervalOf } from "./fit.ts";

interface Cell {
  readonly recording: string;
  readonly pipeline: string;
  readonly found: boolean;
  readonly of: Row;
  /** Of the largest transient: the cell alone, and in the demixing of a single frame. */
  readonly alone: number;
  readonly demixed: number;
  readonly overlap: number;
}

const THRESHOLD = "pipeline.threshold_scaling";
/** What suite2p is asked for in most points: other points are another pipeline here, and the rest of theirs was counted already. */
const USUAL = "0.7";

/** minian was tried in one region. */
const regionOf = (folder: string) => basename(folder).replace(/^minian$/, "ca1");

const cellOf = (row: Row, region: string): Cell => {
  const other = row.pipeline === "suite2p" && (row[THRESHOLD] ?? USUAL) !== USUAL;
  const demixed = numberOf(row, "transient_dprime");
  const overlap = numberOf(row, "overlap_cost");
  return {
    recording: [region, row["steps.sensor.photons_per_um2_s"], row.seed].join(" "),
    pipeline: other ? `suite2p at ${row[THRESHOLD]}` : row.pipeline!,
    found: row.matched === "true",
    of: row,
    alone: demixed * overlap,
    demixed,
    overlap,
  };
};

function readCells(folder: string): Cell[] {
  return readRows(join(folder, "cells.csv"))
    .filter((row) => row.pipeline === "suite2p" || (row[THRESHOLD] ?? USUAL) === USUAL)
    .filter((row) => numberOf(row, "visible_fraction") >= 0.5)
    .map((row) => cellOf(row, regionOf(folder)));
}

const [picture, ...folders] = process.argv.slice(2);
if (!picture || folders.length === 0) {
  throw new Error("tsx examples/studies/detectability/draw.ts PICTURE.svg|png FOLDER...");
}
const cells = folders.flatMap(readCells);
const pipelines = [...new Set(cells.map(({ pipeline }) => pipeline))].sort();
const by = (pipeline: string) => cells.filter((cell) => cell.pipeline === pipeline);

const DPRIMES = [0, 5, 10, 15, 20, 25, 30, 50, Infinity];
const OVERLAPS = [1, 1.15, 1.5, 2, 3, Infinity];
const DEPTHS = [60, 100, 130, 160, 190, 240];
/** Cells that are bright enough: what is missed of them is missed for another reason. */
const CLEAR = 20;

type Value = (cell: Cell) => number;
const depth: Value = ({ of }) => numberOf(of, "depth_um");
const overlap: Value = (cell) => cell.overlap;
const alone: Value = (cell) => cell.alone;
const demixed: Value = (cell) => cell.demixed;

const binsOf = (some: readonly Cell[], value: Value, edges: readonly number[]) =>
  edges.slice(0, -1).map((from, k) => {
    const to = edges[k + 1]!;
    return { from, to, inside: some.filter((one) => value(one) >= from && value(one) < to) };
  });

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** At the mean of the cells of a bin. Bins of fewer than four say nothing. */
const recallPoints = (some: readonly Cell[], value: Value, edges: readonly number[]) =>
  binsOf(some, value, edges).flatMap(({ inside }): SeriesPoint[] => {
    if (inside.length < 4) return [];
    const hits = inside.filter(({ found }) => found).length;
    const [low, high] = wilsonInterval(hits, inside.length)!;
    return [{ x: mean(inside.map(value)), y: hits / inside.length, low, high }];
  });

const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? null;

const tracePoints = (some: readonly Cell[], field: string) =>
  binsOf(some, alone, DPRIMES).flatMap(({ inside }): SeriesPoint[] => {
    const values = inside.map(({ of }) => numberOf(of, field)).filter(Number.isFinite);
    return values.length < 4 ? [] : [{ x: mean(inside.map(alone)), y: median(values) }];
  });

const panel = (x: SeriesPanel["x"], label: string, series: SeriesPanel["series"]): SeriesPanel => ({
  x,
  y: { label, low: 0, high: 1 },
  series,
});
const each = (points: (some: readonly Cell[]) => SeriesPoint[]) =>
  pipelines.map((label) => ({ label, points: points(by(label)) }));
const clear = (some: readonly Cell[]) => some.filter((cell) => cell.alone >= CLEAR);

const byDprime = { label: "d′ of the largest transient, alone", low: 0, high: 88 };
const svg = seriesFigure({
  title: "Who is found",
  subtitle: `all cells of which half is in view; by crowding and depth those of a d′ of ${CLEAR} and more`,
  panels: [
    panel(
      byDprime,
      "recall",
      each((some) => recallPoints(some, alone, DPRIMES)),
    ),
    panel(
      { label: "overlap cost", low: 1, high: 5 },
      "recall",
      each((some) => recallPoints(clear(some), overlap, OVERLAPS)),
    ),
    panel(
      { label: "depth (µm)", low: 60, high: 240 },
      "recall",
      each((some) => recallPoints(clear(some), depth, DEPTHS)),
    ),
    panel(byDprime, "trace r, median of those found", [
      ...each((some) =>
        tracePoints(
          some.filter(({ found }) => found),
          "trace_corr",
        ),
      ),
      {
        label: "best possible (bound)",
        points: tracePoints(by(pipelines[0]!), "predicted_trace_corr"),
      },
    ]),
  ],
});
writeFileSync(picture, picture.endsWith(".svg") ? svg : await toPng(svg));

const say = (...columns: readonly unknown[]) =>
  process.stdout.write(`| ${columns.join(" | ")} |\n`);

/** Of all that a pipeline drew: the sums of a column of the tables. */
const total = (name: string, threshold: string) =>
  folders
    .flatMap((folder) => readRows(join(folder, "table.csv")))
    .filter((row) => (row[THRESHOLD] ?? USUAL) === threshold)
    .reduce((sum, row) => sum + (numberOf(row, name) || 0), 0);
say("pipeline", "estimates", "of them true", "precision");
for (const pipeline of pipelines) {
  const [name, threshold = USUAL] = pipeline.split(" at ");
  const [drawn, right] = [total(`${name}_n_est`, threshold), total(`${name}_n_matched`, threshold)];
  say(pipeline, drawn, right, (right / drawn).toFixed(2));
}

const share = (some: readonly Cell[]) =>
  some.length === 0 ? "–" : `${some.filter(({ found }) => found).length} / ${some.length}`;
const short = (value: number | null, digits = 1) => value?.toFixed(digits) ?? "–";

function sayBins(name: string, value: Value, edges: readonly number[], of = cells) {
  const names = edges.slice(0, -1).map((from, k) => `${from}–${edges[k + 1]}`);
  say("recall by", name, ...names);
  for (const pipeline of pipelines) {
    const own = of.filter((cell) => cell.pipeline === pipeline);
    say(pipeline, "", ...binsOf(own, value, edges).map(({ inside }) => share(inside)));
  }
}
sayBins("d′ alone", alone, DPRIMES);
sayBins(`overlap cost, d′ alone ≥ ${CLEAR}`, overlap, OVERLAPS, clear(cells));
sayBins(`depth, d′ alone ≥ ${CLEAR}`, depth, DEPTHS, clear(cells));

/** Cells that never rise are not asked for: no d′ would do. */
const rising = cells.filter((cell) => cell.alone > 0);
const HALVES: readonly [string, (cell: Cell) => boolean][] = [
  ["all", () => true],
  ["cost < 1.25", (cell) => cell.overlap < 1.25],
  ["1.25 to 2", (cell) => cell.overlap >= 1.25 && cell.overlap < 2],
  ["cost ≥ 2", (cell) => cell.overlap >= 2],
  ...[...new Set(folders.map(regionOf))].map((region): [string, (cell: Cell) => boolean] => [
    region,
    (cell) => cell.recording.startsWith(`${region} `),
  ]),
];
/** The d′, its interval where four recordings or more can be drawn from, and how many cells were found of how many. */
function half(some: readonly Cell[], value: Value): string {
  const tried = some.map((cell) => ({ ...cell, dprime: value(cell) }));
  const at = halfAt(tried);
  if (at === null) return `– (${share(some)})`;
  const interval = intervalOf(tried)
    ?.map((end) => short(end))
    .join(" to ");
  return `${short(at)} (${interval ? `${interval}; ` : ""}${share(some)})`;
}
for (const [name, value] of [
  ["alone", alone],
  ["demixed", demixed],
] as const) {
  say(`half are found at a d′, ${name}, of`, ...HALVES.map(([group]) => group));
  for (const pipeline of pipelines) {
    const own = rising.filter((cell) => cell.pipeline === pipeline);
    say(pipeline, ...HALVES.map(([, isOf]) => half(own.filter(isOf), value)));
  }
}

const MEASURES: readonly [string, Value][] = [
  ["transient_dprime · overlap_cost", alone],
  ["transient_dprime", demixed],
  ["spike_dprime", ({ of }) => numberOf(of, "spike_dprime")],
  ["predicted_trace_corr", ({ of }) => numberOf(of, "predicted_trace_corr")],
  ["detection_snr", ({ of }) => numberOf(of, "detection_snr")],
  ["n_spikes", ({ of }) => numberOf(of, "n_spikes")],
  ["− overlap_cost", (cell) => -cell.overlap],
  ["own_light_fraction", ({ of }) => numberOf(of, "own_light_fraction")],
];
say("a found cell has the larger …", ...pipelines);
for (const [name, value] of MEASURES) {
  const chances = pipelines.map((pipeline) => {
    const own = rising.filter((cell) => cell.pipeline === pipeline);
    return chanceOfLarger(own.map((cell) => ({ value: value(cell), found: cell.found })));
  });
  say(name, ...chances.map((chance) => short(chance, 3)));
}
