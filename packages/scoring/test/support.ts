// Recordings and estimates for tests.
import type { FootprintStack } from "@minisim/footprint";
import { nd } from "@minisim/recording";
import type { EstimateInput } from "@minisim/scoring";
import { makeRecording } from "@minisim/testing";
import type { GroundTruth } from "minisim";

/** Everything that the truth knows of its cells, as an estimate. */
export function truthAsEstimate(
  truth: GroundTruth,
): EstimateInput & { footprints: FootprintStack } {
  const [top, left] = truth.fov_offset;
  const [height, width] = truth.fov_shape;
  const footprints = truth.observed_footprints.crop({ top, left, height, width });
  return { footprints, C: truth.C, S: truth.S };
}

/** The units of an estimate at these places, in this order. */
export function picked(
  estimate: EstimateInput & { footprints: FootprintStack },
  units: readonly number[],
) {
  const rows = (given: EstimateInput["C"]) => {
    if (!given) return null;
    const frames = given.shape[1]!;
    const data = new Float64Array(units.length * frames);
    for (const [i, unit] of units.entries()) {
      data.set(given.data.subarray(unit * frames, (unit + 1) * frames), i * frames);
    }
    return nd(data, [units.length, frames]);
  };
  return {
    footprints: estimate.footprints.select(units),
    C: rows(estimate.C),
    S: rows(estimate.S),
  };
}

/** 12 cells, all bright, well apart. */
export const bright = () =>
  makeRecording({
    n_cells: 12,
    duration_s: 5,
    sensor: { photons_per_um2_s: 1000 },
    activity: { brightness_cv: 0, response_cv: 0, rate_hz: 16, burst_mean: 8 },
  });

/** Cells on top of one another at two depths, under neuropil. */
export const crowded = () =>
  makeRecording({
    n_px: 48,
    duration_s: 10,
    seed: 3,
    population: {
      soma_radius_um: 5,
      positions_um: Array.from({ length: 16 }, (_, k) => [
        40 + 20 * (k % 2),
        9 * Math.floor(k / 4) - 13.5,
        9 * (k % 4) - 13.5,
      ]),
    },
    sensor: { photons_per_um2_s: 600 },
    extra_steps: [{ kind: "neuropil", level: 2 }],
  });

/** mulberry32: the same numbers, uniform in [0, 1), on every run. */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
