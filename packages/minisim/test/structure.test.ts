// Emergent physics: what no single step promises, and a recording must show all the same.
import { compile, groundTruth, type SpecInput, type StepInput, simulate } from "minisim";
import { describe, expect, test } from "vitest";

type Position = readonly [number, number, number];

// 1 µm a pixel.
const SIDE = 64;
const quiet = { rate_hz: 0, assemblies: 0, brightness_cv: 0 };
const lively = { rate_hz: 6, rate_log10_sd: 0, silent_fraction: 0 };

interface Setting {
  readonly positions: readonly Position[];
  readonly steps?: readonly StepInput[];
  readonly activity?: object;
  readonly optics?: object;
  readonly focal?: number | "auto";
  readonly duration_s?: number;
}

const spec = ({
  positions,
  steps = [],
  activity = lively,
  optics,
  focal,
  duration_s,
}: Setting): SpecInput => ({
  acquisition: {
    fps: 10,
    duration_s: duration_s ?? 5,
    optics: { magnification: 3, na: 0.4, ...optics },
    image_sensor: { n_px_height: SIDE, n_px_width: SIDE },
    focal_depth_in_tissue_um: focal ?? "auto",
  },
  seed: 11,
  steps: [
    { kind: "place_neurons", soma_radius_um: 4, positions_um: positions },
    { kind: "cell_activity", ...activity },
    { kind: "optics" },
    { kind: "composite" },
    ...steps,
  ],
});
const truthOf = (setting: Setting) => groundTruth(compile(spec(setting)));

/** Sixteen places in the middle of the field, at one depth. */
const grid = (z: number): Position[] =>
  Array.from({ length: 16 }, (_, i) => [z, (i >> 2) * 10 - 15, (i % 4) * 10 - 15]);
const sum = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0);
const share = (flags: ArrayLike<number>) => sum(flags) / flags.length;

describe("depth", () => {
  const sensor: StepInput = { kind: "sensor", photons_per_um2_s: 400 };
  const depths = [0, 80, 160, 240, 320, 400];
  const truths = depths.map((z) => truthOf({ positions: grid(z), steps: [sensor] }));

  test("lowers the detection SNR of every cell, step by step", () => {
    for (const [i, truth] of truths.slice(1).entries()) {
      const shallower = truths[i]!.detection_snr.data;
      expect(truth.detection_snr.data.every((snr, cell) => snr < shallower[cell]!)).toBe(true);
    }
  });

  test("takes the population from all detectable to none", () => {
    const shares = truths.map((truth) => share(truth.detectable.data));
    expect(shares[0]).toBe(1);
    expect(shares.at(-1)).toBe(0);
    expect(shares).toEqual([...shares].sort((a, b) => b - a));
  });

  test("leaves the cells themselves alone", () => {
    expect(truths[5]!.C.data).toEqual(truths[0]!.C.data);
  });
});

describe("optics", () => {
  const light = async (setting: Omit<Setting, "positions">) => {
    const positions: Position[] = [[40, 0, 0]];
    const { observed } = await simulate(
      spec({ positions, activity: quiet, duration_s: 0.1, ...setting }),
    );
    return { total: sum(observed.data), peak: Math.max(...observed.data) };
  };

  test("a wider aperture buys light, with its square", async () => {
    const [narrow, wide] = [
      await light({ optics: { na: 0.2 }, focal: 40 }),
      await light({ optics: { na: 0.6 }, focal: 40 }),
    ];
    // float32 sums of a few thousand pixels; the kernel ends at 4 σ, but its taps sum to 1
    expect(wide.total / narrow.total).toBeCloseTo(9, 4);
    expect(wide.peak).toBeGreaterThan(8 * narrow.peak);
  });

  test("defocus spreads light and conserves it", async () => {
    const [sharp, blurred] = [await light({ focal: 40 }), await light({ focal: 65 })];
    expect(blurred.total / sharp.total).toBeCloseTo(1, 5);
    expect(blurred.peak).toBeLessThan(0.8 * sharp.peak);
  });
});

describe("vessels", () => {
  const sensor: StepInput = { kind: "sensor", photons_per_um2_s: 120 };
  const layers = [
    { depth_um: 40, n_roots: 6, root_radius_um: 8, opacity: 0.95, absorption_per_um: 0.2 },
  ];
  const vessels: StepInput = { kind: "vasculature", enabled: true, layers };
  const setting = { positions: grid(60), focal: 60 };
  const open = truthOf({ ...setting, steps: [sensor] });
  const shaded = truthOf({ ...setting, steps: [sensor, vessels] });
  const overlap = shaded.vessel_overlap_fraction!.data;
  const loss = shaded.detection_snr.data.map((snr, i) => snr / open.detection_snr.data[i]!);

  test("hide cells: those behind them lose SNR, and the more light they lose the more", () => {
    expect(Math.max(...overlap)).toBeGreaterThan(0.3);
    const hidden = loss.filter((_, i) => overlap[i]! > 0.3);
    expect(hidden.length).toBeGreaterThan(0);
    expect(hidden.every((ratio) => ratio < 0.9)).toBe(true);
    expect(loss.every((ratio) => ratio <= 1)).toBe(true);
  });

  test("make fewer cells detectable", () => {
    expect(share(shaded.detectable.data)).toBeLessThan(share(open.detectable.data));
  });

  test("leave the cells themselves alone", () => {
    expect(shaded.C.data).toEqual(open.C.data);
    expect(shaded.planted.data).toEqual(open.planted.data);
  });
});

describe("bleaching", () => {
  const corner: Position = [50, 25, 25];
  const center: Position = [50, 0, 0];
  const bleaching: StepInput = { kind: "bleaching", bleach_susceptibility: 0.05 };
  const left = (...steps: StepInput[]) => {
    const { bleaching: pool } = truthOf({
      positions: [center, corner],
      activity: quiet,
      steps: [bleaching, ...steps],
    });
    const frames = pool!.shape[1]!;
    return [pool!.get(0, frames - 1), pool!.get(1, frames - 1)] as const;
  };

  test("is faster in the bright centre than in the dim corner", () => {
    const [middle, edge] = left({ kind: "illumination_profile", falloff: 0.2 });
    expect(middle).toBeLessThan(edge);
    expect(edge).toBeLessThan(1);
  });

  test("is the same everywhere under even light, or a lens that loses light on the way back", () => {
    const [middle, edge] = left({ kind: "vignette", falloff: 0.2 });
    expect(middle).toBe(edge);
    expect(left()).toEqual([middle, edge]);
  });
});

describe("motion", () => {
  // Ten frames at rest, ten with the tissue 8 px down and 5 px left.
  const trajectory_um = Array.from({ length: 20 }, (_, t): [number, number] =>
    t < 10 ? [0, 0] : [8, -5],
  );
  const motion: StepInput = { kind: "brain_motion", trajectory_um };
  const outside: Position = [10, -SIDE / 2 - 5, 0];
  const setting = { activity: quiet, focal: 10, duration_s: 2, steps: [motion] };

  test("brings real tissue in: a cell beyond the edge shines once it has moved into view", async () => {
    const { observed, ground_truth } = await simulate(spec({ ...setting, positions: [outside] }));
    const rows = (t: number, from: number, to: number) =>
      sum(observed.data.subarray((t * SIDE + from) * SIDE, (t * SIDE + to) * SIDE));
    const bright = rows(15, 0, 12);
    expect(bright).toBeGreaterThan(0);
    // At rest only the tail of its blur reaches in.
    expect(rows(5, 0, 12)).toBeLessThan(0.05 * bright);
    expect(rows(15, 40, SIDE)).toBe(0);
    // It never had a pixel in the resting field, so it is no unit of the truth.
    expect(ground_truth.n_units).toBe(0);
  });

  test("shows the canvas, shifted: what a frame shows is what was there", async () => {
    const recording = await simulate(spec({ ...setting, positions: [...grid(10), outside] }));
    const { movie: canvas, fov_offset } = await recording.frame(15, "composite");
    const [top, left] = fov_offset;
    let different = 0;
    for (let row = 0; row < SIDE; row++) {
      for (let col = 0; col < SIDE; col++) {
        const shown = recording.observed.get(15, row, col);
        if (shown !== canvas.get(0, top + row - 8, left + col + 5)) different += 1;
      }
    }
    expect(different).toBe(0);
    expect([...recording.ground_truth.shifts!.data.slice(30, 32)]).toEqual([8, -5]);
  });
});
