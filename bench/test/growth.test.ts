// The arithmetic of the cost model: what it was made of comes back, and its sums hold.
import { expect, test } from "vitest";
import {
  fitModel,
  fixedOf,
  inShards,
  lineThrough,
  type MeasuredRun,
  recordings,
  workOf,
} from "../growth/model.ts";

// 1 s to start, 2 s + 1 ms a frame to compile, 3 s to close, 6 ms a frame, of which a quarter are its 1000 bytes; 5000 bytes whatever the length.
const run = (frames: number): MeasuredRun => ({
  frames,
  start_s: 1,
  compile_s: 2 + 0.001 * frames,
  rest_s: 3 + 0.006 * frames,
  delivery_share: 0.25,
  store_bytes: 5000 + 1000 * frames,
});
const model = fitModel([run(300), run(1200)], [[12000, 14]]);

test("a fit finds the parts that the runs were made of", () => {
  expect(model.start_s).toBeCloseTo(1, 9);
  expect(model.compile_s.at_0).toBeCloseTo(2, 9);
  expect(model.compile_s.per_frame).toBeCloseTo(0.001, 9);
  expect(model.closing_s).toBeCloseTo(3, 9);
  expect(model.frame_s).toBeCloseTo(0.0045, 9);
  expect(model.byte_s).toBeCloseTo(1.5e-6, 12);
  expect(model.bytes.at_0).toBeCloseTo(5000, 6);
  expect(model.bytes.per_frame).toBeCloseTo(1000, 9);
});

test("one shard is one machine; more shorten the clock and add what each does anew", () => {
  const one = inShards(model, 1000, 1);
  expect(one.clock_s).toBeCloseTo(1 + 3 + 3 + 6, 9);
  expect(one.processor_s).toBeCloseTo(one.clock_s, 9);
  const four = inShards(model, 1000, 4);
  expect(four.clock_s).toBeCloseTo(4 + 3 + 1.5, 9);
  expect(four.processor_s).toBeCloseTo(4 * 4 + 3 + 6, 9);
  expect(four.anew_s).toBeCloseTo(4 * 4, 9);
});

test("shards that compile a scene together share out what it takes to make its pieces", () => {
  const scene = {
    taken_s: { at_0: 1, per_frame: 0.0001 },
    made_s: { at_0: 0, per_frame: 0.002 },
  };
  const four = inShards(model, 1000, 4, scene);
  expect(four.clock_s).toBeCloseTo(1 + 1.1 + 3 + (2 + 6) / 4, 9);
  expect(four.processor_s).toBeCloseTo(4 * 2.1 + 2 + 3 + 6, 9);
  expect(four.anew_s).toBeCloseTo(4 * 2.1, 9);
});

test("recordings that do not fill the cores evenly wait for the last round", () => {
  const one = fixedOf(model, 1000) + workOf(model, 1000);
  expect(recordings(model, 1000, 1000, 1000).clock_s).toBeCloseTo(one, 9);
  expect(recordings(model, 1000, 1000, 999).clock_s).toBeCloseTo(2 * one, 9);
  expect(recordings(model, 1000, 1000, 64)).toMatchObject({
    clock_s: 16 * one,
    processor_s: 1000 * one,
  });
});

test("no part of a cost is below nothing, and one point is enough", () => {
  expect(lineThrough([[100, 5]])).toEqual({ at_0: 5, per_frame: 0 });
  expect(
    lineThrough([
      [100, 5],
      [200, 4],
    ]).per_frame,
  ).toBe(0);
  expect(
    lineThrough([
      [100, 0],
      [200, 4],
    ]).at_0,
  ).toBe(0);
});
