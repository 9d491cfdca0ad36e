// The pool of fluorophore: oracle values, limits, and a fine numerical integration of the rate equation.
import {
  compile,
  defineStep,
  denseSeries,
  facts,
  rowOf,
  type ShareWorks,
  slots,
  summaryOf,
  toDense,
} from "@minisim/pipeline";
import { createSpecFactory } from "@minisim/spec";
import { bleaching, bleachingFloor, darkRecovery, fluorophorePool } from "@minisim/step-bleaching";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import oracle from "./fixtures/bleaching.json" with { type: "json" };

// float64 formulas of a few operations a frame
const RELATIVE = 1e-12;
const near = (value: number, expected: number, tolerance = RELATIVE) =>
  expect(Math.abs(value / expected - 1)).toBeLessThan(tolerance);

const {
  emission,
  q_per_frame,
  tau_turn_frames: tau_frames,
  intensity,
  pool,
} = oracle.bleaching_pool;
const rates = { q_per_frame, tau_frames, intensity };

describe("the pool", () => {
  test("oracle", () => {
    const computed = fluorophorePool(Float64Array.from(emission), rates);
    for (const [t, value] of computed.entries()) near(value, pool[t]!);
  });

  test("is where a fine Euler integration of dB/dt = (1 − B)/τ − q·I·C·B converges", () => {
    const exact = fluorophorePool(Float64Array.from(emission), rates);
    const worst = (substeps: number) => {
      let intact = 1;
      let error = 0;
      for (const [t, light] of emission.entries()) {
        error = Math.max(error, Math.abs(intact - exact[t]!));
        for (let i = 0; i < substeps; i++) {
          const slope = (1 - intact) / tau_frames - q_per_frame * intensity * light * intact;
          intact += slope / substeps;
        }
      }
      return error;
    };
    // Euler's error per frame is below λ²/(2n) with λ ≤ 0.13 here; twelve frames.
    expect(worst(1000)).toBeLessThan((12 * 0.13 ** 2) / 2000);
    // First order: a tenth of the step, a tenth of the error.
    expect(worst(1000) / worst(100)).toBeCloseTo(0.1, 2);
  });

  test("starts whole, and stays so in the dark and without susceptibility", () => {
    const bright = new Float64Array(5).fill(8);
    expect([...fluorophorePool(new Float64Array(5), rates)]).toEqual([1, 1, 1, 1, 1]);
    expect([...fluorophorePool(bright, { ...rates, q_per_frame: 0 })]).toEqual([1, 1, 1, 1, 1]);
  });

  test("takes negative emission (a noisy trace) for darkness", () => {
    expect([...fluorophorePool(Float64Array.of(-3, -3), rates)]).toEqual([1, 1]);
  });

  test("settles at the floor under constant light", () => {
    const long = fluorophorePool(new Float64Array(5000).fill(5), { ...rates, intensity: 1.3 });
    near(long[4999]!, bleachingFloor(q_per_frame, 1.3, 5, tau_frames));
  });
});

test("floor and dark recovery: oracle", () => {
  near(bleachingFloor(0.002, 1.3, 5, 400), oracle.bleaching_floor);
  for (const [i, t] of [0, 10, 1000].entries()) {
    near(darkRecovery(0.4, t, 300), oracle.dark_recovery[i]!);
  }
});

describe("the step", () => {
  // More than two of the stretches of 64 frames between which states are remembered.
  const FRAMES = 150;
  const field = Float64Array.of(0.5, 1, 2, 4);
  const cells = defineStep({
    kind: "cells",
    revision: 1,
    domain: "cell",
    before: ["bleaching"],
    summary: "Two cells at either end of a row of four pixels of 1 µm.",
    sources: [],
    params: z.strictObject({ traces: z.boolean().default(true) }),
    announce: () => facts.excitation.of({ height: 1, width: 4, data: field }),
    compile({ params, geometry: { n_frames } }) {
      const planted = { row: 0, col: 0, height: 0, width: 0, data: new Float32Array(0) };
      const at = (x: number) => ({ key: [x], position_um: [0, 0, x] as const, planted });
      const placed = slots.cells.of([at(-1.5), at(1.5)]);
      if (!params.traces) return { put: placed };
      const activity = {
        C: Float64Array.from(
          { length: 2 * n_frames },
          (_, i) => 1 + (i % 6) + (i < n_frames ? 0 : 2),
        ),
        S: new Float64Array(2 * n_frames),
        amplitude: Float64Array.of(1, 1),
        spike_times_s: { offsets: new Int32Array(3), data: new Float64Array(0) },
      };
      return { put: [placed, slots.activity.of(activity)] };
    },
  });
  /** A lamp as somebody else would write it: its power changes from frame to frame. */
  const power = Float64Array.from({ length: FRAMES }, (_, t) => (t % 7 < 3 ? 0 : 1 + (t % 5)));
  const flicker = defineStep({
    kind: "flicker",
    revision: 1,
    domain: "sensor",
    summary: "A lamp that flickers.",
    sources: [],
    params: z.strictObject({}),
    announce: () => facts.excitation.of(denseSeries(power, FRAMES)),
    compile() {},
  });
  const steps = [cells, bleaching, flicker];
  const ACQUISITION = {
    fps: 4,
    duration_s: FRAMES / 4,
    optics: { magnification: 8 },
    image_sensor: { n_px_height: 1, n_px_width: 4, pixel_pitch_um: 8 },
  };
  const plan = (own: object = {}, traces = true, others: readonly object[] = []) => {
    const used = [
      { kind: "cells", traces },
      { kind: "bleaching", bleach_susceptibility: 0.02, turnover_tau_s: 50, ...own },
      ...others,
    ];
    const spec = { acquisition: ACQUISITION, steps: used };
    return compile(createSpecFactory(steps).parse(spec), steps);
  };

  test("bleaches each cell by the excitation at its pixel, with rates per frame", () => {
    const { scene, truth } = plan({ excitation_intensity: 3 });
    const expected = [0.5, 4].flatMap((local, cell) => {
      const C = rowOf(scene.get(slots.activity)!.C, cell);
      return [...fluorophorePool(C, { q_per_frame: 0.005, tau_frames: 200, intensity: 3 * local })];
    });
    expect([...truth.get("bleaching")!.data]).toEqual(expected);
    expect(truth.get("bleaching")!.shape).toEqual([2, FRAMES]);
    expect(scene.get(slots.intact_fraction)).toBe(truth.get("bleaching")!.series);
  });

  test("follows excitation that changes in time: the pool of calcium times excitation", () => {
    const { scene, truth } = plan({}, true, [{ kind: "flicker" }]);
    const steady = plan();
    for (const [cell, local] of [0.5, 4].entries()) {
      const excited = rowOf(scene.get(slots.activity)!.C, cell).map((c, t) => c * power[t]!);
      const rates = { q_per_frame: 0.005, tau_frames: 200, intensity: local };
      expect([...rowOf(truth.get("bleaching")!.series!, cell)]).toEqual([
        ...fluorophorePool(excited, rates),
      ]);
      // In the dark the pool only refills.
      const pool = rowOf(scene.get(slots.intact_fraction)!, cell);
      for (let t = 7; t < FRAMES - 1; t++) {
        if (power[t] === 0) expect(pool[t + 1]).toBeGreaterThan(pool[t]!);
      }
    }
    expect(toDense(scene.get(slots.activity)!.C)).toEqual(
      toDense(steady.scene.get(slots.activity)!.C),
    );
  });

  test("bleaches twice as fast under a lamp that is announced as twice as bright", () => {
    const twice = Float64Array.from({ length: FRAMES }, () => 2);
    const lamp = { ...flicker, announce: () => facts.excitation.of(denseSeries(twice, FRAMES)) };
    const own = [{ kind: "cells" }, { kind: "bleaching" }, { kind: "flicker" }];
    const parsed = createSpecFactory(steps).parse({ acquisition: ACQUISITION, steps: own });
    const bright = compile(parsed, [cells, bleaching, lamp]).scene.get(slots.intact_fraction)!;
    const known = createSpecFactory(steps).parse({
      acquisition: ACQUISITION,
      steps: [{ kind: "cells" }, { kind: "bleaching", excitation_intensity: 2 }],
    });
    // Factors of two are exact.
    expect(toDense(bright)).toEqual(
      toDense(compile(known, steps).scene.get(slots.intact_fraction)!),
    );
  });

  test.each([
    ["steady", []],
    ["flickering", [{ kind: "flicker" }]],
  ])("read in any stretches, the pools are the same bytes under %s light", (_, others) => {
    const { scene } = plan({}, true, others);
    const series = scene.get(slots.intact_fraction)!;
    const whole = rowOf(series, 1);
    for (let start = 0; start < FRAMES; start += 7) {
      const end = Math.min(start + 7, FRAMES);
      const part = new Float64Array(end - start);
      series.read(1, start, end, part, 0);
      expect(part).toEqual(whole.subarray(start, end));
    }
  });

  test("leaves summaries of light and pools that are those of a pass of their own", () => {
    for (const others of [[], [{ kind: "flicker" }]]) {
      const { scene } = plan({}, true, others);
      const { C } = scene.get(slots.activity)!;
      for (const series of [C, scene.get(slots.intact_fraction)!]) {
        expect(summaryOf(series)).toEqual(summaryOf({ ...series }));
      }
    }
  });

  test("pools whose pieces another process has worked out are the same bytes", () => {
    const spec = createSpecFactory(steps).parse({
      acquisition: { ...ACQUISITION, duration_s: 700 / ACQUISITION.fps },
      steps: [{ kind: "cells" }, { kind: "bleaching" }],
    });
    const kept = new Map<string, readonly Float64Array[]>();
    const share: ShareWorks = (name, pieces, make) => {
      const known = kept.get(name) ?? Array.from({ length: pieces }, (_, i) => make(i));
      kept.set(name, known);
      return known;
    };
    const alone = compile(spec, [cells, bleaching]).scene.get(slots.intact_fraction)!;
    compile(spec, [cells, bleaching], { share });
    expect([...kept.keys()]).toEqual(["bleaching.1", "bleaching.2"]);
    const other = compile(spec, [cells, bleaching], { share }).scene.get(slots.intact_fraction)!;
    // From the last frame to the first, so that none finds what came before it.
    for (let t = 699; t >= 0; t -= 50) {
      const [mine, theirs] = [new Float64Array(1), new Float64Array(1)];
      other.read(1, t, t + 1, mine, 0);
      alone.read(1, t, t + 1, theirs, 0);
      expect(mine).toEqual(theirs);
    }
    expect(toDense(other)).toEqual(toDense(alone));
    expect(summaryOf(other)).toEqual(summaryOf(alone));
  });

  test("leaves the clean calcium clean", () => {
    const calciumOf = (own: object) => toDense(plan(own).scene.get(slots.activity)!.C);
    expect(calciumOf({})).toEqual(calciumOf({ bleach_susceptibility: 0 }));
  });

  test("without traces there is nothing to bleach", () => {
    const { scene, truth } = plan({}, false);
    expect(scene.get(slots.intact_fraction)).toBeNull();
    expect(truth.size).toBe(0);
  });
});
