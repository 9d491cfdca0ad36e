// The expected work: the shares of the steps, and what follows from their sums.

import {
  area,
  blockFramesOf,
  type CellGroup,
  expectedWork,
  facts,
  lazyField,
  meanPatchPx,
  type StepDefinition,
  type Work,
  type WorkContext,
} from "@minisim/pipeline";
import { exposureWith } from "@minisim/sensor";
import { createSpecFactory } from "@minisim/spec";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ACQUISITION, FRAMES, fake } from "./fakes.ts";

const group = (changes: Partial<CellGroup> = {}): CellGroup => ({
  count: 10,
  depth_um: 50,
  side_px: 3,
  blur_px: 0,
  has_trace: false,
  ...changes,
});

/** The work of a spec that lists all of `steps` in their order. */
function workOf(steps: readonly StepDefinition[], input: object = {}) {
  const spec = createSpecFactory(steps).parse({
    acquisition: ACQUISITION,
    steps: steps.map(({ kind }) => ({ kind })),
    ...input,
  });
  return expectedWork(spec, steps);
}

const working = (kind: string, work: Work, rest: Partial<StepDefinition> = {}) =>
  fake(kind, { ...rest, work: () => work });

describe("expected work", () => {
  test("adds up the shares of the steps", () => {
    const { shares, ...work } = workOf([
      working("a", { footprint_px: 5, field_px: 7, operations: 100 }),
      fake("silent"),
      working("b", { footprint_px: 1, field_px: 2, operations: 11 }),
    ]);
    expect(work).toMatchObject({ footprint_px: 6, field_px: 9, operations: 111, cells: 0 });
    expect(work).toMatchObject({ frames: FRAMES, fov_px: 12, canvas_px: 12 });
    expect(shares.map(({ kind, index }) => [kind, index])).toEqual([
      ["a", 0],
      ["b", 2],
      ["silent", 1],
    ]);
  });

  test("hands the cells and the focus from step to step", () => {
    const seen: WorkContext<unknown>[] = [];
    const looking = (work: Work) => (context: WorkContext<unknown>) => {
      seen.push(context);
      return work;
    };
    const groups = [group({ count: 3.2 }), group({ count: 4.1 })];
    const work = workOf([
      fake("a", { domain: "cell", work: looking({ cells: groups }) }),
      fake("b", { domain: "cell", work: looking({ focal_depth_um: 40 }) }),
      fake("c", { work: looking({}) }),
    ]);
    expect(work.cells).toBe(7);
    expect(seen.map(({ cells }) => cells)).toEqual([[], groups, groups]);
    expect(seen.map(({ focal_depth_um }) => focal_depth_um)).toEqual([null, null, 40]);
  });

  test("knows the canvas from the margins that are announced, and computes no announced field", () => {
    const never = () => {
      throw new Error("Nobody asked for this field.");
    };
    const fov = { height: 3, width: 4 };
    const { canvas_px } = workOf([
      fake("a", {
        announce: () => [facts.margin_px.of(2), facts.excitation.of(lazyField(fov, never))],
      }),
      fake("b", { announce: () => facts.margin_px.of(1) }),
    ]);
    expect(canvas_px).toBe((3 + 6) * (4 + 6));
  });

  test("memory is the largest on the way, and what workers share", () => {
    const bytes = (...works: Work[]) =>
      workOf(works.map((work, i) => working(`step_${i}`, work))).compile_bytes;
    const base = bytes({});
    expect(bytes({ passing_bytes: 100 }, { passing_bytes: 70 })).toBe(base + 100);
    expect(bytes({ held_bytes: 50, passing_bytes: 10 }, { passing_bytes: 30 })).toBe(base + 80);
    // Patches are float32 and fields float64, each once more for the workers.
    expect(bytes({ footprint_px: 1 })).toBe(base + 2 * 4);
    expect(bytes({ field_px: 1 })).toBe(base + 2 * 8);
  });

  test("a worker has its own float32 copy of all operands, a block of frames, and chunks", () => {
    const exposure = exposureWith({ photons_per_unit: 1, quantum_efficiency: 1, read_noise_e: 0 });
    const sensor = fake("sensor", {
      domain: "sensor",
      announce: () => facts.exposure.of(exposure),
    });
    const plain = workOf([fake("a")]);
    const heavy = workOf([working("a", { footprint_px: 100, field_px: 10 })]);
    expect(heavy.kernel_bytes - plain.kernel_bytes).toBe(4 * 110);
    expect(heavy.worker_bytes - plain.worker_bytes).toBe(4 * 110);
    // Counts of 8 bits in place of float32.
    expect(plain.kernel_bytes - workOf([fake("a"), sensor]).kernel_bytes).toBe(16 * 12 * 3);
    const kept = workOf([fake("a")], { output: { save_intermediates: true } });
    expect(kept.worker_bytes).toBeGreaterThan(plain.worker_bytes);
  });

  test("a step that the spec has and the list has not is an error", () => {
    const spec = createSpecFactory([fake("a")]).parse({ steps: [{ kind: "a" }] });
    expect(() => expectedWork(spec, [])).toThrow('uses the step "a"');
  });
});

test("a patch loses what lies off the canvas, on average over its places", () => {
  const canvas = { height: 20, width: 11 };
  const side = fc.double({ min: 0.1, max: 60, noNaN: true });
  fc.assert(
    fc.property(side, (side_px) => {
      const inside = (length: number) => {
        let sum = 0;
        const places = 2000;
        for (let i = 0; i < places; i++) {
          const centre = ((i + 0.5) / places) * length;
          sum += Math.min(centre + side_px / 2, length) - Math.max(centre - side_px / 2, 0);
        }
        return sum / places;
      };
      // The sum over 2000 places is good to a millionth.
      expect(meanPatchPx(side_px, canvas) / (inside(20) * inside(11))).toBeCloseTo(1, 4);
    }),
  );
});

test("a block has 16 frames, fewer of large ones, and one at least", () => {
  const block = (side: number) => {
    const canvas = { height: side, width: side };
    return blockFramesOf({
      canvas,
      fov: canvas,
      margin_px: 0,
      n_frames: 1,
      fps: 1,
      pixel_size_um: 1,
    });
  };
  expect([100, 608, 2048, 4096, 8192, 20_000].map(block)).toEqual([16, 16, 16, 4, 1, 1]);
  expect(block(3000) * area({ height: 3000, width: 3000 })).toBeLessThanOrEqual(1 << 26);
});

test("a lazy field is computed once, when it is read", () => {
  let times = 0;
  const field = lazyField({ height: 1, width: 2 }, () => {
    times += 1;
    return Float64Array.of(1, 2);
  });
  expect(times).toBe(0);
  expect(field.data).toBe(field.data);
  expect([times, field.height, field.width]).toEqual([1, 1, 2]);
});
