// Every example runs: shortened, so that it is quick.
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { CORE_FIELDS, STEP_PROPERTIES } from "@minisim/recording";
import { readSpecText } from "@minisim/spec/text";
import { compile, groundTruth, preset, Spec } from "minisim";
import { openRecording } from "minisim/node";
import { expect, test } from "vitest";
import { spikesCsv } from "../../../examples/own-spikes/place-cells.ts";
import { at, minisim } from "./harness.ts";

const folder = fileURLToPath(new URL("../../../examples/", import.meta.url));
const examples = readdirSync(folder).filter((name) => name.endsWith(".yaml"));

test("the examples are there", () => {
  expect(examples.sort()).toEqual([
    "hand-placed.yaml",
    "minimal.yaml",
    "no-sensor.yaml",
    "v4-ca1.yaml",
    "v4-cortex-l23.yaml",
  ]);
});

test.each(examples)("%s", async (name) => {
  const valid = await minisim(["validate", folder + name]);
  expect(valid.code).toBe(0);
  const text = readFileSync(folder + name, "utf8");
  expect(text).toMatch(/^# yaml-language-server: \$schema=\.\/spec\.schema\.json\n/);
  const settings = [
    "duration_s=0.5",
    "image_sensor.n_px_height=128",
    "image_sensor.n_px_width=128",
  ];
  const { code, out } = await minisim([
    "simulate",
    folder + name,
    "-o",
    "a.zarr",
    "--json",
    ...settings.flatMap((setting) => ["--set", `acquisition.${setting}`]),
  ]);
  expect(code).toBe(0);
  expect(JSON.parse(out).shape).toEqual([10, 128, 128]);
  expect(JSON.parse(out).n_units).toBeGreaterThan(3);
});

test("v4-ca1.yaml uses the steps of its preset", () => {
  const { value } = readSpecText(readFileSync(`${folder}v4-ca1.yaml`, "utf8"), { name: "v4-ca1" });
  const kinds = (value as { steps: { kind: string }[] }).steps.map(({ kind }) => kind);
  const { steps } = preset("miniscope_v4/ca1")!;
  expect(kinds.sort()).toEqual(steps!.map(({ kind }) => kind).sort());
});

test("v4-ca1.yaml, the demo: one cell in twenty is detectable, and the tissue moves and bleaches", () => {
  const { value } = readSpecText(readFileSync(`${folder}v4-ca1.yaml`, "utf8"), { name: "v4-ca1" });
  const { n_detectable, n_units, shifts, bleaching } = groundTruth(compile(Spec.parse(value)));
  expect(n_units / n_detectable).toBeGreaterThan(19.5);
  expect(n_units / n_detectable).toBeLessThan(20.5);
  expect(Math.max(...shifts!.data)).toBeGreaterThan(1);
  expect(bleaching!.data.at(-1)).toBeLessThan(1);
});

test("v4-ca1.yaml leaves every field of the ground truth", async () => {
  const settings = [
    "duration_s=0.2",
    "image_sensor.n_px_height=128",
    "image_sensor.n_px_width=128",
  ];
  const set = settings.flatMap((setting) => ["--set", `acquisition.${setting}`]);
  await minisim(["simulate", `${folder}v4-ca1.yaml`, "-o", "a.zarr", ...set]);
  const truth = await (await openRecording(at("a.zarr"))).truth();
  const names = [...Object.keys(CORE_FIELDS), ...STEP_PROPERTIES];
  expect(names.filter((name) => truth.get(name) === null)).toEqual([]);
});

test("no-sensor.yaml keeps light and the movie of each stage", async () => {
  const set = ["--set", "acquisition.duration_s=0.2"];
  await minisim(["simulate", `${folder}no-sensor.yaml`, "-o", "a.zarr", ...set]);
  const stored = await openRecording(at("a.zarr"));
  expect(stored.layout().dtype).toBe("float32");
  expect(stored.arrays).toEqual(["observed", "snapshots/cells_only", "snapshots/neuropil"]);
});

test("own-spikes: the table is what the model writes, and its spikes are those of the recording", async () => {
  const table = readFileSync(`${folder}own-spikes/spikes.csv`, "utf8");
  expect(table).toBe(spikesCsv());
  const source = `${folder}own-spikes/place-cells.yaml`;
  const { code, err } = await minisim([
    "simulate",
    source,
    "-o",
    "a.zarr",
    "--until",
    "cell_activity",
  ]);
  expect({ code, err: err.replace(/^.*(estimate|until|after the stage).*\n/gm, "") }).toEqual({
    code: 0,
    err: "",
  });
  const { spike_times_s, n_units } = await (await openRecording(at("a.zarr"))).truth();
  expect(n_units).toBe(12);
  const lines = Array.from({ length: n_units }, (_, cell) => {
    const [start, end] = [spike_times_s.offsets[cell], spike_times_s.offsets[cell + 1]];
    return [...spike_times_s.data.subarray(start, end)].map((time) => `${cell},${time.toFixed(3)}`);
  });
  expect(["cell,time_s", ...lines.flat(), ""].join("\n")).toBe(table);
});
