import {
  type Axes,
  estimateCost,
  type Json,
  SweepError,
  type SweepOptions,
  sweep,
} from "@minisim/sweep";
import fc from "fast-check";
import { builtinSteps, createSimulator } from "minisim";
import { describe, expect, test } from "vitest";
import { base } from "./specs.ts";

const simulator = createSimulator({ steps: builtinSteps });

/** [path, message] of everything that is wrong. */
function problemsOf(axes: Axes, options: SweepOptions = {}, from: unknown = base) {
  try {
    sweep(from as typeof base, axes, options);
  } catch (error) {
    if (!(error instanceof SweepError)) throw error;
    return error.problems.map(({ path, message }) => [path, message]);
  }
  return [];
}

function stepOf(spec: { steps: readonly { kind: string }[] }, kind: string) {
  return spec.steps.find((step) => step.kind === kind) as Record<string, Json> | undefined;
}

describe("points", () => {
  test("are the product of the axes, the last one fastest, with the cache keys of specs written by hand", () => {
    const { variants } = sweep(base, {
      "acquisition.optics.na": [0.3, 0.5],
      seed: [7, 8, 9],
    });
    expect(variants.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(variants.map(({ tags }) => tags)).toEqual(
      [0.3, 0.5].flatMap((na) => [7, 8, 9].map((seed) => ({ "acquisition.optics.na": na, seed }))),
    );
    const byHand = {
      ...base,
      seed: 9,
      acquisition: { ...base.acquisition, optics: { na: 0.3 } },
    };
    expect(variants[2]!.cache_key).toBe(simulator.Spec.cacheKey(simulator.Spec.parse(byHand)));
    expect(variants[2]!.spec.acquisition.optics.na).toBe(0.3);
  });

  test("are zipped on demand", () => {
    const axes = { "acquisition.optics.na": [0.3, 0.5], "acquisition.fps": [10, 30] };
    const { variants } = sweep(base, axes, { mode: "zip" });
    expect(variants.map(({ spec: { acquisition: a } }) => [a.optics.na, a.fps])).toEqual([
      [0.3, 10],
      [0.5, 30],
    ]);
  });

  test("are repeated with the seeds that follow their own", () => {
    const { variants } = sweep(base, { seed: [5, 100] }, { repeats: 2 });
    expect(variants.map(({ tags, spec }) => [tags, spec.seed])).toEqual([
      [{ seed: 5, repeat: 0 }, 5],
      [{ seed: 6, repeat: 1 }, 6],
      [{ seed: 100, repeat: 0 }, 100],
      [{ seed: 101, repeat: 1 }, 101],
    ]);
  });

  test("come from repeats alone", () => {
    expect(sweep(base, {}, { repeats: 3 }).variants.map(({ tags }) => tags)).toEqual([
      { seed: 0, repeat: 0 },
      { seed: 1, repeat: 1 },
      { seed: 2, repeat: 2 },
    ]);
  });

  test("start from a preset by name", () => {
    const { variants } = sweep("miniscope_v4/ca1", { "acquisition.duration_s": [1] });
    expect(variants[0]!.spec.acquisition.optics.magnification).toBe(2.92);
  });

  test("any product of values: as many points as combinations, each value at its place, no point twice", () => {
    const fields = {
      "acquisition.optics.na": fc.integer({ min: 1, max: 50 }).map((n) => n / 100),
      "acquisition.fps": fc.integer({ min: 5, max: 60 }),
      "steps.place_neurons.populations.0.density_per_mm3": fc.integer({ min: 0, max: 90_000 }),
      "steps.sensor.photons_per_um2_s": fc.integer({ min: 1, max: 900 }),
      seed: fc.integer({ min: 0, max: 1000 }),
    };
    const axes = fc.record(
      Object.fromEntries(
        Object.entries(fields).map(([name, value]) => [
          name,
          fc.uniqueArray(value, { minLength: 1, maxLength: 3 }),
        ]),
      ),
      { requiredKeys: ["seed"] },
    );
    fc.assert(
      fc.property(axes, (chosen) => {
        const { variants } = sweep(base, chosen as Axes);
        const count = Object.values(chosen).reduce((n, values) => n * values!.length, 1);
        expect(variants.length).toBe(count);
        expect(new Set(variants.map((v) => v.cache_key)).size).toBe(count);
        for (const { spec, tags } of variants) {
          const { acquisition } = spec;
          const population = (stepOf(spec, "place_neurons")!.populations as Json[])[0] as {
            density_per_mm3: number;
          };
          const values = {
            "acquisition.optics.na": acquisition.optics.na,
            "acquisition.fps": acquisition.fps,
            "steps.place_neurons.populations.0.density_per_mm3": population.density_per_mm3,
            "steps.sensor.photons_per_um2_s": stepOf(spec, "sensor")!.photons_per_um2_s,
            seed: spec.seed,
          };
          expect(values).toMatchObject(tags);
        }
      }),
      { numRuns: 20 },
    );
  });
});

describe("steps", () => {
  test("have the field of their only population by the short path", () => {
    const short = sweep(base, { "steps.place_neurons.density_per_mm3": [1000, 2000] });
    const long = sweep(base, {
      "steps.place_neurons.populations[0].density_per_mm3": [1000, 2000],
    });
    expect(short.variants.map((v) => v.cache_key)).toEqual(long.variants.map((v) => v.cache_key));
  });

  test("have their own field where they list no populations", () => {
    const steps = [{ kind: "place_neurons" }, ...base.steps.slice(1)];
    const { variants } = sweep({ ...base, steps }, { "steps.place_neurons.density_per_mm3": [5] });
    expect(stepOf(variants[0]!.spec, "place_neurons")).toMatchObject({ density_per_mm3: 5 });
  });

  test("do not guess which of two populations is meant", () => {
    const steps = [{ kind: "place_neurons", populations: [{}, {}] }, ...base.steps.slice(1)];
    const axes = { "steps.place_neurons.density_per_mm3": [5] };
    expect(problemsOf(axes, {}, { ...base, steps })).toEqual([
      [
        ["axes", "steps.place_neurons.density_per_mm3"],
        "this may be any of steps.place_neurons.populations.0.density_per_mm3, steps.place_neurons.populations.1.density_per_mm3; write which.",
      ],
    ]);
  });

  test("come and go as a whole, and other axes set fields of what came", () => {
    const { variants } = sweep(
      base,
      {
        "steps.neuropil.level": [5],
        "steps.neuropil": [{}],
        "steps.sensor": [null, { photons_per_um2_s: 9 }],
      },
      {},
    );
    expect(variants.map(({ spec }) => stepOf(spec, "sensor")?.photons_per_um2_s)).toEqual([
      undefined,
      9,
    ]);
    expect(variants.map(({ spec }) => stepOf(spec, "neuropil")?.level)).toEqual([5, 5]);
  });
});

describe("problems", () => {
  test("are told all at once, each at its axis or value, unknown paths with what was meant", () => {
    const axes = {
      "acquisition.optic.na": [1],
      "optics.na": [1],
      "steps.plce_neurons.density_per_mm3": [1],
      "steps.sensor.photons": [1],
      "steps.glitter": [{}],
      "steps.optics": [3],
      "acquisition.optics.na": [0.3, -1, "x"],
      seed: [1.5],
    };
    expect(problemsOf(axes)).toEqual([
      [
        ["axes", "acquisition.optic.na"],
        'the spec has no such field. Did you mean "acquisition.optics.na"?',
      ],
      [["axes", "optics.na"], 'the spec has no such field. Did you mean "acquisition.optics.na"?'],
      [
        ["axes", "steps.plce_neurons.density_per_mm3"],
        'the spec has no step "plce_neurons". Did you mean "place_neurons"?',
      ],
      [["axes", "steps.glitter"], expect.stringContaining('no step of the kind "glitter"')],
      [
        ["axes", "steps.optics", 0],
        "a step is an object with its parameters, or null to leave it out.",
      ],
      [["axes", "seed", 0], "must be a whole number ≥ 0 (got 1.5)."],
      [
        ["axes", "steps.sensor.photons"],
        'the spec has no such field. Did you mean "steps.sensor.photons_per_um2_s"?',
      ],
      [["axes", "acquisition.optics.na", 1], "must be ≥ 0.01 (got -1)."],
      [["axes", "acquisition.optics.na", 2], expect.stringContaining('got the string "x"')],
    ]);
  });

  test("that only some combinations have name the others' values", () => {
    const axes = {
      "acquisition.image_sensor.n_px_height": [2, 32],
      "steps.place_neurons.soma_radius_um": [7, 80],
    };
    const path = ["axes", "steps.place_neurons.soma_radius_um"];
    const few = "(with acquisition.image_sensor.n_px_height = 2)";
    expect(problemsOf(axes)).toEqual([
      [[...path, 0], expect.stringContaining(few)],
      [[...path, 1], expect.stringContaining(few)],
      [[...path, 1], expect.stringContaining("larger than the field of view (96 µm)")],
    ]);
  });

  test("zipped axes of different lengths", () => {
    const axes = { seed: [1, 2], "acquisition.fps": [1] };
    expect(problemsOf(axes, { mode: "zip" })).toEqual([
      [["axes"], "zipped axes must have equally many values: seed 2, acquisition.fps 1."],
    ]);
  });

  test.each([
    [{}, {}, "there is nothing to vary"],
    [{ seed: [] }, {}, "the list of values is empty"],
    [{ seed: 3 }, {}, "must be a list of values"],
    [{ seed: [3] }, { repeats: 0 }, "must be a whole number from 1 (got 0)"],
    [{ seed: [3] }, { repeats: 100_001 }, "these are 100001 points"],
    [{ seed: [0, 1] }, { repeats: 2 }, "the points 1 and 2 are the same recording"],
    [{ "steps.place_neurons.populations.3.irregularity": [1] }, {}, 'no "3" in a list of one item'],
    [{ steps: [1] }, {}, "name a step by its kind"],
    [{ "": [1] }, {}, "a path is needed"],
    [{ "acquisition.__proto__": [{ fps: 3 }] }, {}, "the spec has no such field"],
    [{ "acquisition.constructor": [3] }, {}, "the spec has no such field"],
    [{ "acquisition.constructor.name": [3] }, {}, "the spec has no such field"],
    [{ "seed.x": [1] }, {}, "the spec has no such field"],
    [{ "steps.sensor": [{ kind: "optics" }] }, {}, "a step is an object with its parameters"],
  ])("%j with %j", (axes, options, sentence) => {
    const found = problemsOf(axes as unknown as Axes, options);
    expect(found).toHaveLength(1);
    expect(found[0]![1]).toContain(sentence);
  });

  test("of the base stand at the base", () => {
    expect(problemsOf({ seed: [1] }, {}, { ...base, seed: -1 })).toEqual([
      [["base", "seed"], "must be ≥ 0 (got -1)."],
    ]);
    expect(problemsOf({ seed: [1] }, {}, "miniscope_v4/ca2")).toEqual([
      [["base"], expect.stringContaining('Did you mean "miniscope_v4/ca1"?')],
    ]);
  });

  test("make one message with a line each", () => {
    expect(() => sweep(base, { seed: [-1], "acquisition.fps": [0] })).toThrow(
      'The sweep has 2 errors:\n  axes["acquisition.fps"][0]: must be ≥ 0.0001 (got 0).\n  axes.seed[0]: must be ≥ 0 (got -1).',
    );
  });
});

describe("parameters of pipelines", () => {
  const parameterProblem: SweepOptions["parameterProblem"] = (name, value) => {
    if (name !== "gain") return { ofValue: false, message: "no such parameter." };
    return Number(value) > 9 ? { ofValue: true, message: "must be at most 9." } : undefined;
  };

  test("are axes that change no recording", () => {
    const axes = { "pipeline.gain": [1, 2], seed: [7, 8] };
    const { variants } = sweep(base, axes, { parameterProblem });
    expect(variants.map(({ tags, pipeline }) => [tags, pipeline])).toEqual(
      [1, 2].flatMap((gain) => [7, 8].map((seed) => [{ "pipeline.gain": gain, seed }, { gain }])),
    );
    const keys = variants.map(({ cache_key }) => cache_key);
    expect(keys.slice(2)).toEqual(keys.slice(0, 2));
    expect(new Set(keys).size).toBe(2);
    expect(sweep(base, { seed: [7] }).variants[0]!.pipeline).toEqual({});
  });

  test("are checked, each once and at its place", () => {
    const axes = { "pipeline.gian": [1], "pipeline.gain": [1, 10], seed: [7, 8] };
    expect(problemsOf(axes, { parameterProblem })).toEqual([
      [["axes", "pipeline.gian"], "no such parameter."],
      [["axes", "pipeline.gain", 1], "must be at most 9."],
    ]);
    expect(problemsOf({ "pipeline.gain": [1] })).toEqual([
      [["axes", "pipeline.gain"], "no pipeline of this sweep has a parameter gain."],
    ]);
    // Problems of the spec stay with their own axis.
    const wrong = { "pipeline.gain": [1], "acquisition.fps": [-1] };
    expect(problemsOf(wrong, { parameterProblem })).toEqual([
      [["axes", "acquisition.fps", 0], expect.stringMatching(/^must be /)],
    ]);
  });

  test("that repeat a value make points that are the same", () => {
    expect(problemsOf({ "pipeline.gain": [1, 1] }, { parameterProblem })).toEqual([
      [[], expect.stringMatching(/^the points 0 and 1 are the same/)],
    ]);
  });

  test("cost no recordings", async () => {
    const one = await estimateCost(sweep(base, { seed: [7] }));
    const axes = { "pipeline.gain": [1, 2, 3], seed: [7] };
    const three = await estimateCost(sweep(base, axes, { parameterProblem }));
    expect([three.points, three.points_to_simulate, three.frames]).toEqual([3, 1, one.frames]);
  });
});
