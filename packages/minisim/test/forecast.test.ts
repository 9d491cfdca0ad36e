// What a long recording will cost is said from its first part, and is what the whole of it says.
import type { Simulator } from "@minisim/simulator";
import {
  buildSpec,
  builtin,
  compileFirstPart,
  forecastCost,
  recordingCost,
  Spec,
  storeHeader,
} from "minisim";
import { expect, test } from "vitest";
import { watched } from "./watched.ts";

test("a long recording is not compiled for it, and has the size that it would have", async () => {
  const preset = buildSpec("miniscope_v4", "ca1", { duration_s: 1200 });
  // Stages are kept, too: they and the traces of the truth grow with the frames.
  const spec = Spec.parse({ ...preset, output: { save_intermediates: true } });
  const { simulator, compiled } = watched();
  const forecast = await forecastCost(spec, simulator, { workers: 2 });
  expect(Math.max(...compiled)).toBeLessThan(24_000);
  const plan = builtin.compile(spec);
  const whole = await recordingCost(plan, storeHeader(plan), { workers: 2 });
  expect(forecast.frames).toBe(24_000);
  expect(forecast.measured.frames).toBe(whole.measured.frames);
  // Spikes alone are drawn; all else is counted.
  expect(forecast.disk_bytes / whole.disk_bytes).toBeCloseTo(1, 4);
  // Both stand on a clock, with whatever else the machine does.
  expect(forecast.seconds / whole.seconds).toBeGreaterThan(0.2);
  expect(forecast.seconds / whole.seconds).toBeLessThan(5);
});

test("a short one is compiled as it is", async () => {
  const spec = buildSpec("miniscope_v4", "ca1", { duration_s: 2 });
  const { simulator, compiled } = watched();
  const forecast = await forecastCost(Spec.parse(spec), simulator, { workers: 1 });
  expect(compiled).toEqual([40]);
  expect(forecast.frames).toBe(40);
});

test("the part that is compiled takes its share of the whole compile", () => {
  const spec = Spec.parse(buildSpec("miniscope_v4", "ca1", { duration_s: 1200 }));
  const { plan, n_frames, times, compile_s } = compileFirstPart(spec, builtin as Simulator);
  const part = plan.program.geometry.n_frames;
  expect(n_frames).toBe(24_000);
  // Not all of a compile grows with the frames.
  expect(times).toBeGreaterThan(1);
  expect(times).toBeLessThan(n_frames / part);
  const start = performance.now();
  builtin.compile(spec);
  const whole_s = (performance.now() - start) / 1000;
  // Both stand on a clock, with whatever else the machine does.
  expect((times * compile_s) / whole_s).toBeGreaterThan(0.2);
  expect((times * compile_s) / whole_s).toBeLessThan(5);
});
