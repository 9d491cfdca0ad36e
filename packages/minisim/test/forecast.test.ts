// What a long recording will cost is said from its first part, and is what the whole of it says.
import type { Simulator } from "@minisim/simulator";
import {
  buildSpec,
  builtin,
  builtinSteps,
  createSimulator,
  forecastCost,
  recordingCost,
  Spec,
  storeHeader,
} from "minisim";
import { expect, test } from "vitest";

/** Remembers how many frames were compiled. */
function watched(): { simulator: Simulator; compiled: number[] } {
  const compiled: number[] = [];
  const { compile, ...rest } = createSimulator({ steps: builtinSteps });
  const simulator = {
    ...rest,
    compile: (...of: Parameters<typeof compile>) => {
      const plan = compile(...of);
      compiled.push(plan.program.geometry.n_frames);
      return plan;
    },
  } as unknown as Simulator;
  return { simulator, compiled };
}

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
