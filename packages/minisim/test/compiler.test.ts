// A compiler that remembers makes the plan of one that does not, whatever was compiled before.
import { createHash } from "node:crypto";
import { compile, createCompiler, type Plan } from "@minisim/pipeline";
import type { Spec as SpecType } from "@minisim/spec";
import fc from "fast-check";
import { buildSpec, builtin, builtinSteps, groundTruth, render, Spec, slots, vary } from "minisim";
import { expect, test } from "vitest";

const standard = vary(
  buildSpec("miniscope_v4", "ca1", {
    duration_s: 2,
    extra_steps: [{ kind: "bleaching" }, { kind: "brain_motion" }],
  }),
  { "acquisition.image_sensor.n_px_height": 72, "acquisition.image_sensor.n_px_width": 80 },
);
const parsed = (changes: object = {}): SpecType =>
  Spec.parse(vary(standard, changes as Parameters<typeof vary>[1])) as unknown as SpecType;

/** Fingerprint of frames of the movie, of all truth and of what is warned of. */
async function printOf(plan: Plan): Promise<string> {
  const hash = createHash("sha256").update(JSON.stringify(plan.warnings));
  for await (const { data } of render(plan.program, { frames: [3, 17] })) hash.update(data);
  const truth = groundTruth(plan);
  for (const [name, field] of truth.fields) {
    hash.update(name).update(new Uint8Array(field.array.data.buffer as ArrayBuffer));
  }
  return hash.digest("hex");
}

const EDITS: readonly (readonly [path: string, value: unknown])[] = [
  ["seed", 9],
  ["acquisition.optics.na", 0.2],
  ["acquisition.tissue.scatter_mfp_emission_um", 70],
  ["acquisition.focal_depth_in_tissue_um", 120],
  ["acquisition.image_sensor.quantum_efficiency", 0.3],
  ["acquisition.duration_s", 1.5],
  ["steps.cell_activity.tau_decay_s", 1.1],
  ["steps.bleaching", null],
  ["steps.bleaching.bleach_susceptibility", 0.001],
  ["steps.illumination_profile.falloff", 0.2],
  ["steps.vignette", null],
  ["steps.vasculature", null],
  ["steps.neuropil.level", 9],
  ["steps.brain_motion.max_shift_um", 12],
  ["steps.brain_motion.axial_motion_um", 3],
  ["steps.sensor", null],
  ["steps.sensor.photons_per_um2_s", 50],
  ["steps.optics", null],
];

test("after any edits", async () => {
  const compiler = createCompiler(builtinSteps);
  const some = fc.subarray([...EDITS], { maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(some, async (edits) => {
      // A step that is left out has no parameters to change.
      const gone = edits.filter(([, value]) => value === null).map(([path]) => `${path}.`);
      const kept = edits.filter(([path]) => !gone.some((step) => path.startsWith(step)));
      const spec = parsed(Object.fromEntries(kept));
      expect(await printOf(compiler.compile(spec))).toBe(
        await printOf(compile(spec, builtinSteps)),
      );
    }),
    { numRuns: 20 },
  );
});

test("cells and spikes are not made anew when the objective changes", () => {
  const compiler = createCompiler(builtinSteps);
  const before = compiler.compile(parsed()).scene;
  const after = compiler.compile(parsed({ "acquisition.optics.na": 0.2 })).scene;
  expect(after.get(slots.cells)).toBe(before.get(slots.cells));
  expect(after.get(slots.activity)).toBe(before.get(slots.activity));
  expect(after.get(slots.optics)).not.toBe(before.get(slots.optics));
});

test("a new seed leaves alone what draws nothing", () => {
  const compiler = createCompiler(builtinSteps);
  const before = compiler.compile(parsed()).truth;
  const after = compiler.compile(parsed({ seed: 9 })).truth;
  expect(after.get("illumination")!.data).toBe(before.get("illumination")!.data);
  expect(after.get("vasculature_mask")!.data).not.toBe(before.get("vasculature_mask")!.data);
});

test("its plans know the key of their spec", () => {
  const compiler = createCompiler(builtinSteps, { cacheKey: Spec.cacheKey });
  for (const spec of [parsed(), parsed({ seed: 9 })]) {
    expect(compiler.compile(spec).cache_key).toBe(builtin.compile(spec).cache_key);
    expect(compiler.compile(spec).cache_key).toMatch(/^[0-9a-f]{16}$/);
  }
});
