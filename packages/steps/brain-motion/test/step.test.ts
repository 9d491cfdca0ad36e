// What the compiled step leaves: a margin, shifts in the truth, a translation in the program; and its rules.
import { compile, facts } from "@minisim/pipeline";
import { createSpecFactory } from "@minisim/spec";
import { brainMotion } from "@minisim/step-brain-motion";
import { describe, expect, test } from "vitest";
import oracle from "./fixtures/brain-motion.json" with { type: "json" };

const steps = [brainMotion];
const { parse, safeParse } = createSpecFactory(steps);
// 2 µm pixels, 256 of them: a field of 512 µm
const acquisition = { image_sensor: { pixel_pitch_um: 16 }, fps: 10, duration_s: 0.5 };
const input = (own: object) => ({ acquisition, steps: [{ kind: "brain_motion", ...own }] });
const planOf = (own: object, seed = 0) => compile(parse({ ...input(own), seed }), steps);
const issuesOf = (own: object) => {
  const result = safeParse(input(own));
  const issues = result.ok ? result.warnings : result.issues;
  return issues.map(({ severity, code, path }) => [severity, code, path.slice(2).join(".")]);
};

test("has the defaults of the reference, which never rests", () => {
  const { kind, ...defaults } = oracle.defaults;
  expect(brainMotion.kind).toBe(kind);
  expect(brainMotion.params.parse({})).toMatchObject({ ...defaults, rest_s: 0 });
});

test("translates by the truth and crops to the FOV", () => {
  const { program, truth, scene } = planOf({});
  // ⌈15 µm / 2 µm⌉ + 1
  expect(scene.get(facts.margin_px)).toBe(9);
  expect(truth.get("shifts")?.shape).toEqual([5, 2]);
  const shifts = truth.get("shifts")!.data;
  expect(program.instructions).toEqual([{ verb: "translate", shifts }]);
  expect(program.stages.at(-1)?.space).toBe("fov");
});

test("is the same again with the same seed and another with another", () => {
  const shiftsOf = (seed: number) => planOf({}, seed).truth.get("shifts")!.data;
  expect(shiftsOf(1)).toEqual(shiftsOf(1));
  expect(shiftsOf(1)).not.toEqual(shiftsOf(2));
});

test("takes a trajectory as it is, in pixels, with the margin that it needs", () => {
  const trajectory_um = [
    [0, 0],
    [1, -30],
    [2, 7],
    [-3, 0],
    [0, 0.5],
  ];
  const { truth, scene } = planOf({ trajectory_um });
  expect(scene.get(facts.margin_px)).toBe(16);
  expect(truth.get("shifts")!.data).toEqual(
    Float64Array.of(0, 0, 0.5, -15, 1, 3.5, -1.5, 0, 0, 0.25),
  );
});

test("walks in steps of the size asked for", () => {
  const shifts = planOf({ model: "walk", walk_step_um: 0 }).truth.get("shifts")!.data;
  expect(shifts).toEqual(new Float64Array(10));
  const moving = planOf({ model: "walk" }).truth.get("shifts")!.data;
  expect(new Set(moving).size).toBe(9);
});

test("rests by a factor a frame: a bout moves the tissue as an animal does that never rests", () => {
  const long = { acquisition: { ...acquisition, duration_s: 300 } };
  const shiftsOf = (own: object) => {
    const spec = parse({ ...long, steps: [{ kind: "brain_motion", ...own }] });
    return compile(spec, steps).truth.get("shifts")!.data;
  };
  const always = shiftsOf({});
  const inBouts = shiftsOf({ rest_s: 12, rest_fraction: 0.1 });
  const levels = Array.from(always.subarray(2), (shift, i) => inBouts[i + 2]! / shift);
  for (let i = 0; i < levels.length; i += 2) expect(levels[i]).toBeCloseTo(levels[i + 1]!, 9);
  expect(Math.min(...levels)).toBeGreaterThanOrEqual(0.1 - 1e-9);
  expect(Math.max(...levels)).toBeGreaterThan(0.99);
  expect(shiftsOf({ rest_s: 12, rest_fraction: 1 })).toEqual(always);
});

describe("rules", () => {
  test.each([
    [{}, []],
    [{ motion_amplitude_um: 16 }, [["error", "motion_amplitude", "motion_amplitude_um"]]],
    [{ motion_amplitude_um: 16, model: "walk" }, []],
    [{ trajectory_um: [[0, 0]] }, [["error", "trajectory_length", "trajectory_um"]]],
    [{ max_shift_um: 26 }, [["warning", "large_motion", "max_shift_um"]]],
    [
      {
        trajectory_um: [
          [0, 0],
          [0, 0],
          [20, 20],
          [0, 0],
          [0, 0],
        ],
      },
      [["warning", "large_motion", "trajectory_um"]],
    ],
    [{ resonance_freq_hz: 50, damping_ratio: 5 }, [["error", "stiff_oscillator", "damping_ratio"]]],
  ])("%j", (own, expected) => {
    expect(issuesOf(own)).toEqual(expected);
  });

  test.each([
    ["model", "swim"],
    ["locomotion_fraction", 1.5],
    ["damping_ratio", 0],
    ["max_shift_um", -1],
    ["locomotion_axis", "z"],
  ])("refuses %s = %s", (field, value) => {
    const result = safeParse(input({ [field]: value }));
    expect(result.ok ? [] : result.issues.map(({ path }) => path)).toEqual([["steps", 0, field]]);
  });
});
