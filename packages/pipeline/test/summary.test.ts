// What is counted of whole series is the same numbers in one pass and from pieces of several processes.
import { expect, test } from "vitest";
import type { JointReading } from "../src/counting.ts";
import { type FrameSeries, rowOf } from "../src/series.ts";
import type { ShareWork } from "../src/share-work.ts";
import { summarize, summaryOf } from "../src/summary.ts";

/** More than two pieces of rows and of frames, and the last ones not whole. */
const ROWS = 37;
const FRAMES = 2 * 4096 + 131;

/** Numbers whose sum depends on the order in which they are added. */
const valueAt = (row: number, frame: number) => ((row * 7919 + frame * 104729) % 1013) / 7 - 50;

function series(rows = ROWS, frames = FRAMES): FrameSeries {
  return {
    rows,
    frames,
    read(row, start, end, target, at) {
      for (let t = start; t < end; t++) target[at + t - start] = valueAt(row, t);
    },
  };
}

/** Another process: what is in `kept` is taken from there, the pieces that are not are made from the last to the first. */
function processOf(kept: Map<string, Float64Array>) {
  let works = 0;
  let made = 0;
  const share: ShareWork = (pieces, make) => {
    works += 1;
    const found: Float64Array[] = [];
    for (let piece = pieces - 1; piece >= 0; piece--) {
      const name = `${works}/${piece}`;
      const known = kept.get(name);
      if (!known) made += 1;
      const values = known ?? make(piece);
      found[piece] = values;
      kept.set(name, values.slice());
    }
    return found;
  };
  return { share, made: () => made };
}

test("a summary has sums over rows, and extremes, mean and variance of each row", () => {
  const whole = series();
  const { sum, lowest, highest, mean, variance } = summaryOf(whole);
  for (const frame of [0, 63, 64, FRAMES - 1]) {
    let total = 0;
    for (let row = 0; row < ROWS; row++) total += valueAt(row, frame);
    expect(sum[frame]).toBe(total);
  }
  for (const row of [0, 15, 16, ROWS - 1]) {
    const values = rowOf(whole, row);
    expect(lowest[row]).toBe(Math.min(...values));
    expect(highest[row]).toBe(Math.max(...values));
    const average = values.reduce((a, b) => a + b, 0) / FRAMES;
    expect(mean[row]).toBe(average);
    const spread = values.reduce((a, b) => a + (b - average) ** 2, 0) / FRAMES;
    // Squares of up to 95, added 8323 times and then subtracted: 12 digits are left.
    expect(variance[row]).toBeCloseTo(spread, 8);
  }
});

test("the summary of pieces is that of one pass, whoever made them", () => {
  const alone = summaryOf(series());
  const kept = new Map<string, Float64Array>();
  const first = processOf(kept);
  expect(summaryOf(series(), first.share)).toEqual(alone);
  // 3 of rows and 3 of frames.
  expect(first.made()).toBe(6);
  kept.delete("1/1");
  kept.delete("2/0");
  const second = processOf(kept);
  expect(summaryOf(series(), second.share)).toEqual(alone);
  expect(second.made()).toBe(2);
});

test.each([
  [0, 5],
  [3, 0],
])("%i rows of %i frames are summed up alike", (rows, frames) => {
  const alone = summaryOf(series(rows, frames));
  expect(summaryOf(series(rows, frames), processOf(new Map()).share)).toEqual(alone);
});

/** A row whose values depend on those before them, with what was read last remembered at every 64th frame. */
function walking(): JointReading & { readonly steps: () => number } {
  const inputs = series();
  const states = new Float64Array(ROWS * Math.ceil(FRAMES / 64)).fill(Number.NaN);
  const at = (row: number, frame: number) => row * Math.ceil(FRAMES / 64) + frame / 64;
  for (let row = 0; row < ROWS; row++) states[at(row, 0)] = 0;
  const input = new Float64Array(64);
  const output = new Float64Array(64);
  let steps = 0;
  const advance = (row: number, start: number) => {
    const end = Math.min(start + 64, FRAMES);
    inputs.read(row, start, end, input, 0);
    let state = states[at(row, start)]!;
    for (let i = 0; i < end - start; i++) {
      output[i] = state;
      state = 0.9 * state + input[i]!;
    }
    steps += 1;
    if (end < FRAMES) states[at(row, end)] = state;
  };
  const read = (row: number, start: number) => {
    let from = start;
    while (Number.isNaN(states[at(row, from)]!)) from -= 64;
    for (; from <= start; from += 64) advance(row, from);
    return [input, output];
  };
  const outputs: FrameSeries = {
    rows: ROWS,
    frames: FRAMES,
    read(row, start, end, target, place) {
      for (let t = start; t < end; t++)
        target[place + t - start] = read(row, t - (t % 64))[1]![t % 64]!;
    },
  };
  return {
    series: [inputs, outputs],
    read,
    state: {
      at: (row, frame) => states[at(row, frame)]!,
      set: (row, frame, state) => {
        states[at(row, frame)] = state;
      },
    },
    steps: () => steps,
  };
}

test("series that are read together come with the states from which their middle can be read", () => {
  const alone = walking();
  summarize(alone, null);
  const kept = new Map<string, Float64Array>();
  const first = walking();
  summarize(first, processOf(kept).share);
  const second = walking();
  summarize(second, processOf(kept).share);
  for (const other of [first, second]) {
    for (const i of [0, 1])
      expect(summaryOf(other.series[i]!)).toEqual(summaryOf(alone.series[i]!));
  }
  expect(second.steps()).toBe(0);
  // The last frame of a row is read from the state before it, at most 512 frames away, and not from the row's beginning.
  const last = new Float64Array(1);
  second.series[1]!.read(20, FRAMES - 1, FRAMES, last, 0);
  expect(last[0]).toBe(rowOf(alone.series[1]!, 20).at(-1));
  expect(second.steps()).toBeLessThanOrEqual(512 / 64);
});
