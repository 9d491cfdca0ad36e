// Movies that clip say so, in memory and in a store with the same words.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compile, type SpecInput, simulate, withClippingWarnings } from "minisim";
import { openRecording, simulateToStore } from "minisim/node";
import { afterAll, describe, expect, test } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "minisim-clipping-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Sensor {
  readonly photons_per_um2_s: number;
  readonly bit_depth?: number;
  readonly full_well_e?: number;
  readonly black_level_adu?: number;
}

const specOf = ({ photons_per_um2_s, ...sensor }: Sensor) =>
  ({
    acquisition: {
      duration_s: 2,
      optics: { magnification: 3 },
      image_sensor: { n_px_height: 32, n_px_width: 32, pixel_pitch_um: 12, ...sensor },
    },
    steps: [
      { kind: "neuropil", level: 10, depth_um: 50 },
      { kind: "sensor", photons_per_um2_s },
    ],
  }) satisfies SpecInput;

/** The electrons of these specs are 50 ms · 16 µm² · 0.7 · 0.5 units of light ≈ 0.3 for each photon of the source. */
describe.each([
  ["bright", specOf({ photons_per_um2_s: 5000 }), "saturated", "gain_adu_per_e"],
  [
    "bright for its well",
    specOf({ photons_per_um2_s: 5000, full_well_e: 300, bit_depth: 16 }),
    "saturated",
    "gain_adu_per_e",
  ],
  ["dim", specOf({ photons_per_um2_s: 0.1 }), "dark", "black_level_adu"],
] as const)("a movie that is too %s", (name, spec, code, field) => {
  test("has one warning, with the place, wherever it lies", async () => {
    const warning = { code, path: ["acquisition", "image_sensor", field] };
    const inMemory = await simulate(spec);
    expect(inMemory.warnings).toMatchObject([warning]);
    const path = join(folder, `${name}.zarr`);
    await simulateToStore(spec, path);
    const { warnings } = await openRecording(path);
    expect(warnings.map(({ message }) => message)).toEqual(
      inMemory.warnings.map(({ message }) => message),
    );
    expect((await withClippingWarnings(compile(spec))).warnings).toEqual(inMemory.warnings);
  });

  test("has none before its sensor", async () => {
    expect((await simulate(spec, { until: "neuropil" })).warnings).toEqual([]);
  });
});

test.each([
  ["well lit", specOf({ photons_per_um2_s: 300 })],
  ["dark above a black level", specOf({ photons_per_um2_s: 0.1, black_level_adu: 10 })],
  ["bright for the wider converter", specOf({ photons_per_um2_s: 5000, bit_depth: 16 })],
])("a movie that is %s has no warning", async (_, spec) => {
  expect((await simulate(spec)).warnings).toEqual([]);
});

test("says which share of the pixels it is", async () => {
  const { warnings, observed } = await simulate(specOf({ photons_per_um2_s: 900 }));
  const full = observed.data.filter((value) => value === 255).length / observed.data.length;
  const [said] = warnings[0]!.message.match(/^\d+/)!;
  // 8192 pixels were looked at, of 40 960.
  expect(Math.abs(Number(said) / 100 - full)).toBeLessThan(0.03);
});
