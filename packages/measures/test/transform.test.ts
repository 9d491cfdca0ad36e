// Movies made from movies: binned, and without stripes.
import {
  binned,
  compare,
  type Movie,
  measure,
  readReferences,
  withoutStripes,
} from "@minisim/measures";
import { expect, test } from "vitest";
import { lively, movie, stream } from "./made-movie.ts";

async function valuesOf({ frames }: Movie): Promise<number[]> {
  const values: number[] = [];
  for await (const { data } of frames()) values.push(...data);
  return values;
}

test("means of squares of pixels and runs of frames; what fills none is left out", async () => {
  const ramp = movie([7, 17, 19], (t, y, x) => 1000 * t + 20 * y + x, { container: "uint16" });
  const half = binned({ ...ramp, pixel_size_um: 1.5, max_code: 1023 }, { pixels: 4, frames: 2 });
  expect(half).toMatchObject({ shape: [3, 4, 4], container: "float32", fps: 10, pixel_size_um: 6 });
  expect(half).not.toHaveProperty("max_code");
  const expected = Array.from({ length: 48 }, (_, i) => {
    const [t, y, x] = [i >> 4, (i >> 2) & 3, i & 3];
    // The mean of places 0 to 3 is 1.5, of frames 0 and 1 is 0.5.
    return 1000 * (2 * t + 0.5) + 20 * (4 * y + 1.5) + 4 * x + 1.5;
  });
  expect(await valuesOf(half)).toEqual(expected);
  expect(binned(ramp, {})).toBe(ramp);
});

test("white noise falls with the square root of what is averaged", async () => {
  const draw = stream("binned");
  const noise = movie([200, 64, 64], () => 100 + 6 * draw.normal());
  const quieter = binned(noise, { pixels: 2, frames: 2 });
  const { photon_transfer } = await measure(quieter, { cellRadiusPx: 2 });
  // 6 / √8 of 100. The median over 900 pixels of MADs of 99 steps, whose relative sd is 0.12: 0.5 %; the bias of such a MAD is below 1 %.
  const relative = photon_transfer.relative_noise_at_median_level / (0.06 / Math.sqrt(8));
  expect(Math.abs(relative - 1)).toBeLessThan(0.03);
});

test("stripes of rows go, and the rest stays", async () => {
  const draw = stream("stripes to remove");
  const stripes = Array.from({ length: 60 * 48 }, () => Math.round(5 * draw.normal()));
  // Each row has its median at x = 20 of 41: y and the stripe alone.
  const striped = movie(
    [60, 48, 41],
    (t, y, x) => 200 + stripes[t * 48 + y]! + (x - 20) ** 3 / 800,
  );
  const rows = new Float64Array(48);
  let index = 0;
  for await (const { data } of withoutStripes(striped).frames()) {
    for (let y = 0; y < 48; y++) rows[y] = data[y * 41 + 20]! - 200;
    // What is left of a row is the running median of nine, whose sd is 0.41 of theirs; 48 rows: 4 sd of that are 2.5 at most.
    const sd = Math.sqrt(rows.reduce((sum, value) => sum + value * value, 0) / 48);
    expect(sd).toBeLessThan(4);
    for (let x = 0; x < 41; x++) {
      expect(data[x]! - data[20]!).toBeCloseTo((x - 20) ** 3 / 800, 4);
    }
    index++;
  }
  expect(index).toBe(60);
});

test.each([
  [{ pixels: 0 }, "A bin of pixels is 0; it must be a whole number from 1 to 17."],
  [{ frames: 2.5 }, "A bin of frames is 2.5; it must be a whole number from 1 to 7."],
  [{ pixels: 18, frames: 8 }, "A bin of frames is 8"],
])("%j is refused in a sentence", (binning, sentence) => {
  const small = movie([7, 17, 19], () => 1);
  expect(() => binned(small, binning)).toThrow(sentence);
});

test("a reference of another scale gives no verdict where the measure depends on it", async () => {
  const made = {
    ...lively([60, 48, 48], { container: "uint8", scale: 1, fps: 20 }),
    pixel_size_um: 1,
  };
  const measures = await measure(made, { cellRadiusPx: 4 });
  const verdictsOf = (scale: object) => {
    const names = ["variance_shares.noise", "octave_contrast.4", "corner_centre"];
    const references = names.map((name) => ({ measure: name, value: 1e6, ...scale }));
    return compare(measures, readReferences(references)).map(({ verdict }) => verdict);
  };
  expect(verdictsOf({})).toEqual(["below", "below", "below"]);
  expect(verdictsOf({ fps: 15, pixel_size_um: 1.4 })).toEqual(["below", "below", "below"]);
  expect(verdictsOf({ fps: 10 })).toEqual(["other scale", "below", "below"]);
  expect(verdictsOf({ pixel_size_um: 0.5 })).toEqual(["other scale", "other scale", "below"]);
});

test("the range is of the recordings whose scale is near", async () => {
  const measures = await measure(lively([60, 48, 48], { container: "uint8", scale: 1, fps: 20 }), {
    cellRadiusPx: 4,
  });
  const references = readReferences([
    { measure: "variance_shares.noise", value: -1, fps: 2 },
    { measure: "variance_shares.noise", value: 2, fps: 20 },
  ]);
  expect(compare(measures, references)).toMatchObject([
    { low: 2, high: 2, n: 1, verdict: "below" },
  ]);
  expect(() => readReferences([{ measure: "corner_centre", value: 1, fps: 0 }])).toThrow(
    "[0].fps is 0; it must be a number above 0.",
  );
});
