// The step in a pipeline: what lands on the scene, and the rules of its parameters.
import { createHash } from "node:crypto";
import { compile, slots, toDense } from "@minisim/pipeline";
import { createSpecFactory, formatIssue } from "@minisim/spec";
import { cellActivity } from "@minisim/step-cell-activity";
import { describe, expect, test } from "vitest";
import { someCells } from "./some-cells.ts";

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

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
    expect(plan.truth.get("calcium")!.shape).toEqual([3, 100]);
    expect(plan.program.instructions).toEqual([]);
    expect(plan.warnings).toEqual([]);
  });

  test("has calcium as a truth field where light is not linear in it", () => {
    expect(activityOf([[0]], { indicator: "linear" }).plan.truth.has("calcium")).toBe(false);
    const { plan, activity } = activityOf([[0]], { rate_hz: 5, brightness_cv: 0 });
    const calcium = plan.truth.get("calcium")!.data;
    for (const [i, value] of calcium.entries()) {
      expect(value).toBeGreaterThanOrEqual(1);
      expect(activity.C[i]! > 5).toBe(value > 1);
    }
    expect(Math.max(...calcium)).toBeGreaterThan(1.3);
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
    expect(issuesOf({ tau_rise_s: 0.5, tau_decay_s: 0.5 })).toEqual([
      "steps[0].tau_rise_s: must be shorter than tau_decay_s, 0.5 s, by a thousandth at least (got 0.5).",
    ]);
    expect(issuesOf({ tau_rise_s: 0.49, tau_decay_s: 0.5 })).toEqual([]);
    // Beside the indicator's own time constants, too.
    expect(issuesOf({ tau_rise_s: 0.5 })).toEqual([
      "steps[0].tau_rise_s: must be shorter than tau_decay_s, 0.194 s, by a thousandth at least (got 0.5).",
    ]);
    expect(issuesOf({ indicator: "linear", tau_decay_s: 0.05 })).toEqual([
      "steps[0].tau_decay_s: must be longer than tau_rise_s, 0.05 s, by a thousandth at least (got 0.05).",
    ]);
  });

  test("the decay lasts at least a frame", () => {
    expect(issuesOf({ tau_decay_s: 0.5 }, 1.6)).toEqual([
      "steps[0].tau_decay_s: must be at least one frame, 0.625 s (got 0.5).",
    ]);
    expect(issuesOf({ tau_decay_s: 0.5 }, 2)).toEqual([]);
    // An indicator is what it is.
    expect(issuesOf({ indicator: "gcamp8f" }, 5)).toEqual([]);
  });

  test("an indicator needs a resting light", () => {
    expect(issuesOf({ f0: 0 })).toEqual([
      "steps[0].f0: must be more than 0: all light of gcamp6f is a multiple of it (only linear can be dark at rest).",
    ]);
    expect(issuesOf({ f0: 0, indicator: "linear" })).toEqual([]);
  });

  test("the intervals of a burst are no shorter than the refractory time", () => {
    expect(issuesOf({ refractory_s: 0.01 })).toEqual([
      "steps[0].burst_interval_s: must be at least refractory_s, 0.01 s (got 0.006).",
    ]);
  });

  test("defaults are those of CA1 with GCaMP6f", () => {
    const [step] = factory.parse({ steps: [{ kind: "cell_activity" }] }).steps;
    expect(step).toMatchObject({ indicator: "gcamp6f", firing: "bursts", rate_hz: 0.35, f0: 5 });
  });
});

describe("a step of the first edition", () => {
  const first = {
    kind: "cell_activity",
    spike_sim_hz: 200,
    p_quiescent_to_active: 0.02,
    p_active_to_quiescent: 0.2,
    active_rate_hz: 90,
    quiescent_rate_hz: 1,
    tau_rise_s: 0.04,
    tau_decay_s: 0.4,
    brightness_cv: 0.2,
    f0: 2,
    trace_noise: 0.01,
  };
  const spec = (step: object) => ({ spec_version: 1, acquisition, steps: [step] });

  test("is refused, field by field of then, with the command that converts it", () => {
    const result = factory.safeParse({ acquisition, steps: [first] });
    expect(!result.ok && result.issues.map(formatIssue)).toEqual([
      "steps[0].spike_sim_hz: is a field of the first edition of specs, whose light has other units; `minisim migrate FILE` converts it.",
    ]);
  });

  test("becomes a gate and linear light with all that it said", () => {
    const { spec: converted, changes } = factory.migrate(spec(first));
    expect(factory.parse(converted as never).steps[0]).toMatchObject({
      indicator: "linear",
      firing: "gate",
      kinetics_cv: 0,
      response_cv: 0,
      sampling_hz: 200,
      gate_bin_hz: 200,
      gate_p_open: 0.02,
      gate_p_close: 0.2,
      gate_open_rate_hz: 90,
      gate_closed_rate_hz: 1,
      tau_rise_s: 0.04,
      tau_decay_s: 0.4,
      brightness_cv: 0.2,
      f0: 2,
      trace_noise: 0.01,
    });
    expect(changes.filter(({ path }) => path[0] === "steps").map(formatIssue)).toEqual([
      'steps[0].spike_sim_hz: is sampling_hz and gate_bin_hz, with firing "gate" and indicator "linear": the same traces; a spike is timed at the centre of its bin.',
      "steps[0].p_quiescent_to_active: is gate_p_open.",
      "steps[0].p_active_to_quiescent: is gate_p_close.",
      "steps[0].active_rate_hz: is gate_open_rate_hz.",
      "steps[0].quiescent_rate_hz: is gate_closed_rate_hz.",
    ]);
  });

  test("without a field has the defaults of then", () => {
    const { spec: converted } = factory.migrate(spec({ kind: "cell_activity" }));
    expect(factory.parse(converted as never).steps[0]).toMatchObject({
      gate_bin_hz: 300,
      gate_p_open: 0.005,
      gate_p_close: 0.3,
      gate_open_rate_hz: 150,
      gate_closed_rate_hz: 0.6,
      tau_rise_s: 0.05,
      tau_decay_s: 0.5,
      brightness_cv: 0.3,
      f0: 1,
      trace_noise: 0,
    });
  });

  test("makes the traces that it made then, to the byte", () => {
    const { spec: converted } = factory.migrate(spec(first));
    const { kind: _, ...params } = factory.parse(converted as never).steps[0]!;
    const { activity } = activityOf([[0], [1], [2, 1]], params);
    const bytes = new Uint8Array(activity.C.buffer);
    const counts = new Uint8Array(activity.S.buffer);
    // Of the program of the first edition, for this spec and these keys.
    expect(sha256(bytes)).toBe("cda79af0eb8a5283359ba6e20f54ed701fa8421a990f9136e6bc81624edacc86");
    expect(sha256(counts)).toBe("f13a8af740211d6712b35a4625a72c62ebf42a8fbd2ee1b846d472d7e9630e97");
  });
});
