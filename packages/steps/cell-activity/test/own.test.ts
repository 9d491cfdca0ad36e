// Spikes and traces of one's own, in place of the model's.
import { compile, slots, toDense } from "@minisim/pipeline";
import { createSpecFactory, formatIssue } from "@minisim/spec";
import { cellActivity } from "@minisim/step-cell-activity";
import { describe, expect, test } from "vitest";
import { someCells } from "./some-cells.ts";

const steps = [cellActivity, someCells] as const;
const factory = createSpecFactory(steps);
// 20 frames.
const acquisition = { duration_s: 1, fps: 20 };
const input = (count: number, params: object) => ({
  acquisition,
  steps: [
    { kind: "cell_activity" as const, ...params },
    { kind: "some_cells" as const, keys: Array.from({ length: count }, (_, i) => [i]) },
  ],
});

function activityOf(count: number, params: object) {
  const plan = compile(factory.parse(input(count, params)), steps);
  const { C, S, amplitude, spike_times_s } = plan.scene.get(slots.activity)!;
  return { plan, C: toDense(C), S: toDense(S), amplitude, spike_times_s };
}

function issuesOf(params: object) {
  const result = factory.safeParse(input(1, params));
  return (result.ok ? result.warnings : result.issues).map(formatIssue);
}

describe("spikes", () => {
  const spike_times_s = [[0.51, 0.12, 0.13], [], [-0.2, 0.999]];

  test("are those of the truth, cell by cell in time's order; cells without a list are silent", () => {
    const { S, spike_times_s: truth } = activityOf(4, { spike_times_s });
    expect([...truth.offsets]).toEqual([0, 3, 3, 4, 4]);
    for (const [i, time] of [0.12, 0.13, 0.51, 0.999].entries()) {
      expect(truth.data[i]).toBeCloseTo(time, 9);
    }
    const frames = [...S.keys()]
      .filter((i) => S[i]! > 0)
      .map((i) => [Math.floor(i / 20), i % 20, S[i]]);
    expect(frames).toEqual([
      [0, 2, 2],
      [0, 10, 1],
      [2, 19, 1],
    ]);
  });

  test("make the light of the indicator, and one before frame 0 leaves its calcium", () => {
    const sharp = { kinetics_cv: 0, response_cv: 0, brightness_cv: 0 };
    const { C } = activityOf(3, { spike_times_s, ...sharp });
    const rise = (cell: number, frame: number) => C[20 * cell + frame]! / 5 - 1;
    expect(rise(0, 1)).toBe(0);
    // Two spikes of GCaMP6f, each 0.19, and half of a decay later (single-spike values of its table).
    expect(rise(0, 5)).toBeGreaterThan(0.3);
    expect(rise(1, 5)).toBe(0);
    expect(rise(2, 0)).toBeGreaterThan(0.05);
  });

  test("move no draw of the cells: brightness is that of the model", () => {
    const own = activityOf(3, { spike_times_s });
    expect(own.amplitude).toEqual(activityOf(3, {}).amplitude);
    const gated = activityOf(3, { spike_times_s, firing: "gate" });
    expect(gated.C).toEqual(own.C);
  });

  test("beyond the end are left out and told of; all of them are an error", () => {
    expect(issuesOf({ spike_times_s: [[0.5, 1, 30]] })).toEqual([
      "steps[0].spike_times_s: has 2 of 3 spikes after the end of the recording, 1 s; they are left out.",
    ]);
    expect([...activityOf(1, { spike_times_s: [[0.5, 1, 30]] }).spike_times_s.offsets]).toEqual([
      0, 1,
    ]);
    expect(issuesOf({ spike_times_s: [[500], [1200]] })).toEqual([
      "steps[0].spike_times_s: has all of its spikes after the end of the recording, 1 s. Times are in seconds from the start of frame 0.",
    ]);
    expect(issuesOf({ spike_times_s: [] })).toEqual([]);
  });

  test("of more cells than there are, are not used and told of", () => {
    const { plan } = activityOf(2, { spike_times_s });
    expect(plan.warnings.map(({ code, message }) => [code, message])).toEqual([
      [
        "own_without_cell",
        "3 cells have spikes of your own, but there are 2 cells: the last 1 are not used.",
      ],
    ]);
  });
});

describe("traces", () => {
  const ramp = Array.from({ length: 20 }, (_, t) => t / 10);

  test("are the light: gain · f0 · (1 + ΔF/F₀), without spikes; cells without a list rest", () => {
    const { C, S, amplitude, plan } = activityOf(2, { dff: [ramp], f0: 3 });
    for (const [t, dff] of ramp.entries()) {
      expect(C[t]).toBeCloseTo(amplitude[0]! * 3 * (1 + dff), 12);
    }
    for (let t = 0; t < 20; t++) expect(C[20 + t]).toBe(amplitude[1]! * 3);
    expect(S.every((count) => count === 0)).toBe(true);
    expect(plan.truth.has("calcium")).toBe(false);
    expect(amplitude).toEqual(activityOf(2, {}).amplitude);
  });

  test("have a value for each frame, and a light to be a share of", () => {
    expect(issuesOf({ dff: [ramp, [1, 2]] })).toEqual([
      "steps[0].dff: must have one value for each frame, 20 (that of cell 1 has 2).",
    ]);
    expect(issuesOf({ dff: [ramp], f0: 0, indicator: "linear" })).toEqual([
      "steps[0].f0: must be more than 0: all light of your traces is a multiple of it (only linear can be dark at rest).",
    ]);
    expect(issuesOf({ dff: [ramp], spike_times_s: [[0.1]] })).toEqual([
      "steps[0].dff: cannot stand beside spike_times_s: light is of one or of the other.",
    ]);
    expect(issuesOf({ dff: [[...ramp.slice(1), -1.5]] })[0]).toMatch(
      /^steps\[0\]\.dff\[0\]\[19\]: /,
    );
  });
});

test("a spec takes a million numbers", () => {
  const many = { spike_times_s: [Array.from({ length: 1_000_001 }, (_, i) => i * 9e-7)] };
  expect(issuesOf(many)).toEqual([
    "steps[0].spike_times_s: has 1000001 numbers; a spec, which every recording carries, takes 1000000.",
  ]);
});
