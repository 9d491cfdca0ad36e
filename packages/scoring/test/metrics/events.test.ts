// Events of activities whose spikes are counted by hand.
import { eventScores } from "@minisim/scoring";
import fc from "fast-check";
import { expect, test } from "vitest";
import { pairsWithin } from "../../src/metrics/events.ts";

/** Ten frames with these values in some of them. */
const trace = (values: Record<number, number>) =>
  Array.from({ length: 10 }, (_, t) => values[t] ?? 0);
const spikes = trace({ 1: 1, 4: 2, 8: 1 });

test("the spikes themselves, in any unit, are all there", () => {
  const perfect = { precision: 1, recall: 1, f1: 1 };
  expect(eventScores(spikes, spikes, 0)).toEqual({ ...perfect, threshold: 1 });
  expect(eventScores(trace({ 1: 0.3, 4: 0.6, 8: 0.3 }), spikes, 0)).toEqual({
    ...perfect,
    threshold: 0.3,
  });
});

test("a frame late is late by a frame", () => {
  const late = trace({ 2: 1, 5: 2, 9: 1 });
  expect(eventScores(late, spikes, 0)).toMatchObject({ precision: 0, recall: 0, f1: 0 });
  expect(eventScores(late, spikes, 1)).toMatchObject({ precision: 1, recall: 1, f1: 1 });
});

test("the threshold with the largest F1 is taken", () => {
  // Of 3 spikes 2 are told, at 5 and 4; then come noise at 3 and 2, and the third at 1. F1 at 4: 2·2/(2 + 3); at 1: 2·3/(5 + 3).
  const noisy = trace({ 1: 5, 4: 4, 6: 3, 7: 2, 8: 1 });
  const [f1AtFour, f1AtOne] = [4 / 5, 6 / 8];
  expect(f1AtFour).toBeGreaterThan(f1AtOne);
  expect(eventScores(noisy, spikes, 0)).toEqual({
    precision: 1,
    recall: 2 / 3,
    f1: f1AtFour,
    threshold: 4,
  });
});

test("one event tells one spike: pairs are one to one", () => {
  expect(eventScores(trace({ 4: 1 }), trace({ 3: 1, 5: 1 }), 1)).toMatchObject({
    precision: 1,
    recall: 1 / 2,
    f1: 2 / 3,
  });
});

test("nothing to tell, nothing told, and values that are none", () => {
  const nothing = trace({});
  const none = { precision: null, recall: null, f1: null, threshold: null };
  expect(eventScores(nothing, nothing, 1)).toEqual(none);
  expect(eventScores(nothing, spikes, 1)).toEqual({ ...none, recall: 0, f1: 0 });
  expect(eventScores(spikes, nothing, 1)).toMatchObject({ precision: 0, recall: null, f1: 0 });
  expect(eventScores(trace({ 3: Number.NaN }), spikes, 1)).toEqual(none);
  expect(() => eventScores([1], spikes, 1)).toThrow("1 values, the true one 10");
});

test("no threshold has an F1 that is larger by more than a step", () => {
  const length = 400;
  const frames = fc.array(fc.integer({ min: 0, max: 8 }), { minLength: length, maxLength: length });
  const sparse = frames.map((list) => list.map((value, t) => (t % 7 === 0 ? value : 0)));
  fc.assert(
    fc.property(frames, sparse, (found, real) => {
      const spikes = real.flatMap((value, t) => (value > 0 ? [t] : []));
      const all = [1, 2, 3, 4, 5, 6, 7, 8].map((threshold) => {
        const events = found.flatMap((value, t) => (value >= threshold ? [t] : []));
        if (events.length === 0) return 0;
        return (2 * pairsWithin(1, events, spikes)) / (events.length + spikes.length);
      });
      const { f1 } = eventScores(found, real, 1);
      expect(f1).toBeLessThanOrEqual(Math.max(...all));
      // A rounding error less.
      expect(f1!).toBeGreaterThan(Math.max(...all) / 1.05 - 1e-12);
    }),
    { numRuns: 50 },
  );
});

test("there are as many pairs as any pairing has", () => {
  const frames = fc.uniqueArray(fc.integer({ min: 0, max: 15 }), { maxLength: 6 });
  const rising = frames.map((list) => list.sort((a, b) => a - b));
  const most = (tolerance: number, a: number[], b: number[]): number => {
    const [first, ...rest] = a;
    if (first === undefined) return 0;
    const partners = b.filter((frame) => Math.abs(frame - first) <= tolerance);
    const paired = partners.map(
      (frame) =>
        1 +
        most(
          tolerance,
          rest,
          b.filter((one) => one !== frame),
        ),
    );
    return Math.max(most(tolerance, rest, b), ...paired);
  };
  fc.assert(
    fc.property(rising, rising, fc.integer({ min: 0, max: 3 }), (a, b, tolerance) => {
      expect(pairsWithin(tolerance, a, b)).toBe(most(tolerance, a, b));
    }),
    { numRuns: 200 },
  );
});
