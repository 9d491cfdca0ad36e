// What holds for any spec.
import { type Path, SpecError } from "@minisim/spec";
import fc from "fast-check";
import { expect, test } from "vitest";
import { factory, kinds } from "./fake-steps.ts";
import oracles from "./fixtures/oracles.json" with { type: "json" };

type Fields = Record<string | number, unknown>;

const positive = (max: number) => fc.double({ min: 1, max, noNaN: true });
const optional = <Shape extends Record<string, fc.Arbitrary<unknown>>>(shape: Shape) =>
  fc.record(shape, { requiredKeys: [] });
const share = fc.double({ min: 0, max: 1, noNaN: true });
const any = fc.double({ noNaN: true, noDefaultInfinity: true });

const acquisition = optional({
  optics: optional({
    na: fc.double({ min: 0.01, max: 1.32, noNaN: true }),
    emission_nm: fc.double({ min: 200, max: 2000, noNaN: true }),
    depth_of_field_um: fc.oneof(fc.constant("auto"), positive(1e5)),
    field_curvature_radius_um: fc.option(positive(1e9)),
  }),
  image_sensor: optional({
    n_px_height: fc.integer({ min: 200, max: 8192 }), // a cell body of 14 µm fits
    bit_depth: fc.integer({ min: 1, max: 16 }),
    read_noise_e: fc.double({ min: 0, max: 1e5, noNaN: true }),
  }),
  fps: fc.double({ min: 2, max: 1000, noNaN: true }), // decay of 0.5 s: at least a frame
  duration_s: fc.double({ min: 1, max: 86400, noNaN: true }),
});

const stepFields: Record<string, fc.Arbitrary<object>> = {
  place_neurons: optional({
    irregularity: share,
    morphology: fc.constantFrom("soma", "cytosolic"),
    depth_range_um: fc.tuple(positive(1e3), positive(1e3)),
    positions_um: fc.option(fc.array(fc.tuple(any, any, any), { maxLength: 3 })),
  }),
  vasculature: optional({
    enabled: fc.boolean(),
    layers: fc.array(optional({ opacity: share, n_roots: fc.integer({ min: 1, max: 1000 }) }), {
      maxLength: 3,
    }),
  }),
  vignette: optional({ falloff: share, center_offset_um: fc.tuple(any, any) }),
};

const stepList = fc
  .shuffledSubarray([...kinds])
  .chain((chosen) =>
    fc.tuple(
      ...chosen.map((kind) =>
        (stepFields[kind] ?? fc.constant({})).map((fields) => ({ kind, ...fields })),
      ),
    ),
  );

const valid = fc.record(
  {
    acquisition,
    seed: fc.maxSafeNat(),
    steps: stepList,
    output: optional({
      save_intermediates: fc.boolean(),
      store_dtype: fc.constantFrom("float32", "float64"),
    }),
  },
  { requiredKeys: ["steps"] },
);

test("a parsed spec survives JSON and parsing again", () => {
  fc.assert(
    fc.property(valid, (input) => {
      const spec = factory.parse(input);
      expect(factory.parse(JSON.parse(JSON.stringify(spec)))).toEqual(spec);
      expect(factory.parse(spec)).toEqual(spec);
    }),
  );
});

test("what was given is kept", () => {
  fc.assert(
    fc.property(valid, (input) => {
      // JSON knows no −0, and neither does a parsed spec.
      expect(factory.parse(input)).toMatchObject(JSON.parse(JSON.stringify(input)) as object);
    }),
  );
});

test("neither the order of keys nor that of steps changes the cache key", () => {
  fc.assert(
    fc.property(valid, fc.infiniteStream(fc.nat()), (input, order) => {
      const spec = factory.parse(input);
      const shuffled = shuffle(shuffleKeys(spec, order) as typeof spec, order);
      expect(factory.cacheKey(factory.parse(shuffled))).toBe(factory.cacheKey(spec));
    }),
  );
});

const complete = factory.parse(oracles.spec_v4_ca1);
const places = leaves(complete);
// Of no field's type, and near no field's name.
const wrong = fc.constantFrom<unknown>(
  Number.NaN,
  Number.NEGATIVE_INFINITY,
  "§§§§§§",
  {},
  Symbol("x"),
  () => 1,
  10n,
  new Date(0),
);

test("a corrupted field gives an issue at that field, and nothing but a SpecError", () => {
  fc.assert(
    fc.property(fc.constantFrom(...places), wrong, (path, value) => {
      const error = caught(() => factory.parse(replaced(complete, path, value)));
      expect(error).toBeInstanceOf(SpecError);
      expect((error as SpecError).issues.map((issue) => issue.path)).toEqual([path]);
    }),
    { numRuns: 1000 },
  );
});

test("an added field gives an issue at that field", () => {
  const holders = fc.constantFrom(...places.map((path) => path.slice(0, -1)).filter(isObject));
  fc.assert(
    fc.property(
      holders,
      fc.string().filter((key) => !(key in Object.prototype)),
      (path, key) => {
        fc.pre(
          !(
            (at(complete, path) as Fields)[key] !== undefined ||
            (path.length === 0 && key === "$schema")
          ),
        );
        const result = factory.safeParse(replaced(complete, [...path, key], 1));
        expect(result).toMatchObject({
          ok: false,
          issues: [{ code: "unknown_field", path: [...path, key] }],
        });
      },
    ),
  );
});

test("no input whatsoever makes parse throw anything but a SpecError", () => {
  const nearly = fc.record(
    {
      acquisition: fc.anything(),
      seed: fc.anything(),
      steps: fc.array(
        fc.oneof(
          fc.anything(),
          fc.record({ kind: fc.constantFrom(...kinds), layers: fc.anything() }),
        ),
      ),
      output: fc.anything(),
    },
    { requiredKeys: [] },
  );
  const input = fc.oneof(
    fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true }),
    nearly,
  );
  fc.assert(
    fc.property(input, (value) => {
      const error = caught(() => factory.parse(value));
      expect(error === undefined || error instanceof SpecError).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

function caught(act: () => void): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  return undefined;
}

function isObject(path: Path): boolean {
  return !Array.isArray(at(complete, path));
}

function at(value: unknown, path: Path): unknown {
  return path.reduce((current, segment) => (current as Fields)[segment], value);
}

function leaves(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  if (Array.isArray(value)) return value.flatMap((item, index) => leaves(item, [...path, index]));
  return Object.entries(value).flatMap(([key, field]) => leaves(field, [...path, key]));
}

function replaced(root: object, path: Path, value: unknown): unknown {
  const copy = structuredClone(root);
  (at(copy, path.slice(0, -1)) as Fields)[path.at(-1)!] = value;
  return copy;
}

function shuffleKeys(value: unknown, order: Iterator<number>): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => shuffleKeys(item, order));
  const entries = Object.entries(value).map(([key, field]) => [key, shuffleKeys(field, order)]);
  return Object.fromEntries(sorted(entries, order));
}

function shuffle(spec: typeof complete, order: Iterator<number>): unknown {
  return { ...spec, steps: sorted(spec.steps, order) };
}

function sorted<Item>(items: readonly Item[], order: Iterator<number>): Item[] {
  const ranks = new Map(items.map((item) => [item, Number(order.next().value)]));
  return [...items].sort((a, b) => ranks.get(a)! - ranks.get(b)!);
}
