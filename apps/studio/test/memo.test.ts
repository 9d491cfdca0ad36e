// A compile that remembers gives the plan of one that does not, whatever was changed before.
import { createHash } from "node:crypto";
import { groundTruth } from "@minisim/finalize";
import type { Plan } from "@minisim/pipeline";
import type { Spec } from "@minisim/spec";
import { builtinSteps, compile } from "minisim";
import { describe, expect, test } from "vitest";
import { createMemo } from "../src/engine/memo.ts";
import { Preview } from "../src/engine/preview.ts";
import { smallSpec } from "./specs.ts";

async function printOf(spec: Spec, make: (spec: Spec) => Plan): Promise<string> {
  const preview = await Preview.open(spec, make);
  const hash = createHash("sha256");
  for (const { name, hasMovie } of preview.stages) {
    if (!hasMovie) continue;
    const { buffer } = preview.frames(name, 20, 2);
    hash.update(new Uint8Array(buffer as ArrayBuffer));
  }
  const truth = groundTruth(preview.plan);
  for (const field of ["C", "S", "detection_snr", "observed_gain", "centers_um"] as const) {
    const data = truth[field]?.data;
    if (!data) continue;
    hash.update(new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength));
  }
  hash.update(JSON.stringify(preview.plan.warnings));
  preview.release();
  return hash.digest("hex");
}

const acquisition = (spec: Spec, section: string, change: object): Spec =>
  ({
    ...spec,
    acquisition: {
      ...spec.acquisition,
      [section]: { ...(spec.acquisition as unknown as Record<string, object>)[section], ...change },
    },
  }) as Spec;

const step = (spec: Spec, kind: string, change: object): Spec => ({
  ...spec,
  steps: spec.steps.map((one) => (one.kind === kind ? { ...one, ...change } : one)),
});

const without = (spec: Spec, kind: string): Spec => ({
  ...spec,
  steps: spec.steps.filter((one) => one.kind !== kind),
});

describe("after any change before it", () => {
  const first = smallSpec();
  const walk: readonly (readonly [string, Spec])[] = [
    ["as it is", first],
    ["NA", acquisition(first, "optics", { na: 0.2 })],
    ["scatter", acquisition(first, "tissue", { scatter_mfp_emission_um: 70 })],
    [
      "focus",
      { ...first, acquisition: { ...first.acquisition, focal_depth_in_tissue_um: 120 } } as Spec,
    ],
    ["decay", step(first, "cell_activity", { tau_decay_s: 1.1 })],
    ["bleaching off", without(first, "bleaching")],
    ["lamp", step(first, "illumination_profile", { falloff: 0.2 })],
    ["vessels off", without(first, "vasculature")],
    ["motion", step(first, "brain_motion", { max_shift_um: 5, motion_amplitude_um: 4 })],
    ["no sensor", without(first, "sensor")],
    ["no optics", without(first, "optics")],
    ["photons", step(first, "sensor", { photons_per_unit: 50 })],
    ["seed", { ...first, seed: 9 }],
    ["back", first],
  ];
  const memo = createMemo(builtinSteps);

  test.each(walk)("%s", async (_, spec) => {
    expect(await printOf(spec, memo.compile)).toBe(await printOf(spec, compile));
  });
});

test("cells and spikes are not made anew when the objective changes", () => {
  const memo = createMemo(builtinSteps);
  const spec = smallSpec();
  const before = memo.compile(spec);
  const after = memo.compile(acquisition(spec, "optics", { na: 0.2 }));
  expect(after.scene.cells.at(0)).toBe(before.scene.cells.at(0));
  expect(after.scene.cells.optics).not.toBe(before.scene.cells.optics);
});

test("a new seed leaves alone what draws nothing", () => {
  const memo = createMemo(builtinSteps);
  const spec = smallSpec();
  const before = memo.compile(spec).truth;
  const after = memo.compile({ ...spec, seed: 9 }).truth;
  expect(after.get("illumination")!.data).toBe(before.get("illumination")!.data);
  expect(after.get("vasculature_mask")!.data).not.toBe(before.get("vasculature_mask")!.data);
});
