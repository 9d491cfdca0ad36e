// Every broken input gives exactly these lines: place and sentence.
import { formatIssue, formatPath } from "@minisim/spec";
import { describe, expect, test } from "vitest";
import { factory, kinds } from "./fake-steps.ts";

const choices = kinds.map((kind) => JSON.stringify(kind));
const anyKind = `${choices.slice(0, -1).join(", ")} or ${choices.at(-1)}`;

function lines(input: unknown): string[] {
  const result = factory.safeParse(input);
  return result.ok ? [] : result.issues.map(formatIssue);
}

const acquisition = (fields: object) => ({ acquisition: fields, steps: [] });
const optics = (fields: object) => acquisition({ optics: fields });
const step = (kind: string, fields: object) => ({ steps: [{ kind, ...fields }] });

test.each<[string, unknown, string]>([
  [
    "wrong type",
    acquisition({ fps: "abc" }),
    'acquisition.fps: must be a number ≥ 0.0001 and ≤ 1000, got the string "abc".',
  ],
  [
    "number as text",
    acquisition({ fps: "20" }),
    'acquisition.fps: must be a number ≥ 0.0001 and ≤ 1000, got the string "20".',
  ],
  [
    "null",
    acquisition({ fps: null }),
    "acquisition.fps: must be a number ≥ 0.0001 and ≤ 1000, got null.",
  ],
  [
    "bigint",
    acquisition({ fps: 20n }),
    "acquisition.fps: must be a number ≥ 0.0001 and ≤ 1000, got a bigint.",
  ],
  [
    "at an exclusive bound",
    optics({ na: 1.33 }),
    "acquisition.optics.na: must be < 1.33 (got 1.33).",
  ],
  ["below", acquisition({ fps: 0 }), "acquisition.fps: must be ≥ 0.0001 (got 0)."],
  ["above", acquisition({ fps: 1001 }), "acquisition.fps: must be ≤ 1000 (got 1001)."],
  [
    "below an inclusive bound",
    step("sensor", { photons_per_unit: -1 }),
    "steps[0].photons_per_unit: must be > 0 (got -1).",
  ],
  [
    "between exclusive bounds",
    step("vasculature", { layers: [{ branch_area_main: 1 }] }),
    "steps[0].layers[0].branch_area_main: must be < 1 (got 1).",
  ],
  ["NaN", acquisition({ fps: Number.NaN }), "acquisition.fps: must be a finite number, got NaN."],
  [
    "Infinity",
    acquisition({ duration_s: Number.POSITIVE_INFINITY }),
    "acquisition.duration_s: must be a finite number, got Infinity.",
  ],
  [
    "not whole",
    acquisition({ image_sensor: { bit_depth: 8.5 } }),
    "acquisition.image_sensor.bit_depth: must be a whole number ≥ 1 and ≤ 16 (got 8.5).",
  ],
  [
    "too many bits",
    acquisition({ image_sensor: { bit_depth: 17 } }),
    "acquisition.image_sensor.bit_depth: must be ≤ 16 (got 17).",
  ],
  [
    "no pixels",
    acquisition({ image_sensor: { n_px_width: 0 } }),
    "acquisition.image_sensor.n_px_width: must be ≥ 1 (got 0).",
  ],
  ["seed not whole", { seed: 0.5, steps: [] }, "seed: must be a whole number ≥ 0 (got 0.5)."],
  [
    "seed too large",
    { seed: 2 ** 53, steps: [] },
    "seed: must be ≤ 9007199254740991 (got 9007199254740992).",
  ],
  [
    "auto or number: text",
    acquisition({ focal_depth_in_tissue_um: "atuo" }),
    'acquisition.focal_depth_in_tissue_um: must be "auto" or a number ≥ 0 and ≤ 10000, got the string "atuo"; did you mean "auto"?',
  ],
  [
    "auto or number: range",
    acquisition({ focal_depth_in_tissue_um: -1 }),
    'acquisition.focal_depth_in_tissue_um: must be "auto" or a number ≥ 0 and ≤ 10000 (got -1).',
  ],
  [
    "auto or number: NaN",
    acquisition({ focal_depth_in_tissue_um: Number.NaN }),
    'acquisition.focal_depth_in_tissue_um: must be "auto" or a number ≥ 0 and ≤ 10000, got NaN.',
  ],
  [
    "number or null",
    optics({ field_curvature_radius_um: 0 }),
    "acquisition.optics.field_curvature_radius_um: must be a number ≥ 1 and ≤ 1000000000 or null (got 0).",
  ],
  [
    "option",
    step("place_neurons", { morphology: "cytosol" }),
    'steps[0].morphology: must be "soma" or "cytosolic", got the string "cytosol"; did you mean "cytosolic"?',
  ],
  [
    "option of another type",
    step("place_neurons", { morphology: 1 }),
    'steps[0].morphology: must be "soma" or "cytosolic", got 1.',
  ],
  [
    "flag",
    { steps: [], output: { save_intermediates: 1 } },
    "output.save_intermediates: must be true or false, got 1.",
  ],
  [
    "tuple too short",
    step("vignette", { center_offset_um: [1] }),
    "steps[0].center_offset_um: must be a list of 2 numbers, got a list of 1 item.",
  ],
  [
    "tuple too long",
    step("vignette", { center_offset_um: [1, 2, 3] }),
    "steps[0].center_offset_um: must be a list of 2 numbers, got a list of 3 items.",
  ],
  [
    "place in a tuple",
    step("vignette", { center_offset_um: [1, "2"] }),
    'steps[0].center_offset_um[1]: must be a number, got the string "2".',
  ],
  [
    "list or null",
    step("brain_motion", { trajectory_um: 5 }),
    "steps[0].trajectory_um: must be a list or null, got 5.",
  ],
  [
    "item of a list",
    step("brain_motion", { trajectory_um: [[0, 0], [1]] }),
    "steps[0].trajectory_um[1]: must be a list of 2 numbers, got a list of 1 item.",
  ],
  [
    "object expected",
    acquisition({ optics: [] }),
    "acquisition.optics: must be an object, got an empty list.",
  ],
  [
    "section is null",
    { acquisition: null, steps: [] },
    "acquisition: must be an object, got null.",
  ],
  [
    "unknown field, near",
    step("place_neurons", { densty_per_mm3: 1 }),
    'steps[0].densty_per_mm3: unknown field; did you mean "density_per_mm3"?',
  ],
  [
    "unknown field, prefix",
    step("cell_activity", { tau_decay: 1 }),
    'steps[0].tau_decay: unknown field; did you mean "tau_decay_s"?',
  ],
  [
    "unknown field, far",
    step("vignette", { colour: 1 }),
    "steps[0].colour: unknown field; the fields here are falloff, exponent, center_offset_um.",
  ],
  [
    "unknown field, none known",
    step("optics", { na: 1 }),
    "steps[0].na: unknown field; nothing can be set here.",
  ],
  [
    "unknown field in a list",
    step("vasculature", { layers: [{ depht_um: 1 }] }),
    'steps[0].layers[0].depht_um: unknown field; did you mean "depth_um"?',
  ],
  [
    "unknown field with an odd name",
    optics({ "n a": 1 }),
    'acquisition.optics["n a"]: unknown field; did you mean "na"?',
  ],
  ["unknown section", { stpes: [], steps: [] }, 'stpes: unknown field; did you mean "steps"?'],
  [
    "prototype as a field",
    JSON.parse('{"steps": [], "acquisition": {"__proto__": {"fps": 1}}}'),
    "acquisition.__proto__: unknown field; the fields here are optics, image_sensor, window, tissue, fps, duration_s, exposure_fraction, focal_depth_in_tissue_um, front_working_distance_um.",
  ],
  ["$schema not a string", { $schema: 1, steps: [] }, "$schema: must be a string, got 1."],
  [
    "unknown kind",
    step("vignete", {}),
    `steps[0].kind: must be ${anyKind}, got the string "vignete"; did you mean "vignette"?`,
  ],
  ["kind of another type", { steps: [{ kind: 3 }] }, `steps[0].kind: must be ${anyKind}, got 3.`],
  ["kind missing", { steps: [{ falloff: 1 }] }, `steps[0].kind: is missing: must be ${anyKind}.`],
  [
    "kind from the prototype of objects",
    step("constructor", {}),
    `steps[0].kind: must be ${anyKind}, got the string "constructor".`,
  ],
  [
    "kind twice",
    { steps: [{ kind: "optics" }, { kind: "sensor" }, { kind: "optics" }] },
    'steps[2].kind: each kind at most once: "optics" is already at steps[0].',
  ],
  [
    "step not an object",
    { steps: ["optics"] },
    'steps[0]: must be an object with a "kind", got the string "optics".',
  ],
  [
    "hole in the steps",
    { steps: new Array(1) },
    'steps[0]: must be an object with a "kind", got nothing.',
  ],
  ["steps missing", {}, "steps: is missing: must be a list of steps."],
  ["steps not a list", { steps: {} }, "steps: must be a list of steps, got an object."],
  [
    "spec not an object",
    [],
    "spec: must be an object with acquisition, seed, steps, output, got an empty list.",
  ],
  ["spec null", null, "spec: must be an object with acquisition, seed, steps, output, got null."],
  [
    "spec missing",
    undefined,
    "spec: must be an object with acquisition, seed, steps, output, got nothing.",
  ],
  [
    "spec a text",
    "x".repeat(50),
    `spec: must be an object with acquisition, seed, steps, output, got the string "${"x".repeat(40)}…".`,
  ],
  [
    "no frame",
    acquisition({ fps: 1, duration_s: 0.5 }),
    "acquisition.duration_s: 0.5 s at 1 frames per second hold no frame.",
  ],
])("%s", (_name, input, line) => {
  expect(lines(input)).toEqual([line]);
});

describe("codes", () => {
  test.each<[string, unknown]>([
    ["wrong_type", acquisition({ fps: "abc" })],
    ["wrong_type", acquisition({ focal_depth_in_tissue_um: "atuo" })],
    ["out_of_range", acquisition({ fps: 0 })],
    ["out_of_range", acquisition({ focal_depth_in_tissue_um: -1 })],
    ["not_finite", acquisition({ fps: Number.NaN })],
    ["not_finite", acquisition({ focal_depth_in_tissue_um: Number.NaN })],
    ["not_an_integer", { seed: 0.5, steps: [] }],
    ["not_an_option", step("place_neurons", { morphology: "cytosol" })],
    ["wrong_length", step("vignette", { center_offset_um: [1] })],
    ["unknown_field", step("vignette", { colour: 1 })],
    ["unknown_kind", step("vignete", {})],
    ["duplicate_kind", { steps: [{ kind: "optics" }, { kind: "optics" }] }],
    ["missing", {}],
    ["no_frames", acquisition({ fps: 1, duration_s: 0.1 })],
  ])("%s", (code, input) => {
    expect(factory.safeParse(input)).toMatchObject({
      ok: false,
      issues: [{ code, severity: "error" }],
    });
  });
});

test("paths are written as in JavaScript", () => {
  expect(formatPath(["steps", 2, "layers", 0, "depth_um"])).toBe("steps[2].layers[0].depth_um");
  expect(formatPath(["a b", "1c", "d"])).toBe('["a b"]["1c"].d');
  expect(formatPath([])).toBe("spec");
});

test("a sentence without an end gets a full stop", () => {
  const issue = { severity: "error", code: "x", path: ["seed"], message: "is odd" } as const;
  expect(formatIssue(issue)).toBe("seed: is odd.");
  expect(formatIssue({ ...issue, message: "is it odd?" })).toBe("seed: is it odd?");
});
