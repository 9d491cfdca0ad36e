// The figures of a report: what was found where, recall by what makes it hard, thresholds, traces.
import {
  createProjections,
  type Field,
  type MatchGroup,
  matchFigure,
  type SeriesPanel,
  type SeriesPoint,
  seriesFigure,
} from "@minisim/figures";
import type { Recorded } from "@minisim/recording";
import {
  type BinField,
  binBy,
  CELL_CLASSES,
  type CellClass,
  ESTIMATE_CLASSES,
  type EstimateClass,
  footprintsOnField,
  type Report,
} from "@minisim/scoring";
import { geometryOf } from "@minisim/spec";
import type { Scored } from "./scored.ts";

export interface ReportFigure {
  readonly name: string;
  readonly svg: string;
}

const BINS = 6;

export async function reportFigures(
  recording: Recorded,
  all: readonly Scored[],
): Promise<ReportFigure[]> {
  const background = await meanOf(recording);
  // Whoever was given the footprints found them all.
  const detectors = all.filter(({ knowsFootprints }) => !knowsFootprints);
  const recall =
    detectors.length === 0
      ? []
      : [
          recallPanel(detectors, "depth_um", "depth (µm)"),
          recallPanel(detectors, "transient_dprime", "d′ of the largest transient"),
          recallPanel(detectors, "overlap_cost", "cost of overlap"),
          recallPanel(detectors, "nearest_neighbour_um", "nearest neighbour (µm)"),
        ].filter((panel) => panel !== null);
  const figures: ReportFigure[] = [];
  if (recall.length > 0) {
    const subtitle =
      "share of the cells that count which were matched, with 95 % intervals (Wilson); bins of equal numbers of cells";
    figures.push({
      name: "recall",
      svg: seriesFigure({ title: "Recall by what makes it hard", subtitle, panels: recall }),
    });
  }
  const curves =
    detectors.length === 0
      ? []
      : [curvePanel(detectors, "recall"), curvePanel(detectors, "precision")];
  figures.push({
    name: "thresholds",
    svg: seriesFigure({
      title: detectors.length === 0 ? "Traces" : "Detection at every threshold, and traces",
      subtitle: "share of matched cells whose trace correlates with the truth less than this",
      panels: [...curves, tracePanel(all)],
    }),
  });
  for (const one of detectors) figures.push(await footprintsOf(one, recording, background));
  return figures;
}

/** Edges that share the counted cells out equally; null where the recording does not know the field or all cells are alike. */
function recallPanel(all: readonly Scored[], field: BinField, label: string): SeriesPanel | null {
  const { cells } = all[0]!.report;
  const values = cells
    .filter((cell) => cell.counted)
    .flatMap((cell) => cell[field] ?? [])
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  const at = (share: number) => values[Math.round(share * (values.length - 1))]!;
  const edges = [...new Set(Array.from({ length: BINS + 1 }, (_, k) => at(k / BINS)))];
  if (values.length === 0 || edges.length < 2) return null;
  const series = all.map(({ name, report }) => ({
    label: name,
    points: binBy(report, field, edges).bins.map(
      (bin): SeriesPoint => ({
        x: (bin.from + bin.to) / 2,
        y: bin.recall,
        low: bin.recall_low,
        high: bin.recall_high,
      }),
    ),
  }));
  return { x: { label, low: edges[0]!, high: edges.at(-1)! }, y: SHARE("recall"), series };
}

const SHARE = (label: string) => ({ label, low: 0, high: 1 });

function curvePanel(all: readonly Scored[], what: "recall" | "precision"): SeriesPanel {
  const series = all.map(({ name, report }) => ({
    label: name,
    points: report.curve.map((point) => ({ x: point.threshold, y: point[what] })),
  }));
  const x = { label: `threshold (${all[0]!.report.match_metric})`, low: 0, high: 1 };
  return { x, y: SHARE(what), series };
}

/** The distribution of the correlations, cumulated. */
function tracePanel(all: readonly Scored[]): SeriesPanel {
  const series = all.map(({ name, report }) => ({ label: name, points: cumulated(report) }));
  const lowest = Math.min(0, ...series.flatMap(({ points }) => points.map(({ x }) => x)));
  const low = Math.floor(lowest * 10) / 10;
  return { x: { label: "trace r", low, high: 1 }, y: SHARE("share of matches"), series };
}

// Enough to see a curve.
const STEPS = 20;

function cumulated({ cells }: Report): SeriesPoint[] {
  const found = cells
    .filter((cell) => cell.matched && cell.trace_corr !== null)
    .map((cell) => cell.trace_corr!)
    .sort((a, b) => a - b);
  if (found.length === 0) return [];
  const n = Math.min(STEPS, found.length);
  return Array.from({ length: n }, (_, k) => {
    const index = Math.round(((k + 1) / n) * found.length) - 1;
    return { x: found[index]!, y: (index + 1) / found.length };
  });
}

const COLORS = {
  found: "teal",
  split: "blue",
  merged: "violet",
  partial: "yellow",
  redundant: "amber",
  excused: "grey",
  hallucinated: "rose",
  missed: "rose",
} as const satisfies Record<EstimateClass | CellClass, MatchGroup["color"]>;

const NOT_COUNTED = CELL_CLASSES.length;
const CELL_GROUPS: readonly MatchGroup[] = [
  ...CELL_CLASSES.map((label) => ({ label, color: COLORS[label] })),
  { label: "not counted", color: "grey" },
];

async function footprintsOf(
  { name, estimate, report }: Scored,
  recording: Recorded,
  background: Field,
): Promise<ReportFigure> {
  const truth = await recording.truth();
  const [top, left] = truth.fov_offset;
  const { height, width } = background;
  const inView = truth.observed_footprints.crop({ top, left, height, width });
  const found = footprintsOnField(estimate, report.grid, { height, width });
  const { pixel_size_um: pixelSizeUm } = geometryOf(recording.spec.acquisition);
  const svg = matchFigure({
    title: `Footprints: the truth, and ${name}`,
    subtitle: report.summary(),
    background,
    pixelSizeUm,
    left: {
      footprints: inView,
      group: report.cells.map((cell) =>
        cell.counted ? CELL_CLASSES.indexOf(cell.class) : NOT_COUNTED,
      ),
      groups: CELL_GROUPS,
    },
    right: {
      footprints: found,
      group: report.estimates.map((row) => ESTIMATE_CLASSES.indexOf(row.class)),
      groups: ESTIMATE_CLASSES.map((label) => ({ label, color: COLORS[label] })),
    },
  });
  return { name: `footprints-${name.replaceAll(/[^\w.-]+/g, "_")}`, svg };
}

async function meanOf(recording: Recorded): Promise<Field> {
  const [, height, width] = recording.shape;
  const projections = createProjections(height, width);
  for await (const { data } of recording.frames()) projections.add(data);
  return { height, width, data: projections.result().mean };
}
