// What no machine could simulate is refused before anything is compiled, at the step that has the largest part in it.
import { type BuildOptions, buildSpec, Spec, simulate } from "minisim";
import { describe, expect, test } from "vitest";

const chip = (side: number) => ({ n_px_height: side, n_px_width: side });
const shining = (cells: object, activity: object = {}) => [
  { kind: "place_neurons", ...cells },
  { kind: "cell_activity", ...activity },
  { kind: "optics" },
  { kind: "composite" },
  { kind: "sensor" },
];

/** "path: sentence" of each error. */
function errors(acquisition: object, steps: object[]): string[] {
  const result = Spec.safeParse({ acquisition, steps });
  const issues = result.ok ? [] : result.issues.filter(({ severity }) => severity === "error");
  return issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
}

describe("refused", () => {
  test.each<[string, object, object[], RegExp]>([
    [
      "a billion cells",
      { optics: { magnification: 0.05 } },
      shining({ density_per_mm3: 1e7 }),
      /^steps\.0: places about 4\.7e8 cells; 1e6 are the most\.$/,
    ],
    [
      "patches that overlap seventy times",
      { image_sensor: chip(4096) },
      shining({}),
      /^steps\.0: takes the largest part of 5\.1 GB for each thread that renders; 3\.4 GB is the most\. There are 1\.2e9 pixels in the patches of 12000 cells, 0 in fields, and 1\.7e7 in a frame with its margin\.$/,
    ],
    [
      "a margin of a million pixels",
      { optics: { magnification: 200 }, image_sensor: { ...chip(64), pixel_pitch_um: 0.1 } },
      [{ kind: "neuropil" }, { kind: "brain_motion", max_shift_um: 500 }],
      /^steps\.1: takes .* for each thread that renders; .* 4e12 in a frame with its margin\.$/,
    ],
    [
      "many fields on a large chip",
      { image_sensor: chip(8192), optics: { magnification: 1 } },
      [{ kind: "neuropil", n_components: 256, spatial_sigma_um: 3 }],
      /^steps\.0: takes the largest part of \d+ GB for each thread that renders;/,
    ],
    [
      "more spikes than a list can count",
      { duration_s: 86_400, optics: { magnification: 4 } },
      shining({}, { firing: "gate", gate_closed_rate_hz: 1e4, gate_bin_hz: 1e4 }),
      /^steps\.1: makes a list of about .* values; 2\.1e9 are the most\.$/,
    ],
    [
      "days before the first frame",
      { image_sensor: chip(8192), optics: { magnification: 40 } },
      shining({ density_per_mm3: 5e4, depth_range_um: [0, 2000] }),
      /^steps\.3: takes the largest part of 80 hours before the first frame; 10 hours are the most\.$/,
    ],
  ])("%s", (_, acquisition, steps, sentence) => {
    expect(errors(acquisition, steps)).toEqual(
      expect.arrayContaining([expect.stringMatching(sentence)]),
    );
  });

  test("only where nothing else is wrong", () => {
    const steps = shining({ density_per_mm3: 1e7, irregularity: 2 });
    expect(errors({ optics: { magnification: 0.05 } }, steps)).toEqual([
      "steps.0.irregularity: must be ≤ 1 (got 2).",
    ]);
  });

  test("before anything is made: at once", () => {
    const began = performance.now();
    for (let i = 0; i < 50; i++) errors({ image_sensor: chip(8192) }, shining({}));
    // Half a millisecond each on a quiet machine; to compile one of them takes hours.
    expect(performance.now() - began).toBeLessThan(10_000);
  });
});

test("a movie that no memory holds is refused with a sentence, since a store would take it", async () => {
  const acquisition = { fps: 1000, duration_s: 86_400, image_sensor: chip(1024) };
  await expect(simulate({ acquisition, steps: [{ kind: "leakage" }] })).rejects.toThrow(
    /^A movie of 86400000 frames of 1024 × 1024 pixels does not fit in memory; written to a store/,
  );
});

describe("accepted", () => {
  const v4 = (changes: BuildOptions) =>
    buildSpec("miniscope_v4", "ca1", { duration_s: 3600, ...changes });
  const flat = { na: 0.3, magnification: 10, emission_nm: 525, field_curvature_radius_um: null };

  test.each<[string, { acquisition?: object | undefined; steps: readonly object[] }]>([
    ["an hour of a Miniscope V4 at 60 Hz", v4({ fps: 60 })],
    ["a day of one at 20 Hz", v4({ duration_s: 86_400 })],
    [
      "a chip of 4096 × 4096 over 1.6 mm",
      {
        ...v4({ duration_s: 600 }),
        acquisition: { image_sensor: { ...chip(4096), bit_depth: 16 }, optics: flat },
      },
    ],
    [
      "cells through 2 mm of cortex",
      {
        acquisition: { image_sensor: chip(608), optics: { na: 0.3, magnification: 2.9 } },
        steps: shining({ density_per_mm3: 1000, depth_range_um: [0, 2000] }),
      },
    ],
    [
      "a hundred thousand cells in focus",
      {
        acquisition: {
          image_sensor: chip(2048),
          optics: { na: 0.3, magnification: 2 },
          focal_depth_in_tissue_um: 10,
        },
        steps: shining({ density_per_mm3: 600_000, depth_range_um: [0, 20], soma_radius_um: 5 }),
      },
    ],
  ])("%s", (_, { acquisition = {}, steps }) => {
    expect(errors(acquisition, [...steps])).toEqual([]);
  });
});
