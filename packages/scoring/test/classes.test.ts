// Estimates whose faults are planted get the classes that a hand would give them.
import { type Footprint, FootprintStack } from "@minisim/footprint";
import { GroundTruth, nd } from "@minisim/recording";
import { type EstimateClass, type Report, type ScoreOptions, score } from "@minisim/scoring";
import { makeRecording } from "@minisim/testing";
import { beforeAll, describe, expect, test } from "vitest";
import { observedInView } from "../src/observed-in-view.ts";
import {
  blob,
  cutAt,
  energyMasked,
  flatDisc,
  gaussian,
  half,
  merged,
  movedBy,
  redrawn,
} from "./drawings.ts";
import { bright, crowded } from "./support.ts";

/** 50 detectable cells in a field of 256 × 256 px. */
let truth: GroundTruth;
let cells: FootprintStack;
let few: GroundTruth;
beforeAll(async () => {
  ({ ground_truth: truth } = await makeRecording({
    n_cells: 50,
    n_px: 256,
    duration_s: 10,
    sensor: { photons_per_um2_s: 2000 },
  }));
  expect(truth.n_detectable).toBe(50);
  cells = observedInView(truth);
  few = (await bright()).ground_truth;
});

const still = { footprint_shift: null } as const;
const scored = (
  footprints: readonly Footprint[],
  of: GroundTruth = truth,
  options: ScoreOptions = still,
): Report =>
  score({ footprints: FootprintStack.from(footprints, observedInView(of).canvas) }, of, options);

const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, k) => from + k);
const classesOf = ({ estimates }: Report): EstimateClass[] => estimates.map((row) => row.class);
const present = (counts: object) =>
  Object.fromEntries(Object.entries(counts).filter(([, n]) => n > 0));

const DRAWINGS: readonly (readonly [string, (stack: FootprintStack) => FootprintStack])[] = [
  ["as cells look", (stack) => stack],
  ["cut at half their peak", (stack) => redrawn(stack, cutAt(0.5))],
  ["as masks of 90 % of their light", energyMasked],
  ["half as wide again", (stack) => redrawn(stack, gaussian(1.5, stack.canvas))],
];

describe.each(DRAWINGS)("drawn %s", (_, draw) => {
  test("20 good cells, 10 in halves, 10 pairs in one, and 10 missed are told as such", () => {
    const drawn = draw(cells);
    // Neighbours on the grid of cells: 30 and 31, 32 and 33, …
    const pairs = numbers(0, 5).map((k) => [30 + 2 * k, 31 + 2 * k]);
    const good = numbers(0, 20).map((cell) => drawn.at(cell));
    const halves = numbers(20, 30).flatMap((cell) => [
      half("upper")(drawn.at(cell)),
      half("lower")(drawn.at(cell)),
    ]);
    const report = scored([...good, ...halves, ...pairs.map((pair) => merged(drawn, pair))]);
    expect(present(report.estimate_classes)).toEqual({ found: 20, split: 20, merged: 5 });
    expect(present(report.cell_classes)).toEqual({ found: 20, split: 10, merged: 10, missed: 10 });
    expect(classesOf(report).slice(20, 40)).toEqual(new Array(20).fill("split"));
    for (const [k, cell] of numbers(20, 30).entries()) {
      expect([...report.cells[cell]!.drawn_by].sort((a, b) => a - b)).toEqual([
        20 + 2 * k,
        21 + 2 * k,
      ]);
    }
    for (const [k, [a, b]] of pairs.entries()) {
      const made = report.estimates[40 + k]!;
      expect(made.composition.map(({ cell }) => cell).sort((x, y) => x - y)).toEqual([a, b]);
      // Two cells of one depth and shape: half of the light each, but for their unevenness.
      for (const { share } of made.composition) expect(Math.abs(share - 0.5)).toBeLessThan(0.1);
      expect(report.cells[a!]).toMatchObject({
        class: "merged",
        merged_with: [b],
        drawn_by: [40 + k],
      });
      expect(report.cells[b!]).toMatchObject({
        class: "merged",
        merged_with: [a],
        drawn_by: [40 + k],
      });
    }
  });
});

test("halves of every cell of a crowd, 9 px apart at a σ of 3.4 to 4.6 px, are split", async () => {
  const crowd = (await crowded()).ground_truth;
  const drawn = observedInView(crowd);
  const parts = numbers(0, 16).flatMap((cell) => [
    half("upper")(drawn.at(cell)),
    half("lower")(drawn.at(cell)),
  ]);
  // One of the sixteen is too faint to count as detectable; it is halved like the others.
  const report = scored(parts, crowd, { ...still, restrict_to_detectable: false });
  expect(present(report.estimate_classes)).toEqual({ split: 32 });
  expect(present(report.cell_classes)).toEqual({ split: 16 });
});

test("copies are redundant, whichever of them is taken", () => {
  const report = scored([4, 4, 9, 4].map((cell) => cells.at(cell)));
  expect(classesOf(report).sort()).toEqual(["found", "found", "redundant", "redundant"]);
  expect(report.estimates[2]!.class).toBe("found");
  expect(report.best_match).toEqual({ n_cells_matched: 2, n_estimates_matched: 4 });
  expect(report.n_matched).toBe(2);
});

test("a part of a found cell is redundant, a lone half partial", () => {
  const upper = half("upper");
  expect(classesOf(scored([cells.at(4), upper(cells.at(4)), upper(cells.at(9))]))).toEqual([
    "found",
    "redundant",
    "partial",
  ]);
});

test("a shift of a few pixels is still the cell; by twice its width it is none", () => {
  const shifted = (dx: number) =>
    score({ footprints: movedBy(observedInView(few), 0, dx) }, few, still);
  for (const dx of [1, 2, 3]) expect(present(shifted(dx).estimate_classes)).toEqual({ found: 12 });
  // σ is 3.4 to 3.7 px; three of the twelve then lie beside another cell.
  expect(present(shifted(8).estimate_classes)).toEqual({ hallucinated: 9, partial: 3 });
});

test("blobs over nothing are hallucinated", () => {
  const { canvas } = cells;
  // Cells lie in the middle 70 % of the field.
  const edge = [10, 60, 110, 160, 210].flatMap((x) => [
    blob(canvas, 8, x, 4),
    blob(canvas, 246, x, 7),
  ]);
  const report = scored([cells.at(0), ...edge]);
  expect(present(report.estimate_classes)).toEqual({ found: 1, hallucinated: 10 });
  expect(report.cell_classes.missed).toBe(49);
});

test("a flat disc of 4 σ is not taken for a merge, for there is one cell in it", () => {
  const single = observedInView(few);
  const discs = score({ footprints: redrawn(single, flatDisc(4, single.canvas)) }, few, still);
  expect(present(discs.estimate_classes)).toEqual({ found: 12 });
});

test("three cells in one are all of them", () => {
  const report = scored([merged(cells, [10, 11, 12])]);
  expect(report.estimates[0]!.class).toBe("merged");
  expect(report.cells[11]!.merged_with).toEqual([10, 12]);
});

test("a cell with an estimate of its own is found, though it is in a merged one, too", () => {
  const report = scored([cells.at(10), merged(cells, [10, 11])]);
  expect(classesOf(report)).toEqual(["found", "merged"]);
  expect(report.cells[10]).toMatchObject({ class: "found", drawn_by: [0, 1], merged_with: [] });
  expect(report.cells[11]).toMatchObject({ class: "merged", merged_with: [10] });
});

test("a real cell that does not count is excused, its copy redundant", () => {
  const detectable = nd(
    Uint8Array.from({ length: 50 }, (_, cell) => (cell === 7 ? 0 : 1)),
    [50],
  );
  const dim = new GroundTruth({ ...truth.input(), detectable });
  const report = scored([cells.at(7), cells.at(7), cells.at(8)], dim);
  expect(report).toMatchObject({ n_matched: 1, n_excused: 1, n_est: 3 });
  expect(classesOf(report).sort()).toEqual(["excused", "found", "redundant"]);
  // Only cells that count are counted.
  expect(report.cell_classes).toMatchObject({ found: 1, missed: 48 });
});

test("every estimate and every cell that counts has a class, whatever is estimated", () => {
  const report = scored([
    ...numbers(0, 12).map((k) => blob(cells.canvas, 20 * k, 17 * k, 2 + k)),
    cells.at(3),
  ]);
  const total = (counts: object) => Object.values(counts).reduce((sum, n) => sum + n, 0);
  expect(total(report.estimate_classes)).toBe(report.n_est);
  expect(total(report.cell_classes)).toBe(report.n_true);
  expect(total(report.missed_because)).toBe(report.cell_classes.missed);
  for (const { composition } of report.estimates) {
    const shares = composition.map(({ share }) => share);
    expect(shares).toEqual([...shares].sort((a, b) => b - a));
  }
});

describe("a missed cell says what makes it hard", () => {
  const reasons = (ground_truth: GroundTruth) => {
    const { height, width } = observedInView(ground_truth).canvas;
    const nothing = { footprints: { shape: [0, height, width], data: [] } };
    const { cells } = score(nothing, ground_truth, { restrict_to_detectable: false });
    return cells.map(({ missed_because }) => missed_because);
  };
  const positions_um = [
    [50, 0, 0],
    [50, 30, 30],
    [50, -64, -64],
    [50, 30, 31],
    [50, 31, 30],
  ];
  const five = (more: object = {}) =>
    makeRecording({
      n_px: 128,
      population: { soma_radius_um: 5, positions_um },
      sensor: { photons_per_um2_s: 1000 },
      ...more,
    });

  test("alone and bright, crowded, out of the field", async () => {
    const { ground_truth } = await five({ activity: { brightness_cv: 0, rate_hz: 16 } });
    const found = reasons(ground_truth);
    expect(found[0]).toBe("unexplained");
    // Three cells a micrometre apart share their light: two of them at least have less than half.
    const stacked = [found[1], found[3], found[4]];
    expect(stacked.filter((reason) => reason === "crowded").length).toBeGreaterThanOrEqual(2);
    // A quarter of a cell in the corner.
    expect(found[2]).toBe("out_of_field");
  });

  test("silent", async () => {
    const { ground_truth } = await five({ activity: { silent_fraction: 1 } });
    const rest = ["silent", "silent"];
    expect(reasons(ground_truth)).toEqual(["silent", "silent", "out_of_field", ...rest]);
  });

  test("dim", async () => {
    const { ground_truth } = await five({ sensor: { photons_per_um2_s: 5 } });
    expect(reasons(ground_truth)[0]).toBe("dim");
  });
});
