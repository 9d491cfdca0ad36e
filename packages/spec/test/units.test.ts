import {
  autoOr,
  choice,
  count,
  flag,
  fraction,
  list,
  nullable,
  quantity,
  vector,
} from "@minisim/spec";
import { describe, expect, expectTypeOf, test } from "vitest";
import { z } from "zod";

const about = { description: "a thing" };
const accepts = (schema: z.ZodType, ...values: unknown[]) =>
  values.map((value) => schema.safeParse(value).success);

describe("what the fields accept", () => {
  test("quantity: finite numbers within its bounds", () => {
    const closed = quantity({ ...about, unit: "s", min: 0, max: 2 });
    expect(accepts(closed, 0, 2, -1e-9, 2.1, Number.NaN, "1")).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
    const open = quantity({ ...about, unit: "s", above: 0, below: 2 });
    expect(accepts(open, 0, 2, 1)).toEqual([false, false, true]);
    expect(accepts(quantity({ ...about, unit: "s" }), -1e300, Number.POSITIVE_INFINITY)).toEqual([
      true,
      false,
    ]);
    expect(accepts(quantity({ ...about, unit: "1", integer: true }), -3, 0.5)).toEqual([
      true,
      false,
    ]);
  });

  test("fraction: [0, 1], with open ends on demand", () => {
    expect(accepts(fraction(about), 0, 1, -0.1, 1.1)).toEqual([true, true, false, false]);
    expect(accepts(fraction({ ...about, above: 0 }), 0, 1)).toEqual([false, true]);
    expect(accepts(fraction({ ...about, min: 0.1 }), 0.09, 0.1, 1)).toEqual([false, true, true]);
    expect(accepts(fraction({ ...about, below: 1 }), 0, 1)).toEqual([true, false]);
  });

  test("count: whole, from 1 or as told", () => {
    expect(accepts(count(about), 0, 1, 1.5)).toEqual([false, true, false]);
    expect(accepts(count({ ...about, min: 0, max: 2 }), 0, 2, 3)).toEqual([true, true, false]);
  });

  test("choice, flag, vector, list", () => {
    expect(accepts(choice(["a", "b"], about), "a", "c")).toEqual([true, false]);
    expect(accepts(flag(about), true, 1)).toEqual([true, false]);
    const yx = vector(["y", "x"], { ...about, unit: "µm", min: 0 });
    expect(accepts(yx, [0, 1], [0], [0, 1, 2], [0, -1])).toEqual([true, false, false, false]);
    expectTypeOf<z.output<typeof yx>>().toEqualTypeOf<[number, number]>();
    expect(
      accepts(
        list(yx, { ...about, min: 1, max: 1 }),
        [],
        [[0, 0]],
        [
          [0, 0],
          [0, 0],
        ],
      ),
    ).toEqual([false, true, false]);
  });

  test("nullable and autoOr", () => {
    const size = quantity({ ...about, unit: "µm", above: 0 });
    expect(accepts(nullable(size), null, 1, 0, "auto")).toEqual([true, true, false, false]);
    expect(accepts(autoOr(size), "auto", 1, 0, null)).toEqual([true, true, false, false]);
    expect(autoOr(size).default("auto").parse(undefined)).toBe("auto");
  });
});

describe("what the fields say about themselves", () => {
  const size = quantity({ unit: "µm", description: "Size", source: "a book", above: 0 });
  const said = { unit: "µm", description: "Size", source: "a book" };

  test.each<[string, z.ZodType]>([
    ["quantity", size],
    ["nullable", nullable(size)],
    ["autoOr", autoOr(size)],
    ["with a default", nullable(size).default(null)],
    ["vector", vector(["y"], { unit: "µm", description: "Size", source: "a book" })],
  ])("%s", (_name, schema) => {
    expect(z.toJSONSchema(schema, { io: "input" })).toMatchObject(said);
  });

  test("the places of a vector have names", () => {
    const { prefixItems } = z.toJSONSchema(
      vector(["y", "x"], { unit: "µm", description: "Centre" }),
    );
    expect(prefixItems).toMatchObject([
      { description: "y of: Centre" },
      { description: "x of: Centre" },
    ]);
  });

  test("pure numbers, choices and flags have the unit 1", () => {
    const schemas = [fraction(about), count(about), choice(["a"], about), flag(about)];
    expect(schemas.map((schema) => schema.meta()?.unit)).toEqual(["1", "1", "1", "1"]);
  });
});
