// Rules between fields: they see everything that is not broken, and say nothing about what is.
import { createSpecFactory, formatIssue, quantity, type StepSchema } from "@minisim/spec";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { factory } from "./fake-steps.ts";

function codes(input: unknown): string[] {
  const result = factory.safeParse(input);
  const issues = result.ok ? result.warnings : result.issues;
  return issues.map(({ severity, code, path }) => `${severity} ${code} ${path.join(".")}`);
}

const tooFast = { kind: "cell_activity", tau_rise_s: 0.6 };
const activity = (fields: object, acquisition: object = {}) => ({
  acquisition,
  steps: [{ kind: "optics" }, { kind: "cell_activity", ...fields }],
});

describe("alone", () => {
  test("a rule of a step points into the list as the user wrote it", () => {
    expect(codes(activity({ tau_rise_s: 0.6 }))).toEqual([
      "error rise_not_below_decay steps.1.tau_rise_s",
    ]);
  });

  test("a rule sees the acquisition and its geometry", () => {
    expect(codes(activity({}, { fps: 1 }))).toEqual([
      "error decay_below_frame steps.1.tau_decay_s",
    ]);
    const steps = [{ kind: "place_neurons", soma_radius_um: 48.1 }];
    expect(codes({ steps })).toEqual(["error soma_larger_than_fov steps.0.soma_radius_um"]); // FOV 96 µm
    expect(codes({ steps: [{ kind: "place_neurons", soma_radius_um: 48 }] })).toEqual([]);
  });

  test("a warning lets the spec pass", () => {
    const input = {
      acquisition: { focal_depth_in_tissue_um: 300 },
      steps: [{ kind: "place_neurons" }],
    };
    const result = factory.safeParse(input);
    expect(result).toMatchObject({
      ok: true,
      warnings: [{ severity: "warning", code: "focus_outside" }],
    });
    expect(factory.parse(input).acquisition.focal_depth_in_tissue_um).toBe(300);
  });

  test("errors come before warnings", () => {
    const acquisition = { focal_depth_in_tissue_um: 300 };
    expect(codes({ acquisition, steps: [{ kind: "place_neurons" }, tooFast] })).toEqual([
      "error rise_not_below_decay steps.1.tau_rise_s",
      "warning focus_outside steps.0.depth_range_um",
    ]);
  });
});

describe("together with broken fields", () => {
  test("unrelated breakage hides nothing: all errors at once", () => {
    const input = {
      seed: "x",
      colour: 1,
      acquisition: { focal_depth_in_tissue_um: 300, duration_s: 0.01, optics: { na: -1 } },
      steps: [
        7,
        { kind: "vignette", falloff: 2 },
        { kind: "vignette" },
        { kind: "nonsense", anything: [] },
        tooFast,
        { kind: "place_neurons", soma_radius_um: -1 },
      ],
      output: { store_dtype: "int8" },
    };
    expect(codes(input)).toEqual([
      "error unknown_field colour",
      "error out_of_range acquisition.optics.na",
      "error wrong_type seed",
      "error wrong_type steps.0",
      "error out_of_range steps.1.falloff",
      "error duplicate_kind steps.2.kind",
      "error unknown_kind steps.3.kind",
      "error out_of_range steps.5.soma_radius_um",
      "error not_an_option output.store_dtype",
      "error no_frames acquisition.duration_s",
      "error rise_not_below_decay steps.4.tau_rise_s",
      "warning focus_outside steps.5.depth_range_um",
    ]);
  });

  test("a rule is silent where the value it points at is broken", () => {
    expect(codes(activity({ tau_rise_s: "x", tau_decay_s: 0.051 }, { fps: 1 }))).toEqual([
      "error wrong_type steps.1.tau_rise_s",
      "error decay_below_frame steps.1.tau_decay_s",
    ]);
  });

  test("a rule is silent where another value it read is broken", () => {
    expect(codes(activity({ tau_rise_s: 0.6, tau_decay_s: "1" }))).toEqual([
      "error wrong_type steps.1.tau_decay_s",
    ]);
    expect(codes(activity({ tau_decay_s: 0.051 }, { fps: -1 }))).toEqual([
      "error out_of_range acquisition.fps",
    ]);
    expect(codes(activity({ tau_decay_s: 0.051 }, { fps: 10, duration_s: -1 }))).toEqual([
      "error out_of_range acquisition.duration_s",
      "error decay_below_frame steps.1.tau_decay_s",
    ]);
  });

  test("a rule is silent where something inside or around what it read is broken", () => {
    const steps = [{ kind: "place_neurons", soma_radius_um: 99 }];
    const pitch = { image_sensor: { pixel_pitch_um: "3" } };
    expect(codes({ acquisition: pitch, steps })).toEqual([
      "error wrong_type acquisition.image_sensor.pixel_pitch_um",
    ]);
    expect(codes({ acquisition: 3, steps })).toEqual(["error wrong_type acquisition"]);
  });

  test("a misspelled field breaks the field that was meant", () => {
    expect(codes(activity({ tau_rise_s: 0.6, tau_decay: 1 }))).toEqual([
      "error unknown_field steps.1.tau_decay",
    ]);
    expect(codes({ aquisition: { duration_s: 0.01 }, steps: [] })).toEqual([
      "error unknown_field aquisition",
    ]);
  });

  test("a broken place in a list takes the whole list out of the rules, and only the list", () => {
    const steps = [{ kind: "place_neurons", depth_range_um: ["a", "b"], soma_radius_um: 99 }];
    expect(codes({ acquisition: { focal_depth_in_tissue_um: 300 }, steps })).toEqual([
      "error wrong_type steps.0.depth_range_um.0",
      "error wrong_type steps.0.depth_range_um.1",
      "error soma_larger_than_fov steps.0.soma_radius_um",
    ]);
  });

  test("broken steps of all sorts leave the input as it was", () => {
    const input = {
      steps: [{ kind: "vasculature", layers: [{ opacity: 2, colour: 1 }, 3] }, tooFast],
    };
    const before = structuredClone(input);
    expect(codes(input)).toHaveLength(4);
    expect(input).toEqual(before);
  });
});

describe("steps by others", () => {
  const size = quantity({ unit: "1", description: "Size", min: 1 });
  const strange: StepSchema = {
    kind: "strange",
    revision: 1,
    summary: "Needs a field, refines, unites.",
    params: z
      .strictObject({
        needed: z.strictObject({ size }),
        shape: z.union([z.literal("round"), z.strictObject({ corners: size })]).optional(),
        note: z.string().min(3).optional(),
        several: z.array(size).min(2).max(3).optional(),
        tag: z
          .discriminatedUnion("type", [
            z.strictObject({ type: z.literal("a"), amount: z.number() }),
            z.strictObject({ type: z.literal("b"), amount: z.string() }),
          ])
          .optional(),
      })
      .refine((params) => params.needed.size !== 13, { message: "13 is unlucky" }),
    check: ({ params }) => [
      { severity: "error", code: "whole", path: [], message: JSON.stringify(params) },
    ],
  };
  const { safeParse } = createSpecFactory([strange]);
  const lines = (fields: object) => {
    const result = safeParse({ steps: [{ kind: "strange", ...fields }] });
    return result.ok ? [] : result.issues.map(formatIssue);
  };
  const needed = { size: 1 };

  test.each<[object, string]>([
    [{}, "steps[0].needed: is missing: must be an object."],
    [{ needed: {} }, "steps[0].needed.size: is missing: must be a number ≥ 1."],
    [{ needed: { size: 13 } }, "steps[0]: 13 is unlucky."],
    [{ needed, shape: { corners: 0 } }, "steps[0].shape.corners: must be ≥ 1 (got 0)."],
    [{ needed, shape: 3 }, 'steps[0].shape: must be "round" or an object, got 3.'],
    [
      { needed, shape: "rund" },
      'steps[0].shape: must be "round" or an object, got the string "rund"; did you mean "round"?',
    ],
    [
      { needed, note: "ab" },
      'steps[0].note: must have at least 3 characters, got the string "ab".',
    ],
    [
      { needed, several: [1] },
      "steps[0].several: must have at least 2 items, got a list of 1 item.",
    ],
    [
      { needed, several: [1, 1, 1, 1] },
      "steps[0].several: must have at most 3 items, got a list of 4 items.",
    ],
    [{ needed, tag: { type: "b", amount: 1 } }, "steps[0].tag.amount: must be a string, got 1."],
    [{ needed, tag: { type: "c" } }, 'steps[0].tag.type: must be "a" or "b", got the string "c".'],
    [
      { needed, extra: 1 },
      "steps[0].extra: unknown field; the fields here are needed, shape, note, several, tag.",
    ],
  ])("%j", (fields, line) => {
    expect(lines(fields)).toEqual([line]);
  });

  test("a rule about the whole step is silent when any part of it is broken", () => {
    expect(lines({ needed })).toEqual(['steps[0]: {"needed":{"size":1}}.']);
    expect(lines({ needed, note: 3 })).toEqual(["steps[0].note: must be a string, got 3."]);
  });
});
