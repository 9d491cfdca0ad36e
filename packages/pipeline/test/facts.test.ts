// Facts: what steps announce before any of them compiles.
import { type Announcement, type Facts, factAt, photonBudgetAt } from "@minisim/pipeline";
import { expect, test } from "vitest";
import { compiled, fake } from "./fakes.ts";

const field = (...data: number[]) => ({ height: 3, width: 4, data: Float64Array.from(data) });
const ramp = field(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
const twos = field(...Array<number>(12).fill(2));

const factsOf = (...announced: Announcement[]): Facts =>
  compiled(announced.map((facts, i) => fake(`step_${i}`, { announce: () => facts }))).facts;

test("without announcements there is no margin and no field", () => {
  expect(factsOf({})).toEqual({ margin_px: 0, excitation: null, collection: null, exposure: null });
});

test("margins add up, on every side of the canvas", () => {
  const { facts, program } = compiled([
    fake("a", { announce: () => ({ margin_px: 2 }) }),
    fake("b", { announce: () => ({ margin_px: 3 }) }),
  ]);
  expect(facts.margin_px).toBe(5);
  expect(program.geometry.canvas).toEqual({ height: 13, width: 14 });
  expect(program.geometry.fov).toEqual({ height: 3, width: 4 });
});

test("fields of one name multiply, and those of another do not", () => {
  const facts = factsOf({ excitation: ramp }, { excitation: twos, collection: twos });
  expect([...facts.excitation!.data]).toEqual([0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22]);
  expect(facts.collection!.data).toEqual(twos.data);
  // What a step announced is its own: the product is a new array.
  expect(ramp.data[1]).toBe(1);
});

test("a second exposure is an error that names both steps", () => {
  const exposure = { photons_per_unit: 1, quantum_efficiency: 1, read_noise_e: 0 };
  expect(factsOf({ exposure }).exposure).toEqual(exposure);
  expect(() => factsOf({ exposure }, { exposure })).toThrow(
    'Both "step_0" and "step_1" announce an exposure; use one of them.',
  );
});

test("a fact is sampled at the nearest pixel, clamped to the field of view", () => {
  // 3 × 4 pixels of 2 µm: the axis is between columns 1 and 2 of row 1.
  expect(factAt(ramp, 2, 0, 0.1)).toBe(6);
  expect(factAt(ramp, 2, 0, -0.1)).toBe(5);
  expect(factAt(ramp, 2, 1.1, 0.1)).toBe(10);
  expect(factAt(ramp, 2, -99, -99)).toBe(0);
  expect(factAt(ramp, 2, 99, 99)).toBe(11);
  expect(factAt(null, 2, 0, 0)).toBe(1);
});

test("the photon budget is excitation × collection", () => {
  expect(photonBudgetAt(factsOf({ excitation: ramp, collection: twos }), 2, 0, 0.1)).toBe(12);
  expect(photonBudgetAt(factsOf({ excitation: ramp }), 2, 0, 0.1)).toBe(6);
});

test("every step sees all facts, whatever its place", () => {
  const seen: (number | undefined)[] = [];
  const look = (kind: string) =>
    fake(kind, {
      domain: "cell",
      compile: ({ facts }) => void seen.push(facts.excitation?.data[3]),
    });
  compiled([
    look("early"),
    fake("late", { domain: "sensor", announce: () => ({ excitation: ramp }) }),
  ]);
  expect(seen).toEqual([3]);
});
