// Cells that fire in bursts: rates, intervals, bursts, and what they have in common, against their laws.
import { describe, expect, test } from "vitest";
import { waitOf } from "../src/bursts.ts";
import { type Given, mean, simulate, trainsOf, variance } from "./simulate.ts";

/** Nothing in common, all alike. */
const APART = { assemblies: 0, drive_cv: 0, rate_log10_sd: 0, silent_fraction: 0 } as const;
const SHAPE = { burst_mean: 2, burst_interval_s: 0.006, refractory_s: 0.002 } as const;

const trains = (given: Given, n_cells: number, seconds: number, seed = 0) =>
  trainsOf(simulate(given, { n_cells, n_frames: 20 * seconds, seed }).spike_times_s);
const intervalsOf = (times: readonly number[]) => times.slice(1).map((time, i) => time - times[i]!);
/** Standard deviation of the mean of independent values. */
const errorOf = (values: readonly number[]) => Math.sqrt(variance(values) / values.length);

describe("the rate", () => {
  test.each([
    { rate_hz: 0.5, burst_mean: 1 },
    { rate_hz: 3, burst_mean: 3 },
    { rate_hz: 40, burst_mean: 5 },
    { rate_hz: 3, burst_mean: 3, drive_cv: 0.6, drive_tau_s: 0.5 },
  ])("of a cell is what was asked for: %j", (given) => {
    const seconds = 50;
    const counts = trains({ ...APART, ...given }, 300, seconds).map(({ length }) => length);
    // Cells are independent but for a drive. Its variance adds cv² · 2τ/T to that of the mean rate (cv 0.6 with a correlation time of exp(x), shorter than 0.5 s).
    const drive = (given.drive_cv ?? 0) ** 2 * ((2 * (given.drive_tau_s ?? 0)) / seconds);
    const error = Math.sqrt(errorOf(counts) ** 2 + (given.rate_hz * seconds) ** 2 * drive);
    expect(Math.abs(mean(counts) - given.rate_hz * seconds)).toBeLessThan(5 * error);
  });

  test("is the same in every stretch of the recording, from its beginning on", () => {
    const cells = trains({ ...APART, rate_hz: 2, burst_mean: 4 }, 3000, 4);
    const perStretch = [0, 1, 2, 3].map((s) =>
      cells.map((times) => times.filter((time) => time >= s && time < s + 1).length),
    );
    for (const counts of perStretch) {
      expect(Math.abs(mean(counts) - 2)).toBeLessThan(5 * errorOf(counts));
    }
  });

  test("is as high as bursts allow where more is asked for", () => {
    // Bursts of 3 last 12 ms, and a refractory time apart: 3 spikes in 14 ms.
    expect(waitOf({ ...SHAPE, burst_mean: 3 }, 300)).toBe(0);
    const given = { ...APART, burst_mean: 3, rate_hz: 500 };
    const counts = trains(given, 50, 10).map(({ length }) => length);
    expect(Math.abs(mean(counts) - (10 * 3) / 0.014)).toBeLessThan(5 * errorOf(counts));
  });

  test("is lognormal across cells, with the mean that was asked for", () => {
    const [n, seconds, sd] = [1500, 100, 0.5];
    const given = { ...APART, rate_hz: 5, rate_log10_sd: sd, burst_mean: 1 };
    const rates = trains(given, n, seconds).map(({ length }) => length / seconds);
    // Mean: five standard errors, of which the spread of the rates is nearly all.
    expect(Math.abs(mean(rates) - 5)).toBeLessThan(5 * errorOf(rates));
    // log10 of a count of N spikes has the variance (log10 e)²/N more: 500 spikes on average, median 258, below 2e-3 of a variance of 0.25.
    const logs = rates.filter((rate) => rate > 0).map(Math.log10);
    expect(logs.length).toBeGreaterThan(0.999 * n);
    expect(Math.abs(Math.sqrt(variance(logs)) - sd)).toBeLessThan(
      (5 * sd) / Math.sqrt(2 * n) + 0.005,
    );
    const median = [...logs].sort((a, b) => a - b)[n >> 1]!;
    // The median of a lognormal is its mean · exp(−σ²/2); the error of a median is 1.25 times that of a mean.
    const wanted = Math.log10(5) - ((sd * Math.LN10) ** 2 / 2) * Math.LOG10E;
    expect(Math.abs(median - wanted)).toBeLessThan((5 * 1.25 * sd) / Math.sqrt(n) + 0.005);
  });

  test("is 0 for the share of cells that is silent, in assemblies too", () => {
    const n = 2000;
    const given = { rate_hz: 20, rate_log10_sd: 0, silent_fraction: 0.3 };
    const silent = trains(given, n, 5).filter(({ length }) => length === 0).length;
    // Five standard deviations of a binomial share. That a cell of 20 Hz fires nothing in 5 s has the probability e^−50.
    expect(Math.abs(silent / n - 0.3)).toBeLessThan(5 * Math.sqrt(0.21 / n));
  });
});

describe("a burst", () => {
  // Bursts a minute apart, so that each gap above 0.1 s ends one: with a rate of 0.2 Hz chance puts two nearer than that in 2 % of cases.
  const given = { ...APART, ...SHAPE, rate_hz: 0.2, burst_mean: 3 };
  const cells = trains(given, 400, 300);
  const bursts = cells.flatMap((times) => {
    const starts = [0, ...times.flatMap((time, i) => (time - times[i - 1]! > 0.1 ? [i] : []))];
    return starts.slice(0, -1).map((start, k) => times.slice(start, starts[k + 1]));
  });
  const lengths = bursts.map(({ length }) => length);

  test("has a geometric number of spikes", () => {
    // A share 0.2/3 · 0.1 s = 0.7 % of bursts has run into the next, and counts as one of twice the mean length.
    const merged = (0.2 / 3) * 0.1;
    expect(Math.abs(mean(lengths) / 3 - 1)).toBeLessThan(
      (5 * Math.sqrt(6 / lengths.length)) / 3 + merged,
    );
    for (const k of [1, 2, 3, 5]) {
      const law = (1 / 3) * (2 / 3) ** (k - 1);
      const seen = lengths.filter((length) => length === k).length / lengths.length;
      const error = Math.sqrt((law * (1 - law)) / lengths.length);
      expect(Math.abs(seen - law)).toBeLessThan(5 * error + merged);
    }
  });

  test("has intervals that are exponential beyond the refractory time", () => {
    const within = bursts.flatMap(intervalsOf).filter((interval) => interval < 0.05);
    // Mean of 4 ms beyond 2 ms; cut at 50 ms, e^−12.
    expect(Math.abs(mean(within) - 0.006)).toBeLessThan((5 * 0.004) / Math.sqrt(within.length));
    const median = [...within].sort((a, b) => a - b)[within.length >> 1]!;
    const wanted = 0.002 + 0.004 * Math.LN2;
    expect(Math.abs(median - wanted)).toBeLessThan((5 * 0.004) / Math.sqrt(within.length));
  });

  test("comes at any time, not at those of a grid", () => {
    const phases = cells.flat().map((time) => (time * 300) % 1);
    // Sixteen classes of a uniform phase: χ² of 15 degrees of freedom exceeds 44.3 with a probability of 1e-4.
    const classes = new Float64Array(16);
    for (const phase of phases) classes[Math.floor(16 * phase)]!++;
    const each = phases.length / 16;
    expect(classes.reduce((sum, count) => sum + (count - each) ** 2 / each, 0)).toBeLessThan(44.3);
  });

  test("waits for the next as a Poisson process does", () => {
    const waits = cells.flatMap(intervalsOf).filter((interval) => interval > 0.1);
    const wait_s = waitOf({ ...SHAPE, burst_mean: 3 }, 0.2) + 0.002;
    // Beyond 0.1 s the waits are still exponential. Long ones are cut by the end, a share wait/duration = 5 % of the mean at most.
    expect(Math.abs(mean(waits) - 0.1 - wait_s)).toBeLessThan(
      (5 * wait_s) / Math.sqrt(waits.length) + (wait_s * wait_s) / 300,
    );
    const cv = Math.sqrt(variance(waits)) / (mean(waits) - 0.1);
    expect(Math.abs(cv - 1)).toBeLessThan(0.1);
  });
});

test("no two spikes of a cell are nearer than its refractory time, those of assemblies included", () => {
  const given = { rate_hz: 10, refractory_s: 0.005, burst_interval_s: 0.006, assembly_rate_hz: 2 };
  const intervals = trains(given, 100, 30).flatMap(intervalsOf);
  expect(intervals.length).toBeGreaterThan(10_000);
  // Differences of times up to 30 s round by 1e-14.
  expect(Math.min(...intervals.slice(0, 50_000))).toBeGreaterThan(0.005 - 1e-12);
});

/** Active frames in bins of a second, less their mean. */
function binned(times: readonly number[], seconds: number): number[] {
  const counts = new Array<number>(seconds).fill(0);
  for (const time of times) counts[Math.floor(time)]!++;
  const m = mean(counts);
  return counts.map((count) => count - m);
}

describe("together:", () => {
  const seconds = 400;
  const busy = { ...APART, rate_hz: 1, burst_mean: 1 };

  test("cells without assemblies and drive are independent", () => {
    const cells = trains(busy, 60, seconds).map((times) => binned(times, seconds));
    const pairs = correlations(cells);
    // 1770 correlations of 400 bins each: mean 0 ± 1/√(1770 · 400), as pairs of independent cells are uncorrelated.
    expect(Math.abs(mean(pairs))).toBeLessThan(5 / Math.sqrt(pairs.length * seconds));
    expect(Math.abs(Math.sqrt(variance(pairs)) * Math.sqrt(seconds) - 1)).toBeLessThan(0.1);
  });

  test("a drive makes all of them wax and wane, by its cv and with its time", () => {
    const given = { ...busy, drive_cv: 0.5, drive_tau_s: 5 };
    const population = sumOf(trains(given, 1500, seconds).map((times) => binned(times, seconds)));
    const rate = 1500;
    const autocovariance = (lag: number) =>
      mean(population.slice(lag).map((value, i) => value * population[i]!)) / rate ** 2;
    // exp of a Gaussian process: covariance (1 + cv²)^ρ − 1. Of a lag of 2 s, ρ = e^−0.4; the factors' mean over 1 s takes 7 % at most, and 400 s
    // hold 40 to 80 independent stretches, each with a variance of the square of the covariance and, for a lognormal, twice that again.
    const wanted = 1.25 ** Math.exp(-2 / 5) - 1;
    expect(Math.abs(autocovariance(2) / wanted - 1)).toBeLessThan(
      (5 * Math.sqrt(3)) / Math.sqrt(60),
    );
    expect(autocovariance(40)).toBeLessThan(wanted / 2);
  });

  test("members of an assembly fire at its events, and others do not", () => {
    const given = {
      ...busy,
      rate_hz: 0.05,
      assemblies: 1,
      assembly_size: 0.4,
      assembly_rate_hz: 0.2,
      assembly_participation: 0.8,
      assembly_jitter_s: 0.05,
    };
    const n = 400;
    const cells = trains(given, n, seconds);
    const own = 0.05 * seconds;
    const isMember = cells.map(({ length }) => length > 2 * own);
    const members = isMember.filter(Boolean).length;
    // Others fire 20 ± 4.5 spikes, members 64 more: 40 is over four standard deviations from both. The share is binomial.
    expect(Math.abs(members / n - 0.4)).toBeLessThan(5 * Math.sqrt(0.24 / n) + 0.002);
    const perMember = mean(cells.filter((_, i) => isMember[i]).map(({ length }) => length));
    // All members share the events, whose number is Poisson: 80 ± 9.
    const events = 0.2 * seconds;
    expect(Math.abs(perMember - own - 0.8 * events)).toBeLessThan(5 * 0.8 * Math.sqrt(events) + 1);
    const inside = cells.filter((_, i) => isMember[i]).map((times) => binned(times, seconds));
    const outside = cells.filter((_, i) => !isMember[i]).map((times) => binned(times, seconds));
    expect(mean(correlations(inside.slice(0, 40)))).toBeGreaterThan(0.4);
    expect(Math.abs(mean(correlations(outside.slice(0, 40))))).toBeLessThan(
      5 / Math.sqrt(780 * seconds),
    );
  });

  test("a member's burst follows the event by an exponential delay", () => {
    const given = {
      ...busy,
      rate_hz: 1e-6,
      assemblies: 1,
      assembly_size: 1,
      assembly_rate_hz: 0.1,
    };
    const jitter = { assembly_participation: 1, assembly_jitter_s: 0.2, burst_mean: 1 };
    // Participation grows with the rate over the mean, which is 1 for all.
    const cells = trains({ ...given, ...jitter }, 200, 100);
    const earliest = trains({ ...given, ...jitter, assembly_jitter_s: 0 }, 1, 100)[0]!;
    const delays = cells.flatMap((times) =>
      times.length === earliest.length ? times.map((time, i) => time - earliest[i]!) : [],
    );
    expect(delays.length).toBeGreaterThan(500);
    expect(Math.min(...delays)).toBeGreaterThan(0);
    // Sorted times belong to events in turn but where delays overtake, e^−(10 s/0.2 s). Cells that lost a spike to the end are left out.
    expect(Math.abs(mean(delays) - 0.2)).toBeLessThan((5 * 0.2) / Math.sqrt(delays.length) + 0.01);
  });

  test("cells of low rates take part less, so that rates stay lognormal", () => {
    const given = {
      ...busy,
      rate_hz: 1,
      rate_log10_sd: 0.5,
      assembly_size: 1,
      assembly_rate_hz: 1,
    };
    const alone = trains(given, 300, 100).map(({ length }) => length);
    const both = trains({ ...given, assemblies: 1 }, 300, 100).map(({ length }) => length);
    const sdOf = (counts: number[]) =>
      Math.sqrt(variance(counts.filter((count) => count > 0).map(Math.log10)));
    // Rates below the mean grow in proportion, those above by one event a second.
    expect(sdOf(both)).toBeGreaterThan(0.8 * sdOf(alone));
  });
});

const sumOf = (rows: readonly (readonly number[])[]) =>
  rows.reduce<number[]>((sum, row) => row.map((value, i) => value + (sum[i] ?? 0)), []);

function correlations(rows: readonly (readonly number[])[]): number[] {
  const norms = rows.map((row) => Math.sqrt(row.reduce((sum, value) => sum + value * value, 0)));
  return rows.flatMap((row, i) =>
    rows.slice(0, i).map((other, k) => {
      return row.reduce((sum, value, t) => sum + value * other[t]!, 0) / (norms[i]! * norms[k]!);
    }),
  );
}
