// What the lessons say happens, happens in their window: the preset that they open with, one knob turned.
import { groundTruth } from "@minisim/finalize";
import { builtinSteps, compile, liveRecording, preset, Spec, simulate, vary } from "minisim";
import { describe, expect, test } from "vitest";
import { correlation } from "../src/engine/correlation.ts";
import { binned, deconvolve } from "../src/engine/deconvolve.ts";
import { demix } from "../src/engine/demix.ts";
import { createField } from "../src/engine/focus.ts";
import { Preview } from "../src/engine/preview.ts";
import { registration } from "../src/engine/registration.ts";
import { tracesOf } from "../src/engine/scene-info.ts";
import { windowed } from "../src/engine/window.ts";
import { DEFAULT_LIMITS } from "../src/engine/window-limits.ts";
import { candidatesIn } from "../src/examine/candidates.ts";
import { chosen } from "../src/examine/chosen.ts";

const field = createField(builtinSteps, Spec.jsonSchema());
const LAMP = 6300;
const FULL = 255;

async function lesson(changes: Parameters<typeof vary>[1] = {}, until?: string) {
  const spec = Spec.parse(vary(preset("miniscope_v4/ca1")!, changes));
  const small = windowed(spec, DEFAULT_LIMITS, field).spec;
  return simulate(small, until === undefined ? {} : { until });
}

/** As the page counts: over all of the recording. */
function counted(changes: Parameters<typeof vary>[1] = {}) {
  const spec = Spec.parse(vary(preset("miniscope_v4/ca1")!, changes));
  return groundTruth(compile(windowed(spec, DEFAULT_LIMITS, field).counted));
}

const total = (data: ArrayLike<number>) => Array.from(data).reduce((sum, value) => sum + value, 0);
const saturated = (data: ArrayLike<number>) =>
  Array.from(data).filter((value) => value === FULL).length / data.length;

test("nine tenths of the light are background", async () => {
  const short = { "acquisition.duration_s": 1 };
  const cells = total((await lesson(short, "composite")).observed.data);
  const all = total((await lesson(short, "neuropil")).observed.data);
  expect(1 - cells / all).toBeGreaterThan(0.9);
});

describe("detectable cells", async () => {
  const detectable = async (photons_per_um2_s: number) =>
    counted({ "steps.sensor.photons_per_um2_s": photons_per_um2_s }).n_detectable;
  const usual = await detectable(LAMP);

  test("less light: fewer", async () => {
    expect(await detectable(LAMP / 3)).toBeLessThan(usual / 2);
  });

  test("half as much light again: more", async () => {
    expect(await detectable(1.5 * LAMP)).toBeGreaterThan(usual);
  });

  test("four times the light: the counts saturate, and hardly one is", async () => {
    expect(await detectable(4 * LAMP)).toBeLessThan(usual / 10);
  });

  test("behind vessels every cell is harder to tell, and some by a tenth", async () => {
    const veiled = counted();
    const clear = counted({ "steps.vasculature": null });
    const shares = [...veiled.vessel_overlap_fraction!.data].flatMap((hidden, cell) => {
      const dprime = clear.transient_dprime!.data[cell]!;
      return hidden > 0.1 && dprime > 0 ? veiled.transient_dprime!.data[cell]! / dprime : [];
    });
    expect(shares.length).toBeGreaterThan(5);
    expect(Math.max(...shares)).toBeLessThan(1);
    expect(Math.min(...shares)).toBeLessThan(0.9);
    expect(veiled.n_detectable).toBeLessThanOrEqual(clear.n_detectable);
  });
});

test("demixing is far easier with a tenth of the background", async () => {
  const median = async (level: number) => {
    const spec = Spec.parse(vary(preset("miniscope_v4/ca1")!, { "steps.neuropil.level": level }));
    const preview = await Preview.open(windowed(spec, DEFAULT_LIMITS, field).spec);
    const { demixed } = (await demix(preview, "neuropil", () => true))!;
    preview.release();
    return demixed.sort()[demixed.length >> 1]!;
  };
  expect(await median(100)).toBeLessThan(0.8);
  expect(await median(10)).toBeGreaterThan(0.9);
});

test("at an NA of 0.6 every pixel saturates", async () => {
  const { observed } = await lesson({
    "acquisition.optics.na": 0.6,
    "acquisition.duration_s": 1,
  });
  expect(saturated(observed.data)).toBeGreaterThan(0.99);
});

test("what the light budget says of frame rate, aperture, length and fading", () => {
  const cells = (changes: Parameters<typeof vary>[1]) => counted(changes).n_detectable;
  expect(cells({})).toBe(61);
  expect(cells({ "acquisition.fps": 10 })).toBe(11);
  expect(cells({ "acquisition.optics.na": 0.4 })).toBe(33);
  expect(cells({ "acquisition.optics.na": 0.2 })).toBe(35);
  expect(cells({ "acquisition.duration_s": 600 })).toBe(91);
  expect(cells({ "steps.bleaching.bleach_susceptibility": 0.01 })).toBe(2);
  // The tasks can be done.
  expect(cells({ "steps.sensor.photons_per_um2_s": 9450 })).toBeGreaterThanOrEqual(64);
  expect(cells({ "steps.neuropil.level": 14 })).toBeGreaterThanOrEqual(80);
});

async function previewOf(changes: Parameters<typeof vary>[1] = {}) {
  const spec = Spec.parse(vary(preset("miniscope_v4/ca1")!, changes));
  return Preview.open(windowed(spec, DEFAULT_LIMITS, field).spec);
}

test("registration: vessels hold it, the sensor's pattern misleads it, levelling helps", async () => {
  const usual = await previewOf();
  const still = (await registration(usual, "brain_motion", () => true))!;
  expect(still.raw).toBeLessThan(0.05);
  expect(still.filtered).toBeLessThan(still.raw);
  const seen = (await registration(usual, "sensor", () => true))!;
  expect(seen.filtered).toBeGreaterThan(0.9 * seen.moved);
  expect(seen.cleaned).toBeLessThan(0.06);
  usual.release();
  const bare = await previewOf({ "steps.vasculature": null });
  const hazy = (await registration(bare, "brain_motion", () => true))!;
  expect(hazy.raw).toBeGreaterThan(0.4 * hazy.moved);
  expect(hazy.filtered).toBeLessThan(0.03);
  bare.release();
});

test("seeds: most are nothing while the tissue moves; held still, a tenth is left", async () => {
  const seeds = async (changes: Parameters<typeof vary>[1]) => {
    const { plan } = await previewOf(changes);
    return chosen(await candidatesIn(liveRecording(plan), () => {}), 5, 0);
  };
  expect(await seeds({})).toEqual({ seeds: 239, onCells: 52, found: 13, detectable: 16 });
  const still = await seeds({ "steps.brain_motion": null });
  expect(still).toMatchObject({ seeds: 24, onCells: 16 });
  expect((await previewOf({ "steps.neuropil.level": 14 })).truth.n_detectable).toBe(35);
});

test("spikes: half a second is told on cells alone, and background costs more than the frame rate", async () => {
  const median = async (changes: Parameters<typeof vary>[1], stage: string, bin: number) => {
    const preview = await previewOf(changes);
    const { fps } = preview.plan.spec.acquisition;
    const units = [...Array(preview.truth.n_units).keys()];
    const traces = await tracesOf(preview, stage, units, () => true);
    const all = traces.flatMap(({ roi, spikeTimes }) => {
      if (spikeTimes.length < 3) return [];
      const truth = new Float64Array(roi.length);
      for (const time of spikeTimes) {
        const frame = Math.floor(time * fps);
        if (frame < truth.length) truth[frame]! += 1;
      }
      const spikes = deconvolve(roi, Math.exp(-1 / fps / 0.35));
      return [correlation(binned(spikes, fps, bin), binned(truth, fps, bin))];
    });
    preview.release();
    return all.sort((a, b) => a - b)[all.length >> 1]!;
  };
  expect(await median({}, "cells_only", 0.5)).toBeGreaterThan(0.95);
  expect(await median({}, "cells_only", 0.1)).toBeLessThan(0.7);
  const slow = await median({ "acquisition.fps": 5 }, "cells_only", 0.5);
  expect(slow).toBeGreaterThan(0.75);
  expect(slow).toBeLessThan(0.9);
  expect(await median({}, "sensor", 1)).toBeLessThan(0.55);
});
