// The oscillator, its drives, and the trajectories made of them.
import { quantile } from "@minisim/kernels/statistics";
import { createRandom } from "@minisim/random";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ontoDisk, radii } from "../src/disk.ts";
import { jerkDrive, strideDrive } from "../src/drives.ts";
import { fineRate, isStable, respond } from "../src/oscillator.ts";
import { type PhysicalMotion, physicalMotion } from "../src/physical.ts";
import { boundedWalk } from "../src/walk.ts";
import oracle from "./fixtures/brain-motion.json" with { type: "json" };

const motion = oracle.defaults as PhysicalMotion;
const normalsOf = (seed: number) => {
  const stream = (name: string) => createRandom(seed).stream(name).normal;
  return { stride: stream("s"), jerk: [stream("y"), stream("x")] as const };
};
const run = (seed: number, own: Partial<PhysicalMotion> = {}, frames = 400, fps = 20) =>
  physicalMotion({ ...motion, ...own }, frames, fps, normalsOf(seed));

describe("oscillator", () => {
  const rate_hz = 3000;
  const omega = 2 * Math.PI * 6;

  test("rings at its damped frequency and decays by its damping", () => {
    const drive = new Float64Array(2 * rate_hz);
    drive[0] = rate_hz; // a kick of unit speed
    const x = respond(drive, { resonance_freq_hz: 6, damping_ratio: 0.1 }, rate_hz);
    const damped = omega * Math.sqrt(1 - 0.01);
    for (let i = 0; i < x.length; i += 100) {
      const t = (i + 1) / rate_hz;
      const exact = (Math.exp(-0.1 * omega * t) * Math.sin(damped * t)) / damped;
      // First-order integrator: an error of order ωh = 1.3 % of the amplitude 1/ω; it grows with the phase, ζωt ≤ 7.5.
      expect(Math.abs(x[i]! - exact)).toBeLessThan(0.013 / omega);
    }
  });

  test("answers a sinusoid by the transfer function", () => {
    const w = 2 * Math.PI * 4;
    const drive = Float64Array.from({ length: 5 * rate_hz }, (_, i) => Math.sin((w * i) / rate_hz));
    const x = respond(drive, { resonance_freq_hz: 6, damping_ratio: 0.5 }, rate_hz);
    // The transient has decayed by e^-75 after 4 s; the last second holds 4 whole cycles.
    const last = x.subarray(4 * rate_hz);
    const rms = Math.sqrt(last.reduce((sum, value) => sum + value * value, 0) / rate_hz);
    const exact = Math.SQRT1_2 / Math.hypot(omega ** 2 - w ** 2, omega * w);
    // First-order integrator, ωh = 1.3 %.
    expect(Math.abs(rms / exact - 1)).toBeLessThan(0.013);
  });

  test("is integrated in whole steps a frame, near 300 Hz", () => {
    expect(fineRate(20)).toEqual({ steps: 15, rate_hz: 300 });
    expect(fineRate(30)).toEqual({ steps: 10, rate_hz: 300 });
    expect(fineRate(1000)).toEqual({ steps: 1, rate_hz: 1000 });
  });

  test("stays bounded exactly where it says so", () => {
    const kick = Float64Array.from({ length: 20_000 }, (_, i) => (i === 0 ? 1 : 0));
    const frequency = fc.double({ min: 5, max: 50, noNaN: true });
    fc.assert(
      fc.property(frequency, fc.double({ min: 0.05, max: 5, noNaN: true }), (f, damping_ratio) => {
        const oscillator = { resonance_freq_hz: f, damping_ratio };
        const angle = (2 * Math.PI * f) / 100;
        // Within 1 % of the border growth is too slow to tell.
        fc.pre(Math.abs(angle * angle + 4 * damping_ratio * angle - 4) > 0.04);
        const end = Math.abs(respond(kick, oscillator, 100).at(-1)!);
        expect(end < 1).toBe(isStable(oscillator, 100));
      }),
    );
  });
});

describe("drives", () => {
  test("strides have the mean frequency and wander around it", () => {
    const seconds = 20;
    const runs = 40;
    const counts = Array.from({ length: runs }, (_, k) => {
      const drive = strideDrive(seconds * 300, 300, 7, createRandom(k).stream("s").normal);
      let cycles = 0;
      for (let i = 1; i < drive.length; i++) if (drive[i - 1]! < 0 && drive[i]! >= 0) cycles++;
      return cycles;
    });
    const mean = counts.reduce((sum, count) => sum + count, 0) / runs;
    const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / (runs - 1);
    // ∫ of red noise over T has variance 2 τ T (τ ≪ T): cycles vary by (7 · 0.15)² · 2 · 0.3 · 20 = 13.2, and whole
    // cycles at both ends add up to 1/6. The mean of 40 is within 5 √(13.4/40) = 2.9, and up to one cycle is cut off.
    expect(Math.abs(mean - 7 * seconds)).toBeLessThan(2.9 + 1);
    // A variance estimated from 40 has a relative standard deviation of √(2/39) = 0.23; 4 of them.
    expect(Math.abs(variance / 13.4 - 1)).toBeLessThan(0.92);
  });

  test("movement without rhythm has unit variance and a correlation time of 0.12 s", () => {
    const runs = 4000;
    let power = 0;
    let product = 0;
    for (let k = 0; k < runs; k++) {
      const drive = jerkDrive(37, 300, createRandom(k).stream("j").normal);
      power += drive[36]! ** 2 / runs;
      product += (drive[0]! * drive[36]!) / runs;
    }
    // 36 steps are 0.12 s: correlation 1/e. Standard deviations √(2/n) and √((1 + ρ²)/n); 5 of them.
    expect(Math.abs(power - 1)).toBeLessThan(5 * Math.sqrt(2 / runs));
    const rho = Math.exp(-1);
    expect(Math.abs(product - rho)).toBeLessThan(5 * Math.sqrt((1 + rho * rho) / runs));
  });
});

describe("physical motion", () => {
  test("starts at rest and reaches its amplitude at the 99th percentile", () => {
    for (let seed = 0; seed < 20; seed++) {
      const shifts = run(seed);
      expect([shifts[0], shifts[1]]).toEqual([0, 0]);
      // a scale factor in float64
      expect(quantile(radii(shifts).sort(), 0.99)).toBeCloseTo(motion.motion_amplitude_um, 10);
    }
  });

  test("never leaves the disk of the largest shift", () => {
    for (let seed = 0; seed < 20; seed++) {
      const shifts = run(seed, { max_shift_um: 10.1 });
      // the projection rounds once
      expect(Math.max(...radii(shifts))).toBeLessThanOrEqual(10.1 * (1 + 1e-15));
    }
    const reaching = Math.max(...radii(run(0, { max_shift_um: 10.1 })));
    expect(reaching).toBeCloseTo(10.1, 10);
  });

  test("strides move one axis at the stride's frequency", () => {
    for (const locomotion_axis of ["y", "x"] as const) {
      const shifts = run(3, { locomotion_fraction: 1, locomotion_axis }, 2000, 50);
      const along = locomotion_axis === "y" ? 0 : 1;
      const axis = (a: number) => Float64Array.from({ length: 2000 }, (_, t) => shifts[2 * t + a]!);
      expect(new Set(axis(1 - along))).toEqual(new Set([0]));
      const peak = peakFrequency(axis(along), 50);
      // The frequency wanders with a standard deviation of 1.05 Hz, and the resonance at 6 Hz pulls the peak down.
      expect(peak).toBeGreaterThan(4.9);
      expect(peak).toBeLessThan(8.1);
    }
  });

  test("without strides both axes move alike", () => {
    let ratio = 0;
    const seeds = 60;
    for (let seed = 0; seed < seeds; seed++) {
      const [y, x] = axisPower(run(seed, { locomotion_fraction: 0 }));
      ratio += Math.log(y! / x!) / seeds;
    }
    // Equal power before averaging over frames; what that takes off differs by a few per cent from run to run.
    expect(Math.abs(ratio)).toBeLessThan(0.05);
  });

  test("moves like the reference at the V4 scope's 20 frames a second", () => {
    const seeds = 100;
    const total = { y: 0, x: 0, slowY: 0, slowX: 0 };
    for (let seed = 0; seed < seeds; seed++) {
      const px = run(seed, {}, 200).map((shift) => shift / (4.8 / 2.9));
      const [y, x] = axisPower(px);
      total.y += Math.sqrt(y!) / seeds;
      total.x += Math.sqrt(x!) / seeds;
      total.slowY += slowShare(px, 0) / seeds;
      total.slowX += slowShare(px, 1) / seeds;
    }
    // Six profiled runs, mean and standard deviation: y 2.12 ± 0.09 px, x 1.94 ± 0.07 px, power below 3 Hz 0.70 ± 0.04
    // in y and 0.79 ± 0.10 in x. Means of six differ from ours by their standard deviation / √6; 5 of those.
    expect(Math.abs(total.y - 2.12)).toBeLessThan(0.19);
    expect(Math.abs(total.x - 1.94)).toBeLessThan(0.15);
    expect(Math.abs(total.slowY - 0.7)).toBeLessThan(0.08);
    expect(Math.abs(total.slowX - 0.79)).toBeLessThan(0.2);
  });

  test("is still when there is nothing to move it", () => {
    expect(radii(run(0, {}, 1))).toEqual(new Float64Array(1));
    expect(radii(run(0, { motion_amplitude_um: 0 }, 5))).toEqual(new Float64Array(5));
  });
});

describe("walk", () => {
  test("takes independent normal steps from rest", () => {
    const frames = 4001;
    const { normal } = createRandom(1).stream("walk");
    const shifts = boundedWalk({ walk_step_um: 0.3, max_shift_um: 1e9 }, frames, normal);
    expect([shifts[0], shifts[1]]).toEqual([0, 0]);
    const steps = Array.from({ length: 2 * (frames - 1) }, (_, i) => shifts[i + 2]! - shifts[i]!);
    const variance = steps.reduce((sum, step) => sum + step * step, 0) / steps.length;
    // √(2/n) relative; 5 of them
    expect(Math.abs(variance / 0.09 - 1)).toBeLessThan(5 * Math.sqrt(2 / steps.length));
  });

  test("is held by the disk", () => {
    const { normal } = createRandom(1).stream("walk");
    const shifts = boundedWalk({ walk_step_um: 0.3, max_shift_um: 1 }, 500, normal);
    // the projection rounds once
    expect(Math.max(...radii(shifts))).toBeLessThanOrEqual(1 + 1e-15);
    expect(radii(shifts).filter((radius) => radius > 0.999).length).toBeGreaterThan(10);
  });
});

test("the nearest point of the disk keeps the direction", () => {
  expect(ontoDisk(3, 4, 10)).toEqual([3, 4]);
  expect(ontoDisk(3, 4, 1)).toEqual([0.6, 0.8]);
  expect(ontoDisk(0, 0, 0)).toEqual([0, 0]);
});

/** Mean square of each axis around its mean. */
function axisPower(shifts: Float64Array): number[] {
  return [0, 1].map((axis) => {
    const values = shifts.filter((_, i) => i % 2 === axis);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  });
}

/** Power spectrum without the mean: k-th entry at k · fps / n Hz. */
function spectrum(values: Float64Array): number[] {
  const n = values.length;
  return Array.from({ length: Math.floor(n / 2) + 1 }, (_, k) => {
    let re = 0;
    let im = 0;
    for (let t = 0; t < n; t++) {
      re += values[t]! * Math.cos((2 * Math.PI * k * t) / n);
      im += values[t]! * Math.sin((2 * Math.PI * k * t) / n);
    }
    return k === 0 ? 0 : re * re + im * im;
  });
}

/** Share of an axis' power below 3 Hz, of 200 frames at 20 Hz. */
function slowShare(shifts: Float64Array, axis: number): number {
  const power = spectrum(shifts.filter((_, i) => i % 2 === axis));
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
  return sum(power.slice(0, 30)) / sum(power);
}

/** Where the spectrum, smoothed over 1 Hz, peaks. */
function peakFrequency(values: Float64Array, fps: number): number {
  const power = spectrum(values);
  const perHz = values.length / fps;
  const smooth = power.map((_, k) =>
    power
      .slice(Math.max(0, k - perHz / 2), k + perHz / 2)
      .reduce((total, value) => total + value, 0),
  );
  return smooth.indexOf(Math.max(...smooth)) / perHz;
}
