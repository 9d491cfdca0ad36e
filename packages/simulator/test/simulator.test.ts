// One set of steps in a box: parse, compile, simulate, and the recording's way back to its frames.
import type { StepDefinition } from "@minisim/pipeline";
import { createSimulator } from "@minisim/simulator";
import { SpecError } from "@minisim/spec";
import { describe, expect, test } from "vitest";
import { FOV, FRAMES, MARGIN, specInput, steps } from "./steps.ts";

const simulator = createSimulator({ steps });
const { simulate } = simulator;
const SHAPE = [FRAMES, FOV.height, FOV.width];
const CANVAS_SHAPE = [FRAMES, FOV.height + 2 * MARGIN, FOV.width + 2 * MARGIN];
const KEPT = { output: { save_intermediates: true } };

describe("createSimulator", () => {
  test("lists its steps in canonical order", () => {
    expect(simulator.steps.map(({ kind }) => kind)).toEqual([
      "cells",
      "light",
      "lens",
      "z_counter",
    ]);
  });

  test("two steps of one kind are an error", () => {
    expect(() => createSimulator({ steps: [...steps, steps[0]!] })).toThrow(
      'two steps are of the kind "z_counter"',
    );
  });

  test("a name that is no name is an error", () => {
    const [step, ...others] = steps as readonly StepDefinition[];
    const field = { name: "__proto__", dims: ["frame"], unit: "1", description: "Odd." };
    const odd: Partial<StepDefinition>[] = [
      { kind: "__proto__" },
      { kind: "a/b" },
      { stage: "../up" },
      { truth: { ["__proto__"]: field } },
    ];
    for (const change of odd) {
      expect(() => createSimulator({ steps: [{ ...step!, ...change }, ...others] })).toThrow(
        /uses the name ".+"; a name has letters, digits and "_", a letter first\.$/,
      );
    }
  });

  test("orders a spec's steps for its cache key", () => {
    const { Spec } = simulator;
    const reversed = { ...specInput(), steps: [...specInput().steps].reverse() };
    expect(Spec.cacheKey(Spec.parse(reversed))).toBe(Spec.cacheKey(Spec.parse(specInput())));
  });
});

describe("a spec that is not valid", () => {
  const broken = {
    ...specInput({}, { positive: -1, colour: "red" }),
    seed: 0.5,
  };
  const paths = [["seed"], ["steps", 2, "positive"], ["steps", 2, "colour"]];
  const issuesOf = (reason: unknown) => {
    expect(reason).toBeInstanceOf(SpecError);
    return (reason as SpecError).issues.map((issue) => JSON.stringify(issue.path)).sort();
  };
  const expected = paths.map((path) => JSON.stringify(path)).sort();

  test("is refused by compile with all that is wrong", () => {
    let reason: unknown;
    try {
      simulator.compile(broken);
    } catch (error) {
      reason = error;
    }
    expect(issuesOf(reason)).toEqual(expected);
  });

  test("is refused by simulate alike", async () => {
    expect(issuesOf(await simulate(broken).catch((error: unknown) => error))).toEqual(expected);
  });
});

describe("compile", () => {
  test("takes parsed specs and unparsed ones", () => {
    const parsed = simulator.Spec.parse(specInput());
    expect(simulator.compile(parsed).spec).toEqual(simulator.compile(specInput()).spec);
  });

  test("warns of the spec first, then of what the steps found", () => {
    const { warnings } = simulator.compile(specInput({}, { positive: 20 }));
    expect(warnings.map(({ code, path }) => [code, path])).toEqual([
      ["large", ["steps", 2, "positive"]],
      ["bright", ["steps", 2]],
    ]);
  });
});

describe("simulate", () => {
  test("makes the movie and its truth, with the warnings", async () => {
    const recording = await simulate(specInput({}, { positive: 20 }));
    expect(recording.observed.shape).toEqual(SHAPE);
    expect(recording.observed.data.every(Number.isInteger)).toBe(true);
    expect(recording.observed.data.some((count) => count > 0)).toBe(true);
    expect(recording.ground_truth.n_units).toBe(2);
    expect(recording.warnings.map(({ code }) => code)).toEqual(["large", "bright", "dark"]);
    expect(recording.snapshots).toEqual({});
  });

  test.each([
    ["float32", Float32Array],
    ["float64", Float64Array],
  ] as const)("keeps the counts in %s, the same integers", async (store_dtype, Type) => {
    const { observed } = await simulate(specInput({ output: { store_dtype } }));
    expect(observed.data).toBeInstanceOf(Type);
    const narrow = await simulate(specInput());
    expect([...observed.data]).toEqual([...narrow.observed.data]);
  });

  test("until a stage ends there: light over the FOV, the truth whole", async () => {
    const recording = await simulate(specInput(), { until: "cells_only" });
    expect(recording.observed.shape).toEqual(SHAPE);
    // Cell 0 is at (3, 4) of the canvas, (1, 2) of the FOV; C is 1 + t.
    expect(recording.observed.get(3, 1, 2)).toBe(4);
    expect(recording.observed.get(3, 1, 3)).toBe(2);
    expect(recording.ground_truth.n_units).toBe(2);
  });

  test("until a cell step has no frames, and the truth whole", async () => {
    const recording = await simulate(specInput(KEPT), { until: "cells" });
    expect(recording.observed.shape).toEqual([0, FOV.height, FOV.width]);
    expect(recording.snapshots).toEqual({});
    expect(recording.ground_truth.C.shape).toEqual([2, FRAMES]);
    expect((await recording.frame(0)).movie.shape).toEqual([0, FOV.height, FOV.width]);
  });

  test("until an unknown stage is an error", async () => {
    await expect(simulate(specInput(), { until: "typo" })).rejects.toThrow(
      'There is no stage "typo"; this recording has cells, cells_only (light), lens, z_counter.',
    );
  });

  test("save_intermediates keeps each stage that has a movie, on its own grid", async () => {
    const { snapshots, observed } = await simulate(specInput(KEPT));
    expect(Object.keys(snapshots)).toEqual(["cells_only", "lens", "z_counter"]);
    expect(snapshots.cells_only!.movie.shape).toEqual(CANVAS_SHAPE);
    expect(snapshots.cells_only!.fov_offset).toEqual([MARGIN, MARGIN]);
    expect(snapshots.cells_only!.movie.get(3, 3, 4)).toBe(4);
    expect(snapshots.lens!.movie.shape).toEqual(SHAPE);
    expect(snapshots.lens!.fov_offset).toEqual([0, 0]);
    expect(snapshots.lens!.movie.get(3, 1, 2)).toBe(2);
    expect(snapshots.z_counter!.movie.data).toEqual(observed.data);
  });

  test("save_intermediates until a stage keeps what came before it", async () => {
    const { snapshots } = await simulate(specInput(KEPT), { until: "lens" });
    expect(Object.keys(snapshots)).toEqual(["cells_only", "lens"]);
  });

  test("steps and frames report their progress", async () => {
    const kinds: string[] = [];
    const done: number[] = [];
    await simulate(specInput(), {
      blockFrames: 4,
      onStep: (kind) => kinds.push(kind),
      onProgress: (progress) => done.push(progress.done),
    });
    expect(kinds).toEqual(["cells", "light", "lens", "z_counter"]);
    expect(done).toEqual([4, 8, 9]);
  });

  test("a signal stops it among the steps and among the frames", async () => {
    const early = AbortSignal.abort(new Error("not now"));
    await expect(simulate(specInput(), { signal: early })).rejects.toThrow("not now");
    const control = new AbortController();
    const done: number[] = [];
    const running = simulate(specInput(), {
      signal: control.signal,
      blockFrames: 2,
      onProgress(progress) {
        done.push(progress.done);
        if (progress.done >= 4) control.abort(new Error("enough"));
      },
    });
    await expect(running).rejects.toThrow("enough");
    expect(done).toEqual([2, 4]);
  });
});

describe("frames on demand", () => {
  const pixels = FOV.height * FOV.width;

  test.each([undefined, "cells_only", "lens"])(
    "frame(t) is the observed frame, until %s",
    async (until) => {
      const recording = await simulate(specInput(), until === undefined ? {} : { until });
      for (const t of [0, 5, FRAMES - 1]) {
        const { movie } = await recording.frame(t);
        expect(movie.shape).toEqual([1, FOV.height, FOV.width]);
        expect([...movie.data]).toEqual([
          ...recording.observed.data.slice(t * pixels, (t + 1) * pixels),
        ]);
      }
    },
  );

  test.each([
    ["cells_only", "cells_only"],
    ["light", "cells_only"],
    ["lens", "lens"],
    ["z_counter", "z_counter"],
  ])("stage(%s) is what the snapshot would have been", async (name, stage) => {
    const kept = await simulate(specInput(KEPT));
    const bare = await simulate(specInput());
    const again = await bare.stage(name);
    expect(await kept.stage(name)).toBe(kept.snapshots[stage]);
    expect(again.name).toBe(stage);
    expect(again.fov_offset).toEqual(kept.snapshots[stage]!.fov_offset);
    expect(again.movie.shape).toEqual(kept.snapshots[stage]!.movie.shape);
    expect(again.movie.data).toEqual(kept.snapshots[stage]!.movie.data);
  });

  test("frame(t, stage) is one frame of the stage", async () => {
    const recording = await simulate(specInput());
    const { movie, fov_offset } = await recording.frame(3, "cells_only");
    expect(movie.shape).toEqual([1, ...CANVAS_SHAPE.slice(1)]);
    expect(fov_offset).toEqual([MARGIN, MARGIN]);
    expect(movie.get(0, 3, 4)).toBe(4);
  });

  test("frames asked for at the same time do not meet", async () => {
    const recording = await simulate(specInput());
    const numbers = [...Array(FRAMES).keys()].reverse();
    const found = await Promise.all(numbers.map((t) => recording.frame(t)));
    for (const [i, t] of numbers.entries()) {
      expect([...found[i]!.movie.data]).toEqual([
        ...recording.observed.data.slice(t * pixels, (t + 1) * pixels),
      ]);
    }
  });

  test("what is not there is an error", async () => {
    const recording = await simulate(specInput());
    await expect(recording.frame(FRAMES)).rejects.toThrow(`There is no frame ${FRAMES}`);
    await expect(recording.stage("typo")).rejects.toThrow('There is no stage "typo"');
  });
});
