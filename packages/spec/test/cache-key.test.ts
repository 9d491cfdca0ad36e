import { createHash } from "node:crypto";
import { createSpecFactory, SpecError } from "@minisim/spec";
import { describe, expect, test } from "vitest";
import { factory, steps } from "./fake-steps.ts";
import oracles from "./fixtures/oracles.json" with { type: "json" };

const spec = factory.parse(oracles.spec_v4_ca1);

describe("canonical JSON", () => {
  test("sorts keys and steps, and writes numbers in the shortest way", () => {
    const small = factory.parse({
      steps: [{ kind: "sensor", photons_per_unit: 1e21 }, { kind: "bleaching" }],
    });
    const text = factory.canonicalJson(small);
    expect(text).toContain(
      '"steps":[{"bleach_susceptibility":0.0000063,"excitation_intensity":1,"kind":"bleaching","turnover_tau_s":20000},' +
        '{"kind":"sensor","photons_per_unit":1e+21}]',
    );
    expect(factory.parse(JSON.parse(text))).toMatchObject({ seed: 0 });
  });

  test("steps follow the given order", () => {
    const reversed = createSpecFactory(steps, { order: (kinds) => [...kinds].reverse() });
    const kinds = (text: string) =>
      (JSON.parse(text) as typeof spec).steps.map((step) => step.kind);
    expect(kinds(reversed.canonicalJson(spec))).toEqual(
      kinds(factory.canonicalJson(spec)).reverse(),
    );
  });
});

describe("cache key", () => {
  test("is the start of the SHA-256 of the canonical spec and the revisions", () => {
    const small = factory.parse({
      seed: 5,
      steps: [{ kind: "cell_activity" }, { kind: "optics" }],
    });
    // RFC 8785 puts "revisions" before "spec".
    const text = `{"revisions":{"cell_activity":3,"optics":1},"spec":${factory.canonicalJson(small)}}`;
    const hash = createHash("sha256").update(text).digest("hex");
    expect(factory.cacheKey(small)).toBe(hash.slice(0, 16));
  });

  test("does not change when defaults are written out", () => {
    const short = factory.cacheKey({ steps: [{ kind: "sensor" }] } as never);
    expect(factory.cacheKey(factory.parse({ steps: [{ kind: "sensor" }] }))).toBe(short);
  });

  test("changes with a value, the seed, a step, and the revision of a step it uses", () => {
    const optics = { ...spec.acquisition.optics, na: 0.31 };
    const newer = createSpecFactory(
      steps.map((step) => ({ ...step, revision: step.revision + 1 })),
    );
    const keys = [
      factory.cacheKey(spec),
      factory.cacheKey({ ...spec, acquisition: { ...spec.acquisition, optics } }),
      factory.cacheKey({ ...spec, seed: 1 }),
      factory.cacheKey({ ...spec, steps: spec.steps.slice(1) }),
      newer.cacheKey(spec),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });

  test("does not change with the revision of a step it does not use", () => {
    const others = steps.map((step) =>
      step.kind === "sensor" ? step : { ...step, revision: step.revision + 1 },
    );
    const small = factory.parse({ steps: [{ kind: "sensor" }] });
    expect(createSpecFactory(others).cacheKey(small)).toBe(factory.cacheKey(small));
  });

  test("there is none for a spec of other steps", () => {
    expect(() => createSpecFactory([]).cacheKey(spec)).toThrow(SpecError);
  });
});
