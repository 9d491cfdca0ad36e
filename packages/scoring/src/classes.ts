// What became of every estimate and of every true cell: found, split, merged, … A class for each.
import type { Comparison } from "./comparison.ts";
import { type SparseCells, sparseCells } from "./metrics/cells.ts";
import { type Composition, compositionsOf } from "./metrics/composition.ts";
import { commonPart, type Drawn, drawnPart } from "./metrics/coverage.ts";
import { brightnessUnder } from "./metrics/light.ts";

export const ESTIMATE_CLASSES = [
  "found",
  "split",
  "merged",
  "redundant",
  "partial",
  "excused",
  "hallucinated",
] as const;
/**
 * - `found`: matched, and most of the cell is drawn.
 * - `split`: a part of a cell of which another estimate draws another part.
 * - `merged`: light of several cells.
 * - `redundant`: a cell, or a part of it, that another estimate draws already.
 * - `partial`: a part of a cell, or beside it, and nobody draws the rest.
 * - `excused`: a real cell that is not in the denominator.
 * - `hallucinated`: no cell looks like it.
 */
export type EstimateClass = (typeof ESTIMATE_CLASSES)[number];

export const CELL_CLASSES = ["found", "split", "merged", "partial", "missed"] as const;
/** As those of the estimates that draw it. */
export type CellClass = (typeof CELL_CLASSES)[number];

export interface EstimateVerdict {
  readonly class: EstimateClass;
  /** The true cells that it is made of, by descending share of its light. */
  readonly composition: Composition["cells"];
  /** 0 to 1: the share of its energy that these explain, drawn as the tool draws. */
  readonly explained: number;
  /** 0 to 1: how much it draws of the core of the first of them; null without. */
  readonly coverage: number | null;
}

export interface CellVerdict {
  readonly class: CellClass;
  /** The estimates that draw it, alone or with others, by descending coverage. */
  readonly drawn_by: readonly number[];
  /** The cells that are in one estimate with it, ascending; none unless its class is merged. */
  readonly merged_with: readonly number[];
}

export interface Verdicts {
  readonly estimates: readonly EstimateVerdict[];
  readonly cells: readonly CellVerdict[];
}

/** Of a cell's core, from which most of the cell is drawn. Half a cell, cut along a row of pixels, draws up to 0.56. */
const MOST = 0.6;
/** Of the smaller of two drawings of one cell, from which the two draw the same. */
const SAME = 0.5;
/** Two parts of one cell draw no more than the whole of its core together, and what is common to two halves of a few pixels. */
const MOST_OF_TWO_PARTS = 1.2;
/** What one cell, and what several cells, must explain of a footprint to be it: half a cell explains half, a quarter a quarter. */
const EXPLAINED = { one: 0.25, several: 0.5 };
/** The mean brightness, in units of a cell's peak, where a footprint lies: below it, it does not lie on the cell. */
const ON_CELL = 0.25;

/**
 * `paired`: for each estimate the true cell that it matches or that excuses it, `best`: the one that it is most alike, or −1. Pairing one
 * to one pushes an estimate whose cell is taken on to a neighbour: where the two differ, what the estimate is made of decides.
 */
export function verdictsOf(comparison: Comparison, paired: Int32Array, best: Int32Array): Verdicts {
  const { input, truth, counts, shift } = comparison;
  const scene = {
    estimate: sparseCells(input.footprints, shift),
    cells: sparseCells(truth),
    counts,
  };
  const starts = paired.map((cell, j) => (cell === best[j] ? cell : -1));
  const compositions = composed(comparison, scene.estimate, paired, starts);
  const drafts = compositions.map((composition, j) =>
    draftOf(scene, composition, { estimate: j, paired: paired[j]!, start: starts[j]! }),
  );
  const families = familiesOf(reclaimed(scene, drafts));
  const classes = new Map(
    [...families].flatMap(([cell, family]) => familyClasses(family, counts[cell] === 1)),
  );
  const estimates = drafts.map(({ estimate: j, composition, drawn, kind }) => ({
    class: kind === "single" ? classes.get(j)! : kind,
    composition: composition.cells,
    explained: composition.explained,
    coverage: drawn?.coverage ?? null,
  }));
  return { estimates, cells: cellVerdicts(drafts, estimates, truth.length) };
}

interface Scene {
  readonly estimate: SparseCells;
  readonly cells: SparseCells;
  readonly counts: Uint8Array;
}

function draftOf(
  { estimate, cells }: Scene,
  composition: Composition,
  { estimate: j, paired, start }: { readonly [K in "estimate" | "paired" | "start"]: number },
): Draft {
  const home = start >= 0 ? start : (composition.cells[0]?.cell ?? null);
  const base = { estimate: j, composition, home, isPaired: home !== null && home === paired };
  if (home === null) return { ...base, drawn: null, kind: "hallucinated" };
  const drawn = drawnPart(estimate, j, cells, home);
  const onCell = brightnessUnder(estimate, j, cells, home);
  if (!base.isPaired && !isLike(composition) && onCell < ON_CELL) {
    return { ...base, drawn, kind: "hallucinated" };
  }
  const covers = ({ cell }: { readonly cell: number }) =>
    drawnPart(estimate, j, cells, cell).coverage >= MOST;
  const whole = composition.cells.length > 1 ? composition.cells.filter(covers) : [];
  const isMerged = isLike(composition) && whole.length > 1;
  return { ...base, drawn, kind: isMerged ? "merged" : "single" };
}

/**
 * A part of a cell may lie on a dim one that excuses it. Where another estimate draws the other part of the cell whose light it mostly
 * lies in, it is a part of that cell all the same.
 */
function reclaimed({ estimate, cells, counts }: Scene, drafts: Draft[]): Draft[] {
  const leaders = new Map<number, Draft>();
  for (const draft of drafts) {
    if (draft.isPaired && draft.kind === "single" && counts[draft.home!] === 1) {
      leaders.set(draft.home!, draft);
    }
  }
  for (const [j, draft] of drafts.entries()) {
    if (draft.kind !== "single" || !draft.isPaired || counts[draft.home!] === 1) continue;
    for (const [cell, leader] of leaders) {
      if (brightnessUnder(estimate, j, cells, cell) < ON_CELL) continue;
      const drawn = drawnPart(estimate, j, cells, cell);
      const both = drawn.coverage + leader.drawn!.coverage;
      if (commonPart(drawn, leader.drawn!) >= SAME || both > MOST_OF_TWO_PARTS) continue;
      drafts[j] = { ...draft, home: cell, drawn, isPaired: false };
      break;
    }
  }
  return drafts;
}

/** Of the cells that count, and of those that excuse an estimate: others are too dim to be drawn, and there may be many. */
function composed(
  { truth, counts }: Comparison,
  estimate: SparseCells,
  paired: Int32Array,
  starts: Int32Array,
): Composition[] {
  const excusing = new Set(paired);
  const candidates = [...counts.keys()].filter((cell) => counts[cell] === 1 || excusing.has(cell));
  const places = new Map(candidates.map((cell, place) => [cell, place]));
  const found = compositionsOf(estimate, sparseCells(truth.select(candidates)), {
    starts: starts.map((cell) => places.get(cell) ?? -1),
    addable: Uint8Array.from(candidates, (cell) => counts[cell]!),
  });
  return found.map(({ cells, explained }) => ({
    cells: cells.map(({ cell, share }) => ({ cell: candidates[cell]!, share })),
    explained,
  }));
}

interface Draft {
  readonly estimate: number;
  readonly composition: Composition;
  /** The cell that it is, or mostly is. */
  readonly home: number | null;
  readonly drawn: Drawn | null;
  readonly isPaired: boolean;
  readonly kind: "single" | "merged" | "hallucinated";
}

const isLike = ({ cells, explained }: Composition): boolean =>
  cells.length > 0 && explained >= (cells.length > 1 ? EXPLAINED.several : EXPLAINED.one);

/** The estimates that are each one cell, by that cell. */
function familiesOf(drafts: readonly Draft[]): Map<number, Draft[]> {
  const families = new Map<number, Draft[]>();
  for (const draft of drafts) {
    if (draft.kind !== "single") continue;
    const family = families.get(draft.home!);
    if (family) family.push(draft);
    else families.set(draft.home!, [draft]);
  }
  return families;
}

/** Of the estimates of one cell: they are told by the one that matches it, else by the one that draws most of it. */
function familyClasses(family: readonly Draft[], counts: boolean): [number, EstimateClass][] {
  const byCoverage = [...family].sort((a, b) => b.drawn!.coverage - a.drawn!.coverage);
  const leader = byCoverage.find(({ isPaired }) => isPaired) ?? byCoverage[0]!;
  const others = family.filter((draft) => draft !== leader);
  const isOtherPart = (draft: Draft) => commonPart(draft.drawn!, leader.drawn!) < SAME;
  const led = others.map((draft): [number, EstimateClass] => [
    draft.estimate,
    isOtherPart(draft) ? "split" : "redundant",
  ]);
  return [[leader.estimate, leaderClass(leader, others.some(isOtherPart), counts)], ...led];
}

function leaderClass({ isPaired, drawn }: Draft, isSplit: boolean, counts: boolean): EstimateClass {
  if (isPaired && !counts) return "excused";
  if (isSplit) return "split";
  return isPaired && drawn!.coverage >= MOST ? "found" : "partial";
}

function cellVerdicts(
  drafts: readonly Draft[],
  estimates: readonly EstimateVerdict[],
  count: number,
): CellVerdict[] {
  const alone: number[][] = Array.from({ length: count }, () => []);
  const together: number[][] = Array.from({ length: count }, () => []);
  for (const { estimate, kind, home, composition } of drafts) {
    if (kind === "single") alone[home!]!.push(estimate);
    if (kind === "merged") for (const { cell } of composition.cells) together[cell]!.push(estimate);
  }
  const coverage = (j: number) => estimates[j]!.coverage ?? 0;
  return alone.map((own, cell): CellVerdict => {
    const has = (...wanted: EstimateClass[]) =>
      own.some((j) => wanted.includes(estimates[j]!.class));
    const shared = together[cell]!;
    const verdict = has("split")
      ? "split"
      : has("found", "excused")
        ? "found"
        : own.length > 0
          ? "partial"
          : shared.length > 0
            ? "merged"
            : "missed";
    const partners = new Set(
      shared.flatMap((j) => estimates[j]!.composition.map((one) => one.cell)),
    );
    partners.delete(cell);
    return {
      class: verdict,
      drawn_by: [...own.sort((a, b) => coverage(b) - coverage(a)), ...shared],
      merged_with: verdict === "merged" ? [...partners].sort((a, b) => a - b) : [],
    };
  });
}
