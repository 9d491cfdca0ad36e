// A spec of another edition: what parse says of it, and what migration makes of it.
import {
  createSpecFactory,
  type FirstEdition,
  formatIssue,
  quantity,
  type StepSchema,
} from "@minisim/spec";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";

const power = (description: string) => quantity({ unit: "W", description, min: 0, max: 10 });
const firstParams = z.strictObject({
  power_per_frame: power("Power in a frame").default(1),
  colour: power("Colour").default(2),
});
const firstEdition: FirstEdition<typeof firstParams> = {
  params: firstParams,
  convert: ({ params: { power_per_frame, colour }, acquisition: { fps } }) => ({
    params: { power_per_s: power_per_frame * fps, colour },
    changes: [{ field: "power_per_frame", message: "is power_per_s." }],
  }),
};
const lamp = {
  kind: "lamp",
  revision: 2,
  summary: "A lamp whose power was given by frame once.",
  params: z.strictObject({
    power_per_s: quantity({ unit: "W/s", description: "Power", min: 0, max: 100 }).default(20),
    colour: power("Colour").default(5),
  }),
  firstEdition,
} satisfies StepSchema;
const wall = {
  kind: "wall",
  revision: 1,
  summary: "A wall as it always was.",
  params: z.strictObject({ height: power("Height").default(3) }),
} satisfies StepSchema;
const { parse, safeParse, migrate, vary, jsonSchema } = createSpecFactory([lamp, wall]);

const OLD = {
  acquisition: { fps: 10 },
  seed: 7,
  steps: [{ kind: "wall" }, { kind: "lamp", power_per_frame: 3 }],
};

function sentences(input: unknown): string[] {
  const result = safeParse(input);
  return result.ok ? [] : result.issues.map(formatIssue);
}

describe("parse", () => {
  test("says in one sentence that a spec is of the first edition, and what converts it", () => {
    const sentence =
      "steps[1].power_per_frame: is a field of the first edition of specs, whose light has other units; `minisim migrate FILE` converts it.";
    expect(sentences(OLD)).toEqual([sentence]);
    expect(sentences({ ...OLD, seed: -1, wrong: 1 })).toEqual([sentence]);
    expect(() => vary(OLD as never, { seed: 1 })).toThrow(sentence);
  });

  test.each([
    [
      1,
      "the spec is of the first edition, whose light has other units; `minisim migrate FILE` converts it.",
    ],
    [3, "the spec is of edition 3, and this program knows edition 2: a later one has written it."],
    ["2", 'must be 2, got the string "2".'],
    [0, "must be 2, got 0."],
    [null, "must be 2, got null."],
  ])("edition %j", (spec_version, message) => {
    expect(sentences({ spec_version, steps: [] })).toEqual([`spec_version: ${message}`]);
  });

  test("takes a field of then for unknown where the spec is of today's edition", () => {
    const [sentence, ...others] = sentences({ spec_version: 2, steps: OLD.steps });
    expect(others).toEqual([]);
    expect(sentence).toMatch(/^steps\[1\]\.power_per_frame: unknown field/);
    const mixed = [{ kind: "lamp", power_per_frame: 3, power_per_s: 3 }];
    expect(sentences({ steps: mixed })[0]).toMatch(/^steps\[0\]\.power_per_frame: unknown field/);
  });

  test("writes the edition, and takes specs without one for today's", () => {
    expect(parse({ steps: [] })).toMatchObject({ spec_version: 2 });
    expect(parse({ spec_version: 2, steps: [] })).toEqual(parse({ steps: [] }));
    expect(jsonSchema().properties?.spec_version).toMatchObject({ const: 2, default: 2 });
  });
});

describe("migrate", () => {
  test("takes what each step makes of its fields, with the defaults of then", () => {
    const given = structuredClone(OLD);
    const { spec, changes } = migrate(given);
    expect(spec).toEqual({
      spec_version: 2,
      acquisition: { fps: 10 },
      seed: 7,
      steps: [{ kind: "wall" }, { kind: "lamp", power_per_s: 30, colour: 2 }],
    });
    expect(given).toEqual(OLD);
    expect(changes.map(formatIssue)).toEqual([
      "acquisition.optics.na: the blur of what is out of focus is 2.5 times narrower, with the same light in all.",
      'acquisition.optics.depth_of_field_um: "auto" is n λ / (2 NA²), half of what it was: fewer cells count as in focus.',
      "steps[1].power_per_frame: is power_per_s.",
    ]);
    expect(changes.every(({ severity }) => severity === "warning")).toBe(true);
    expect(safeParse(spec)).toMatchObject({ ok: true });
  });

  test("takes the word of a spec that says it is of the first edition", () => {
    const { spec } = migrate({ spec_version: 1, steps: [{ kind: "lamp" }] });
    expect(spec).toEqual({
      spec_version: 2,
      steps: [{ kind: "lamp", power_per_s: 20, colour: 2 }],
    });
  });

  test("leaves specs of today's edition as they are", () => {
    const short = { steps: [{ kind: "lamp", colour: 1 }] };
    for (const spec of [short, parse(short), migrate(OLD).spec]) {
      expect(migrate(spec)).toEqual({ spec, changes: [] });
    }
  });

  test("converts all or nothing, and says why not", () => {
    const wrong = {
      acquisition: { fps: "fast" },
      steps: [{ kind: "lamp", power_per_frame: 1 }],
    };
    expect(migrate(wrong).spec).toBe(wrong);
    expect(migrate(wrong).changes.map(formatIssue)).toEqual([
      'acquisition.fps: must be a number ≥ 0.0001 and ≤ 1000, got the string "fast".',
    ]);
    const bright = {
      steps: [
        { kind: "lamp", power_per_frame: 11 },
        { kind: "lamp", colour: -1 },
      ],
    };
    expect(migrate(bright).spec).toBe(bright);
    expect(migrate(bright).changes.map(formatIssue)).toEqual([
      "steps[0].power_per_frame: must be ≤ 10 (got 11).",
      "steps[1].colour: must be ≥ 0 (got -1).",
    ]);
    expect(migrate({ spec_version: 3 }).changes.map(formatIssue)).toEqual([
      "spec_version: the spec is of edition 3, and this program knows edition 2: a later one has written it.",
    ]);
    expect(migrate("spec").changes.map(formatIssue)).toEqual([
      "spec: is no spec: must be an object.",
    ]);
  });

  test("keeps what it does not know", () => {
    const foreign = { kind: "lightning", volts: 3 };
    const { spec } = migrate({ ...OLD, note: "mine", steps: [...OLD.steps, foreign, null] });
    expect(spec).toMatchObject({ note: "mine" });
    expect((spec as typeof OLD).steps.slice(2)).toEqual([foreign, null]);
  });

  test("never throws, and does nothing to its own result", () => {
    const odd = fc.oneof(fc.constantFrom(1, 2, 3, undefined), fc.anything());
    const step = fc.record(
      { kind: fc.oneof(fc.constantFrom("lamp", "wall"), fc.anything()), power_per_frame: odd },
      { requiredKeys: [] },
    );
    const document = fc.record(
      {
        spec_version: odd,
        acquisition: fc.oneof(fc.constant({}), fc.anything()),
        steps: fc.oneof(fc.array(fc.oneof(step, fc.anything())), fc.anything()),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(document, fc.anything({ withNullPrototype: true })), (input) => {
        const { spec, changes } = migrate(input);
        const failed = changes.some(({ severity }) => severity === "error");
        if (failed) expect(spec).toBe(input);
        else expect(migrate(spec)).toEqual({ spec, changes: [] });
      }),
    );
  });
});
