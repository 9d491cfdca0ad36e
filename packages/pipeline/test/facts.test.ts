// Facts: what steps announce before any of them compiles, in space and in time.

import {
  type Announced,
  denseSeries,
  type Factor,
  fact,
  factorAt,
  facts,
  meanFactor,
  photonBudgetAt,
  rowOf,
  type Scene,
} from "@minisim/pipeline";
import { exposureWith } from "@minisim/sensor";
import { describe, expect, test } from "vitest";
import { compiled, FRAMES, fake } from "./fakes.ts";

const field = (...data: number[]) => ({ height: 3, width: 4, data: Float64Array.from(data) });
const ramp = field(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
const twos = field(...Array<number>(12).fill(2));
const course = (...values: number[]) => denseSeries(Float64Array.from(values), FRAMES);

const sceneOf = (...announced: (Announced | Announced[])[]): Scene =>
  compiled(announced.map((all, i) => fake(`step_${i}`, { announce: () => all }))).scene;

test("without announcements there is no margin, no field and no exposure", () => {
  const scene = sceneOf([]);
  expect(scene.get(facts.margin_px)).toBe(0);
  expect(scene.get(facts.excitation)).toEqual([]);
  expect(scene.get(facts.collection)).toEqual([]);
  expect(scene.get(facts.exposure)).toBeNull();
  expect(scene.get(facts.focus_shift_um)).toBeNull();
});

test("margins add up, on every side of the canvas", () => {
  const scene = sceneOf(facts.margin_px.of(2), facts.margin_px.of(3));
  expect(scene.get(facts.margin_px)).toBe(5);
  expect(scene.geometry.canvas).toEqual({ height: 13, width: 14 });
  expect(scene.geometry.fov).toEqual({ height: 3, width: 4 });
});

test("shifts of the focus add up, whoever announces them", () => {
  const drift = course(0, 1, 2, 3, 4);
  const shift = sceneOf(facts.focus_shift_um.of(drift)).get(facts.focus_shift_um);
  expect(shift).toBe(drift);
  const jumps = facts.focus_shift_um.of(course(0, 0, -5, 0, 0.5));
  const both = sceneOf(facts.focus_shift_um.of(drift), jumps).get(facts.focus_shift_um)!;
  expect([...rowOf(both, 0)]).toEqual([0, 1, -3, 3, 4.5]);
  const part = new Float64Array(4);
  both.read(0, 2, 4, part, 1);
  expect([...part]).toEqual([0, -3, 3, 0]);
  expect(() => sceneOf(facts.focus_shift_um.of(denseSeries(Float64Array.of(1, 2), 2)))).toThrow(
    'Step "step_0" announces "focus_shift_um": the series needs one row of 5 frames.',
  );
});

test("a step announces what it draws: the same that it draws when it compiles", () => {
  const compiledDraws: number[] = [];
  const announcedDraws: number[] = [];
  const drawing = fake("drawing", {
    announce({ random }) {
      announcedDraws.push(random.stream("power").uniform());
      return [];
    },
    compile: ({ random }) => void compiledDraws.push(random.stream("power").uniform()),
  });
  compiled([drawing]);
  expect(announcedDraws.length).toBe(1);
  expect(announcedDraws).toEqual(compiledDraws);
});

test("a second exposure is an error that names both steps", () => {
  const exposure = exposureWith({ photons_per_unit: 1, quantum_efficiency: 1, read_noise_e: 0 });
  expect(sceneOf(facts.exposure.of(exposure)).get(facts.exposure)).toEqual(exposure);
  expect(() => sceneOf(facts.exposure.of(exposure), facts.exposure.of(exposure))).toThrow(
    'Both "step_0" and "step_1" announce "exposure"; use one of them.',
  );
});

test("a step may define a fact with a rule of its own, which others read", () => {
  const temperature = fact<number>("acme_temperature_c", {
    neutral: 20,
    merge: (highest, given) => Math.max(highest, given),
  });
  expect(sceneOf([]).get(temperature)).toBe(20);
  expect(sceneOf(temperature.of(37), temperature.of(30)).get(temperature)).toBe(37);
});

test("every step sees all facts, whatever its place", () => {
  const seen: unknown[] = [];
  const look = fake("early", {
    domain: "cell",
    compile: ({ scene }) => void seen.push(scene.get(facts.excitation)),
  });
  const late = fake("late", { domain: "sensor", announce: () => facts.excitation.of(ramp) });
  compiled([look, late]);
  expect(seen).toEqual([[ramp]]);
});

describe("a factor", () => {
  const pixels = denseSeries(
    Float64Array.from({ length: 12 * FRAMES }, (_, i) => Math.floor(i / FRAMES) + (i % FRAMES)),
    FRAMES,
  );
  // 3 × 4 pixels of 1 µm: the axis is between columns 1 and 2 of row 1.
  const at = (y: number, x: number, ...factors: Factor[]) => {
    const scene = sceneOf(factors.map((factor) => facts.excitation.of(factor)));
    const { steady, course } = factorAt(scene.get(facts.excitation), scene.geometry, y, x);
    const values = new Float64Array(FRAMES);
    course?.read(0, 0, FRAMES, values, 0);
    return course ? [steady, ...values] : [steady];
  };

  test("that is a field is read at the nearest pixel, clamped to the field of view", () => {
    expect(at(0, 0.1, ramp)).toEqual([6]);
    expect(at(0, -0.1, ramp)).toEqual([5]);
    expect(at(0.6, 0.1, ramp)).toEqual([10]);
    expect(at(-99, -99, ramp)).toEqual([0]);
    expect(at(99, 99, ramp)).toEqual([11]);
  });

  test("of one name multiplies with others; without any it is 1", () => {
    expect(at(0, 0.1)).toEqual([1]);
    expect(at(0, 0.1, ramp, 0.5, twos)).toEqual([6]);
  });

  test("that changes in time has one row for the whole field, or one for each pixel", () => {
    expect(at(0, 0.1, course(0, 1, 2, 3, 4))).toEqual([1, 0, 1, 2, 3, 4]);
    expect(at(0, 0.1, pixels)).toEqual([1, 6, 7, 8, 9, 10]);
    expect(at(99, 99, twos, pixels, course(1, 0, 1, 0, 1))).toEqual([2, 11, 0, 13, 0, 15]);
  });

  test("of another size is an error that names the step and the fact", () => {
    const announcing = (factor: Factor) => () => sceneOf([], facts.collection.of(factor));
    expect(announcing({ height: 4, width: 3, data: ramp.data })).toThrow(
      'Step "step_1" announces "collection": the field must cover the FOV, 3 × 4.',
    );
    expect(announcing(denseSeries(new Float64Array(10), FRAMES))).toThrow(
      "the series needs 5 frames, and one row or one for each of 3 × 4 pixels.",
    );
    expect(announcing(denseSeries(new Float64Array(4), 4))).toThrow("the series needs 5 frames");
  });

  test("has a mean over the recording, of its product with others frame by frame", () => {
    const light = { steady: 3, course: course(1, 0, 1, 0, 3) };
    const shutter = { steady: 0.5, course: course(1, 1, 1, 1, 0) };
    expect(meanFactor([light])).toBe(3);
    expect(meanFactor([light, shutter])).toBe(1.5 * (2 / 5));
    expect(meanFactor([{ steady: 4, course: null }])).toBe(4);
  });
});

test("the photon budget is excitation × collection, in its mean over time", () => {
  const both = [facts.excitation.of(ramp), facts.collection.of(twos)];
  expect(photonBudgetAt(sceneOf(both), 0, 0.1)).toBe(12);
  expect(photonBudgetAt(sceneOf(both[0]!), 0, 0.1)).toBe(6);
  const flickering = [...both, facts.excitation.of(course(1, 1, 0, 0, 0.5))];
  expect(photonBudgetAt(sceneOf(flickering), 0, 0.1)).toBe(6);
});
