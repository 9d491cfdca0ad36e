// What the lessons say happens, happens in their window: the preset that they open with, one knob turned.
import { groundTruth } from "@minisim/finalize";
import { builtinSteps, compile, preset, Spec, simulate, vary } from "minisim";
import { describe, expect, test } from "vitest";
import { demix } from "../src/engine/demix.ts";
import { createField } from "../src/engine/focus.ts";
import { Preview } from "../src/engine/preview.ts";
import { windowed } from "../src/engine/window.ts";
import { DEFAULT_LIMITS } from "../src/engine/window-limits.ts";

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
