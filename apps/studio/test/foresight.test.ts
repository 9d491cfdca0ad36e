// What is told before a compile, and what of a recording is counted.
import { DETECTABLE_DPRIME } from "@minisim/finalize";
import type { Spec as SpecType } from "@minisim/spec";
import { preset, Spec, vary } from "minisim";
import { expect, test } from "vitest";
import { countable, foresee } from "../src/engine/foresight.ts";
import { MOST_BYTES, DETECTABLE_DPRIME as SHOWN } from "../src/engine/limits.ts";

const v4 = (changes = {}) =>
  Spec.parse(vary(preset("miniscope_v4/ca1")!, changes)) as unknown as SpecType;

test("more field takes more, counting more than compiling", () => {
  const usual = foresee(v4());
  const large = foresee(
    v4({
      "acquisition.image_sensor.n_px_height": 1200,
      "acquisition.image_sensor.n_px_width": 1200,
    }),
  );
  expect(large.compile_s).toBeGreaterThan(2 * usual.compile_s);
  expect(large.bytes).toBeGreaterThan(2 * usual.bytes);
  expect(usual.count_s).toBeGreaterThan(usual.compile_s);
});

test("what a tab can hold is counted whole, of all else the first part", () => {
  const usual = v4();
  expect(countable(usual)).toBe(usual);
  const long = v4({ "acquisition.duration_s": 86_400, "acquisition.fps": 1000 });
  expect(foresee(long).bytes).toBeGreaterThan(MOST_BYTES);
  const part = countable(long);
  expect(foresee(part).bytes).toBeLessThanOrEqual(MOST_BYTES);
  expect({ ...part.acquisition, duration_s: 0 }).toEqual({ ...long.acquisition, duration_s: 0 });
  expect(part.acquisition.duration_s).toBeLessThan(86_400);
});

test("the line that the page draws is the one that decides", () => {
  expect(SHOWN).toBe(DETECTABLE_DPRIME);
});
