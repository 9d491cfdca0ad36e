// What controls are made of: the kind of a field, its slider's range, and changes by path.

import type { JsonSchema } from "@minisim/spec";
import { Spec } from "minisim";
import { expect, test } from "vitest";
import { fromSlider, rangeText, scaleOf, shapeOf, toSlider } from "../src/panels/shape.ts";
import { at, withValue } from "../src/state/paths.ts";

const schema = Spec.jsonSchema();
const acquisition = schema.properties!.acquisition!.properties!;
const field = (section: string, name: string) => acquisition[section]!.properties![name]!;

test("every field of the schema has a control of its kind", () => {
  expect(shapeOf(field("optics", "na")).is).toBe("number");
  expect(shapeOf(field("optics", "depth_of_field_um"))).toMatchObject({ is: "number", or: "auto" });
  expect(shapeOf(field("optics", "field_curvature_radius_um"))).toMatchObject({
    is: "number",
    or: null,
  });
  const steps = schema.properties!.steps!.items as JsonSchema;
  const kinds = steps.oneOf!.flatMap(({ properties }) =>
    Object.entries(properties!).map(([name, one]) => [name, shapeOf(one).is] as const),
  );
  const shapes = Object.fromEntries(kinds);
  expect(shapes).toMatchObject({
    populations: "rows",
    layers: "rows",
    depth_range_um: "tuple",
    morphology: "choice",
    enabled: "flag",
    positions_um: "table",
    trajectory_um: "table",
  });
});

test("sliders reach what they show and stay inside the schema", () => {
  const na = field("optics", "na");
  const linear = scaleOf(na, 0.3, 0.3);
  expect(linear).toMatchObject({ logarithmic: false, low: 0.01 });
  expect(fromSlider(1000, linear, false)).toBe(1.32);
  const pitch = field("image_sensor", "pixel_pitch_um");
  const wide = scaleOf(pitch, 3, 3);
  expect(wide.logarithmic).toBe(true);
  for (const value of [0.5, 3, 17]) {
    expect(fromSlider(toSlider(value, wide), wide, false)).toBeCloseTo(value, 6);
  }
  expect(scaleOf(pitch, 3, 900).high).toBe(900);
  const noise = scaleOf(field("image_sensor", "read_noise_e"), 2, 2);
  expect(fromSlider(0, noise, false)).toBe(0);
  expect(rangeText(na)).toBe("≥ 0.01, < 1.33");
});

test("changes copy what they touch", () => {
  const before = { a: [{ b: 1 }, { b: 2 }], c: { d: 3 } };
  const after = withValue(before, ["a", 1, "b"], 5);
  expect(after).toEqual({ a: [{ b: 1 }, { b: 5 }], c: { d: 3 } });
  expect(after.c).toBe(before.c);
  expect(before.a[1]!.b).toBe(2);
  expect(at(after, ["a", 1, "b"])).toBe(5);
  expect(at(after, ["x", "y"])).toBeUndefined();
});

test("a path through a name that objects have of their own ends in a field, never in a prototype", () => {
  const before = Object.getOwnPropertyNames(Object.prototype).sort();
  for (const path of [
    ["__proto__", "x"],
    ["constructor", "prototype", "x"],
    ["a", "__proto__"],
  ]) {
    const after = withValue({ a: { b: 1 } }, path, 5);
    expect(at(after, path)).toBe(5);
    expect(Object.getPrototypeOf(after)).toBe(Object.prototype);
    expect(at({}, path)).toBeUndefined();
  }
  expect(Object.getOwnPropertyNames(Object.prototype).sort()).toEqual(before);
});
