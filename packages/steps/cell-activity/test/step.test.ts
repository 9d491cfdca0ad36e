// The step in a pipeline: what lands on the scene, and the rules of its parameters.
import { compile, defineStep, slots, toDense } from "@minisim/pipeline";
import { createSpecFactory, formatIssue } from "@minisim/spec";
import { cellActivity } from "@minisim/step-cell-activity";
import { describe, expect, test } from "vitest";
import { z } from "zod";

const nothing = { row: 0, col: 0, height: 0, width: 0, data: new Float32Array(0) };

/** Stands for placement: cells with nothing but keys. */
const someCells = defineStep({
  kind: "some_cells",
  revision: 1,
  domain: "cell",
  before: ["cell_activity"],
  summary: "Adds cells.",
  sources: [],
  params: z.strictObject({ keys: z.array(z.array(z.number())) }),
  compile({ params }) {
    const cells = params.keys.map((key) => ({
      key,
      position_um: [0, 0, 0] as const,
      planted: nothing,
    }));
    return { put: slots.cells.of(cells) };
  },
});

const steps = [cellActivity, someCells] as const;
const factory = createSpecFactory(steps);
const acquisition = { duration_s: 5 };

function activityOf(keys: number[][], params: object = {}, seconds = 5) {
  const spec = factory.parse({
    acquisition: { duration_s: seconds },
    steps: [
      { kind: "cell_activity", ...params },
      { kind: "some_cells", keys },
    ],
  });
  const plan = compile(spec, steps);
  const { C, S, ...columns } = plan.scene.get(slots.activity)!;
  return { plan, activity: { ...columns, C: toDense(C), S: toDense(S) } };
}

function issuesOf(params: object, fps = 20) {
  const result = factory.safeParse({
    acquisition: { ...acquisition, fps },
    steps: [{ kind: "cell_activity", ...params }],
  });
  return result.ok ? [] : result.issues.map(formatIssue);
}

describe("the scene", () => {
  test("has every column, cell × frame, and no instruction", () => {
    const { plan, activity } = activityOf([[0], [1], [2]]);
    expect(activity.C.length).toBe(300);
    expect(activity.S.length).toBe(300);
    expect(activity.amplitude.length).toBe(3);
    expect(activity.spike_times_s.offsets.length).toBe(4);
    expect(plan.program.instructions).toEqual([]);
    expect(plan.warnings).toEqual([]);
  });

  test("gives a cell the same life whatever other cells there are", () => {
    const alone = activityOf([[7, 3]]).activity;
    const among = activityOf([[1], [7, 3], [9]]).activity;
    expect(among.C.slice(100, 200)).toEqual(alone.C);
    expect(among.S.slice(100, 200)).toEqual(alone.S);
    expect(among.amplitude[1]).toBe(alone.amplitude[0]);
    expect(among.C.slice(0, 100)).not.toEqual(alone.C);
  });

  test("begins the same however long the recording", () => {
    const long = activityOf([[0]], { trace_noise: 0.1 }, 9).activity;
    const short = activityOf([[0]], { trace_noise: 0.1 }).activity;
    expect(long.C.slice(0, 100)).toEqual(short.C);
    const { data } = short.spike_times_s;
    expect(long.spike_times_s.data.slice(0, data.length)).toEqual(data);
  });

  test("without cells has empty columns", () => {
    const { activity } = activityOf([]);
    expect([activity.C.length, activity.S.length, activity.amplitude.length]).toEqual([0, 0, 0]);
    expect([...activity.spike_times_s.offsets]).toEqual([0]);
  });
});

describe("the rules", () => {
  test("the rise is shorter than the decay", () => {
    expect(issuesOf({ tau_rise_s: 0.5 })).toEqual([
      "steps[0].tau_rise_s: must be shorter than tau_decay_s, 0.5 s, by a thousandth at least (got 0.5).",
    ]);
    expect(issuesOf({ tau_rise_s: 0.49 })).toEqual([]);
  });

  test("the decay lasts at least a frame", () => {
    expect(issuesOf({}, 1.6)).toEqual([
      "steps[0].tau_decay_s: must be at least one frame, 0.625 s (got 0.5).",
    ]);
    expect(issuesOf({}, 2)).toEqual([]);
  });

  test("defaults are those of the reference", () => {
    const [step] = factory.parse({ steps: [{ kind: "cell_activity" }] }).steps;
    expect(step).toEqual({
      kind: "cell_activity",
      spike_sim_hz: 300,
      p_quiescent_to_active: 0.005,
      p_active_to_quiescent: 0.3,
      active_rate_hz: 150,
      quiescent_rate_hz: 0.6,
      tau_rise_s: 0.05,
      tau_decay_s: 0.5,
      brightness_cv: 0.3,
      f0: 1,
      trace_noise: 0,
    });
  });
});
