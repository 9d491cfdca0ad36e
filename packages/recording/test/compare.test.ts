// What differs between two movies and between two truths, planted by hand.
import {
  compareMovies,
  compareTruths,
  GroundTruth,
  type MovieBlock,
  nd,
  type Recorded,
} from "@minisim/recording";
import { expect, test } from "vitest";
import { truthData } from "./truth.ts";

/** Frames of 2 × 3 pixels, in blocks of a length. */
function movie(values: readonly number[], block: number, width = 3): Recorded {
  const size = 2 * width;
  const frames = values.length / size;
  return {
    shape: [frames, 2, width],
    async *frames({ start, end } = { start: 0, end: frames }): AsyncGenerator<MovieBlock> {
      for (let at = start; at < end; at += block) {
        const until = Math.min(at + block, end);
        const data = Uint8Array.from(values.slice(at * size, until * size));
        yield { start: at, end: until, data };
      }
    },
  } as Partial<Recorded> as Recorded;
}

const values = Array.from({ length: 42 }, (_, i) => i);

test("equal movies, cut into other blocks, do not differ; every frame is seen once", async () => {
  const seen: number[] = [];
  const found = await compareMovies(movie(values, 2), movie(values, 3), {
    onFrames: (a, b) => {
      expect(b).toEqual(a);
      seen.push(...Array.from(a));
    },
  });
  expect(seen).toEqual(values);
  const none = { differing_fraction: 0, first_frame: null, mean: 0, rms: 0, largest: 0 };
  expect(found).toEqual({ frames: 7, ...none, largest_at: null });
});

test("how much, how often, from where, and where most", async () => {
  const changed = values.map((value, i) => (i === 14 ? value + 3 : i === 22 ? value - 5 : value));
  const found = await compareMovies(movie(values, 2), movie(changed, 5));
  expect(found).toEqual({
    frames: 7,
    differing_fraction: 2 / 42,
    first_frame: 2,
    mean: -2 / 42,
    rms: Math.sqrt(34 / 42),
    largest: 5,
    // 22 = 3 frames of 6, a row of 3, and 1.
    largest_at: [3, 1, 1],
  });
  expect((await compareMovies(movie(values, 2), movie(changed, 5), { frames: 2 })).rms).toBe(0);
});

test("a longer movie is compared as far as the other goes; frames of other sizes are not", async () => {
  expect((await compareMovies(movie(values, 2), movie(values.slice(0, 12), 1))).frames).toBe(2);
  const other = movie(values.slice(0, 28), 1, 7);
  await expect(compareMovies(movie(values, 2), other)).rejects.toThrow("2 × 3 and 2 × 7");
});

test("truths: values, flags, fields that one has, other cells", () => {
  const data = truthData();
  const same = compareTruths(new GroundTruth(data), new GroundTruth(truthData()));
  expect(new Set(same.map(({ verdict }) => verdict))).toEqual(new Set(["same"]));
  expect(same.map(({ name }) => name)).toContain("spike_times_s");

  const moved = Float64Array.from(new GroundTruth(data).C.data);
  moved[5] = moved[5]! + 0.5;
  moved[7] = moved[7]! - 2;
  const flipped = Uint8Array.from(new GroundTruth(data).in_focus.data, (flag, i) =>
    i === 0 ? 1 - flag : flag,
  );
  const { step_fields = [], ...rest } = data;
  const changed = new GroundTruth({
    ...rest,
    C: nd(moved, data.C.shape),
    in_focus: nd(flipped, data.in_focus.shape),
    step_fields: step_fields.filter(({ name }) => name !== "shifts"),
  });
  const found = compareTruths(new GroundTruth(data), changed).filter(
    ({ verdict }) => verdict !== "same",
  );
  expect(found).toEqual(
    expect.arrayContaining([
      { name: "C", verdict: "differs", differing: 2, values: 12, largest: 2 },
      { name: "in_focus", verdict: "differs", differing: 1, values: 3, largest: null },
      { name: "shifts", verdict: "only_first", differing: null, values: null, largest: null },
    ]),
  );
  expect(found).toHaveLength(3);
  const fewer = compareTruths(new GroundTruth(data), new GroundTruth(data).subset([0, 2]));
  expect(fewer.find(({ name }) => name === "planted")!.verdict).toBe("other_shape");
  expect(fewer.find(({ name }) => name === "C")!.verdict).toBe("other_shape");
});
