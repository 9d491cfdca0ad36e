import { estimateCost, sweep } from "@minisim/sweep";
import { expect, test } from "vitest";
import { watched } from "../../minisim/test/watched.ts";
import { base } from "./specs.ts";

const points = sweep(base, {
  "acquisition.duration_s": [1, 3],
  "acquisition.image_sensor.n_px_width": [32, 64],
});

test("frames and bytes are counted, time is measured on the first point", async () => {
  const cost = await estimateCost(points);
  // 20 Hz: 20 and 60 frames, twice each; 32 × 32 and 32 × 64 pixels of one byte.
  expect(cost).toMatchObject({
    points: 4,
    points_to_simulate: 4,
    frames: 160,
    decoded_bytes: 80 * (32 * 32 + 32 * 64),
    measured: { height: 32, width: 32, frames: 12 },
  });
  const { frames_per_s, setup_s } = cost.measured!;
  expect(frames_per_s).toBeGreaterThan(0);
  expect(setup_s).toBeGreaterThan(0);
  // In frames of 32 × 32: 80 + 2 × 80. Rounding of a few sums: 1e-9.
  expect(cost.expected_s / (4 * setup_s + 240 / frames_per_s)).toBeCloseTo(1, 9);
  expect(cost.stored_bytes).toBeGreaterThan(0);
  expect(cost.stored_bytes).toBeLessThan(cost.decoded_bytes * 1.5);
});

test("what is cached costs nothing", async () => {
  const [first, ...others] = points.variants.map(({ cache_key }) => cache_key);
  const some = await estimateCost(points, { isCached: (key) => key !== first });
  expect(some).toMatchObject({ points: 4, points_to_simulate: 1, frames: 20 });
  const none = await estimateCost(points, { isCached: (key) => [first, ...others].includes(key) });
  expect(none).toMatchObject({ points_to_simulate: 0, frames: 0, expected_s: 0, measured: null });
});

test("of long recordings the first part is compiled, and all of it is counted", async () => {
  const { simulator, compiled } = watched();
  const day = { ...base, acquisition: { ...base.acquisition, duration_s: 86_400 } };
  const cost = await estimateCost(sweep(day, { seed: [1, 2] }, { simulator }));
  const frames = 86_400 * 20;
  expect(compiled).toHaveLength(1);
  expect(compiled[0]).toBeLessThan(frames / 4);
  expect(cost).toMatchObject({ frames: 2 * frames, decoded_bytes: 2 * frames * 32 * 32 });
  // What the frames take, and the compile of all of a day, of which the part's time is a share.
  const { frames_per_s, setup_s } = cost.measured!;
  expect(cost.expected_s / (2 * setup_s + (2 * frames) / frames_per_s)).toBeCloseTo(1, 9);
});
