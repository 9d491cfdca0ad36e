// Any spec is refused with a place and a sentence, or simulates: in the time that was expected, to light that is a number and a
// truth that is one too. Drawn over everything that the schema accepts.
import { type ExpectedWork, expectedWork, type StepDefinition } from "@minisim/pipeline";
import type { Recording } from "@minisim/recording";
import fc from "fast-check";
import { builtinSteps, Spec, simulate } from "minisim";
import { expect, test } from "vitest";
import { anyInputs, type Input, mended, smallInputs } from "./extremes.ts";

// Thousands by hand: MINISIM_SPECS=5000 npx vitest run --project unit packages/minisim/test/any-spec.test.ts
const RUNS = Number(process.env.MINISIM_SPECS ?? 150);
// A fixed seed: a failure here is a bug, not weather. MINISIM_SEED looks at others.
const SEED = Number(process.env.MINISIM_SEED ?? 20261122);

// What is tried, in nanoseconds and bytes: a second, and half of what a small machine has.
const MOST_OPERATIONS = 1e9;
const MOST_BYTES = 1.5e9;

/** Refused for what it would take, not for what it says. */
const WORK = ["too_many_cells", "too_large", "too_long", "too_much_memory", "too_slow"];

type Verdict = ExpectedWork | "refused" | "too much work";

/** What becomes of a spec, once what it says wrongly is mended; "refused" where that cannot be done. */
function judged(input: Input, mends = 0): { readonly input: Input; readonly verdict: Verdict } {
  const result = Spec.safeParse(input);
  if (result.ok) {
    const work = expectedWork(result.spec, builtinSteps as readonly StepDefinition[]);
    for (const value of Object.values(work)) {
      expect(typeof value !== "number" || Number.isFinite(value)).toBe(true);
    }
    return { input, verdict: work };
  }
  for (const { message, path } of result.issues) {
    expect(message).toMatch(/^\S.*[.?]$/s);
    expect(path.length).toBeGreaterThan(0);
  }
  if (result.issues.some(({ code }) => WORK.includes(code))) {
    return { input, verdict: "too much work" };
  }
  if (mends === 10) return { input, verdict: "refused" };
  return judged(mended(input, result.issues), mends + 1);
}

test("any spec of any size is judged at once", () => {
  let refused = 0;
  const property = fc.property(anyInputs, (input) => {
    const began = process.cpuUsage();
    const { verdict } = judged(input);
    const { user, system } = process.cpuUsage(began);
    // Microseconds. It takes a few thousand, however large the recording would be.
    expect(user + system).toBeLessThan(2e6);
    if (verdict === "refused") refused += 1;
  });
  fc.assert(property, { numRuns: RUNS, seed: SEED });
  // A third lasts for less than a frame, which nothing mends.
  expect(refused).toBeLessThan(0.5 * RUNS);
});

test("any spec simulates in the time it should, or is refused with issues", async () => {
  let tried = 0;
  const property = fc.asyncProperty(smallInputs, async (drawn) => {
    const { input, verdict } = judged(drawn);
    if (typeof verdict === "string") return;
    const { compile_bytes, worker_bytes } = verdict;
    const operations = verdict.operations + verdict.frames * verdict.frame_operations;
    if (operations > MOST_OPERATIONS || compile_bytes + worker_bytes > MOST_BYTES) return;
    tried += 1;
    const began = process.cpuUsage();
    const recording = await simulate(Spec.parse(input));
    const { user, system } = process.cpuUsage(began);
    // Expectations are right within a factor of three where there is much to do; loading code takes its time, and a busy machine twice.
    expect((user + system) * 1000).toBeLessThan(4e9 + 10 * operations);
    expectNumbers(recording);
  });
  await fc.assert(property, { numRuns: RUNS, seed: SEED });
  // The rest says nothing: it has to be small. Two in three are tried; of this many a share has a standard deviation of 0.04, and three of them are 0.55.
  expect(tried).toBeGreaterThan(0.55 * RUNS);
});

function expectNumbers({ observed, ground_truth: truth, spec }: Recording): void {
  const kinds = spec.steps.map(({ kind }) => kind);
  const seen = ["cell_activity", "composite", "sensor"].every((kind) => kinds.includes(kind));
  /** What the documentation says of a value that is no number. */
  const isExplained = (name: string, value: number) =>
    (name === "amplitude_per_cell" && Number.isNaN(value) && !kinds.includes("cell_activity")) ||
    (["detection_snr", "transient_dprime"].includes(name) &&
      Number.isNaN(value) &&
      !kinds.includes("sensor")) ||
    (["spike_dprime", "predicted_trace_corr"].includes(name) && Number.isNaN(value) && !seen) ||
    // Traces of one's own come from no spikes.
    (name === "spike_dprime" && Number.isNaN(value) && spec.steps.some(hasOwnTraces)) ||
    (name === "overlap_cost" && Number.isNaN(value)) ||
    (name === "detection_snr" &&
      value === Infinity &&
      spec.acquisition.image_sensor.read_noise_e === 0);
  const odd = (name: string, values: ArrayLike<number>) =>
    Array.from(values, Number).find((v) => !Number.isFinite(v) && !isExplained(name, v));
  expect(odd("observed", observed.data)).toBeUndefined();
  for (const { name, array } of truth.fields.values()) {
    expect(odd(name, array.data), name).toBeUndefined();
  }
  expect(odd("footprints", truth.observed_footprints.data)).toBeUndefined();
  expect(odd("spike_times_s", truth.spike_times_s.data)).toBeUndefined();
  expect(odd("focal_depth_um", [truth.focal_depth_um ?? 0])).toBeUndefined();
}

const hasOwnTraces = (step: Recording["spec"]["steps"][number]): boolean =>
  "dff" in step && step.dff !== null;
