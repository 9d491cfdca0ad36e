// Paired experiments: what is switched on or changed moves no draw of anything else.
import { expect, test } from "vitest";
import { type Given, simulate, trainsOf } from "./simulate.ts";

const N = 60;
const base = {
  rate_hz: 1,
  rate_log10_sd: 0,
  silent_fraction: 0,
  drive_cv: 0,
  assemblies: 0,
  burst_mean: 1,
} as const;
const recorded = { n_cells: N, n_frames: 1000 };
const of = (given: Given, n_frames = 1000) => {
  const { spike_times_s, ...rest } = simulate({ ...base, ...given }, { ...recorded, n_frames });
  return { ...rest, trains: trainsOf(spike_times_s) };
};
const plain = of({});

test("another indicator sees the same spikes, however long its past", () => {
  for (const given of [
    { indicator: "gcamp7s" },
    { indicator: "gcamp8f" },
    { indicator: "linear", tau_decay_s: 20 },
    { kinetics_cv: 0.5 },
    { drive_cv: 0.5, indicator: "gcamp7s" },
  ] as const) {
    const drive_cv = "drive_cv" in given ? given.drive_cv : 0;
    const other = of(given);
    expect(other.trains).toEqual(of({ drive_cv }).trains);
    expect(other.amplitude).toEqual(plain.amplitude);
  }
});

test("spread of kinetics, response and brightness move neither spikes nor each other", () => {
  const changed = of({ kinetics_cv: 0.3, response_cv: 0.1, brightness_cv: 0.6 });
  expect(changed.trains).toEqual(plain.trains);
  expect(of({ kinetics_cv: 0, response_cv: 0 }).amplitude).toEqual(plain.amplitude);
  // Calcium knows nothing of brightness, and its height nothing of the pace.
  expect(of({ brightness_cv: 0.6 }).calcium).toEqual(plain.calcium);
});

test("silent cells are silent, and all others fire as before", () => {
  const { trains } = of({ silent_fraction: 0.4 });
  const silent = trains.filter(({ length }) => length === 0).length;
  expect(silent).toBeGreaterThan(10);
  for (const [cell, times] of trains.entries()) {
    if (times.length > 0) expect(times).toEqual(plain.trains[cell]);
  }
});

test("assemblies add spikes and take none away", () => {
  const { trains } = of({ assemblies: 5, assembly_rate_hz: 0.2 });
  for (const [cell, times] of trains.entries()) {
    const all = new Set(times);
    expect(plain.trains[cell]!.every((time) => all.has(time))).toBe(true);
  }
  const count = (lists: number[][]) => lists.flat().length;
  expect(count(trains)).toBeGreaterThan(count(plain.trains));
  // One assembly more leaves those that there are.
  const six = of({ assemblies: 6, assembly_rate_hz: 0.2, refractory_s: 1e-4 }).trains;
  const five = of({ assemblies: 5, assembly_rate_hz: 0.2, refractory_s: 1e-4 }).trains;
  for (const [cell, times] of five.entries()) {
    const all = new Set(six[cell]);
    expect(times.every((time) => all.has(time))).toBe(true);
  }
});

test("a spread of rates and a drive stretch the waits of the same draws", () => {
  const spread = of({ rate_log10_sd: 0.4 });
  for (const [cell, times] of spread.trains.entries()) {
    const alike = plain.trains[cell]!;
    if (times.length === 0 || alike.length === 0) continue;
    const factor = times[0]! / alike[0]!;
    // Waits are stretched by the cell's own factor, but for refractory times of 2 ms in them: up to a fifth of a percent of a wait of a second.
    for (const [i, time] of times.slice(0, alike.length).entries()) {
      const inRefractory = 0.002 * (i + 1) * (1 + factor);
      expect(Math.abs(time - factor * alike[i]!)).toBeLessThan(inRefractory);
    }
  }
  const driven = of({ drive_cv: 1e-6 });
  for (const [cell, times] of driven.trains.entries()) {
    for (const [i, time] of times.slice(0, 5).entries()) {
      expect(Math.abs(time - plain.trains[cell]![i]!)).toBeLessThan(1e-3);
    }
  }
});

test("longer bursts begin when single spikes came, but for the time that they last", () => {
  const bursts = of({ burst_mean: 3, rate_hz: 3, burst_interval_s: 0.002 });
  for (const [cell, times] of plain.trains.entries()) {
    for (const time of times.slice(0, 5)) {
      // A burst lasts 4 ± 5 ms, which waits make up for on average: after five bursts five standard deviations are 0.06 s, and waits of 5 s are 0.4 % shorter.
      expect(bursts.trains[cell]!.some((spike) => Math.abs(spike - time) < 0.08)).toBe(true);
    }
  }
});

test("a longer recording begins with the shorter one, with everything on", () => {
  const given = {
    silent_fraction: 0.2,
    rate_log10_sd: 0.5,
    drive_cv: 0.5,
    assemblies: 4,
    assembly_rate_hz: 0.3,
    burst_mean: 3,
    trace_noise: 0.1,
  };
  const [short, long] = [of(given, 500), of(given, 900)];
  for (const [cell, times] of short.trains.entries()) {
    expect(long.trains[cell]!.slice(0, times.length)).toEqual(times);
    expect(long.C.slice(900 * cell, 900 * cell + 500)).toEqual(
      short.C.slice(500 * cell, 500 * cell + 500),
    );
  }
});
