// The methods against the packages behind them, without a pipe.
import { fileURLToPath } from "node:url";
import { type Call, createMethods, type TruthFieldInfo, WireArray } from "@minisim/bridge";
import { isMinisimError } from "@minisim/spec/error";
import { makeRecording, recordingSpec } from "@minisim/testing";
import { expect, test } from "vitest";

interface Collected extends Call {
  readonly blocks: WireArray[];
}

function callOf(): Collected {
  const blocks: WireArray[] = [];
  return {
    blocks,
    signal: new AbortController().signal,
    progress() {},
    async block(_, __, rows) {
      blocks.push(new WireArray(rows.data.slice(), rows.shape, rows.dtype));
    },
  };
}

const methods = createMethods();
const call = async (name: string, params: object, collected = callOf()) =>
  (await methods[name]!(params, collected)) as Record<string, unknown>;
const simulated = (changes: object = {}) =>
  call("simulate", { spec: { source: recordingSpec(), folder: "/", changes } });

async function blocksOf(name: string, params: object) {
  const collected = callOf();
  await call(name, params, collected);
  return collected.blocks;
}

test("a recording is described with its complete spec, and its frames are those of the simulator", async () => {
  const { recording, shape, dtype, spec, stages, warnings } = await simulated();
  const made = await makeRecording();
  expect(shape).toEqual([40, 128, 128]);
  expect(dtype).toBe("uint8");
  expect(spec).toEqual(made.spec);
  const path = "acquisition.image_sensor.black_level_adu";
  expect(warnings).toMatchObject([{ code: "dark", path: path.split(".") }]);
  expect((warnings as { sentence: string }[])[0]!.sentence).toMatch(`${path}: 64 % of the pixels`);
  expect(stages).toEqual([
    { name: "cells_only", kind: "composite" },
    { name: "sensor", kind: "sensor" },
  ]);
  const blocks = await blocksOf("frames", { recording, start: 3, end: 5 });
  const pixels = blocks.flatMap(({ data }) => [...data]);
  expect(pixels).toEqual([...made.observed.data.subarray(3 * 128 * 128, 5 * 128 * 128)]);
});

test("a plugin's step is one like any other; without the plugin there is none", async () => {
  const names = [
    fileURLToPath(new URL("../../../apps/cli/test/fixtures/plugin.mjs", import.meta.url)),
  ];
  const given = { source: recordingSpec(), folder: "/", changes: { "steps.halve": {} } };
  const halved = await call("simulate", {
    spec: { ...given, plugins: { names, folder: "/" } },
  });
  expect((halved.spec as { steps: { kind: string }[] }).steps.map(({ kind }) => kind)).toContain(
    "halve",
  );
  expect(halved.stages).toContainEqual({ name: "halve", kind: "halve" });
  const { recording } = await simulated();
  const range = { start: 3, end: 4 };
  const [half] = await blocksOf("frames", {
    recording: halved.recording,
    stage: "halve",
    ...range,
  });
  const [whole] = await blocksOf("frames", { recording, stage: "cells_only", ...range });
  expect([...half!.data]).toEqual([...whole!.data].map((light) => light / 2));
  await expect(call("simulate", { spec: given })).rejects.toThrow("halve");
  const nowhere = { names: ["minisim-step-nowhere"], folder: "/" };
  await expect(call("simulate", { spec: { ...given, plugins: nowhere } })).rejects.toThrow(
    'the plugin "minisim-step-nowhere" cannot be loaded',
  );
});

test("every field of the truth, in rows, is that of the simulator", async () => {
  const { recording } = await simulated();
  const { ground_truth } = await makeRecording();
  const { fields, fps, fov_shape } = await call("truth", { recording });
  expect({ fps, fov_shape }).toEqual({ fps: 20, fov_shape: [128, 128] });
  const named = new Map((fields as TruthFieldInfo[]).map((field) => [field.name, field]));
  for (const { name, shape, array } of ground_truth.fields.values()) {
    expect(named.get(name)!.shape, name).toEqual(shape);
    const whole = await blocksOf("field", { recording, name, start: 0, end: shape[0]! });
    expect(
      whole.flatMap(({ data }) => [...data]),
      name,
    ).toEqual([...array.data]);
  }
  const [row] = await blocksOf("field", { recording, name: "A_observed", start: 2, end: 3 });
  const { data } = ground_truth.A_observed;
  expect([...row!.data]).toEqual([...data.subarray(2 * 128 * 128, 3 * 128 * 128)]);
  const [times] = await blocksOf("field", { recording, name: "spike_time_s", start: 0, end: 4 });
  expect([...times!.data]).toEqual([...ground_truth.spike_times_s.data.subarray(0, 4)]);
});

test("changes are made to the spec, and one without a place is told", async () => {
  const { spec } = await simulated({ seed: 9, "acquisition.optics.na": 0.3 });
  expect(spec).toMatchObject({ seed: 9, acquisition: { optics: { na: 0.3 } } });
  await expect(simulated({ "a.b": 1, "steps.nope.x": 2 })).rejects.toThrow(
    /a\.b: .*\n.*steps\.nope\.x: /,
  );
});

test.each([
  ["frames", { recording: 99, start: 0, end: 1 }, "there is none with the number 99"],
  ["frames", { recording: "x" }, "recording: "],
  ["close", {}, "recordings: "],
  [
    "field",
    { recording: 1, name: "nope", start: 0, end: 1 },
    "this truth has no nope; it has C, S",
  ],
  ["field", { recording: 1, name: "C", start: 2, end: 99 }, "C has 6 rows: 2 to 99 is no part"],
  ["score", { recording: 1, estimate: { pipeline: "oracel" } }, 'Did you mean "oracle"?'],
  ["simulate", { spec: { source: "generic_1p/ca2", folder: "/" } }, "neither a file nor a preset"],
  ["measure", {}, "Name a recording or a movie"],
])("%s with %j is refused in a sentence", async (name, params, sentence) => {
  await simulated();
  const refused = await call(name, params).catch((error: unknown) => error);
  expect(isMinisimError(refused)).toBe(true);
  expect((refused as Error).message).toContain(sentence);
});

test("a recording that was closed is not there any more", async () => {
  const { recording } = await simulated();
  await call("frames", { recording, start: 0, end: 1 });
  await call("close", { recordings: [recording, 12345] });
  await expect(call("truth", { recording })).rejects.toThrow("there is none with the number");
});

test("the truth scored against itself", async () => {
  const { recording } = await simulated();
  const { ground_truth } = await makeRecording();
  const { A_observed, C } = ground_truth;
  const estimate = {
    footprints: new WireArray(A_observed.data, A_observed.shape),
    C: new WireArray(C.data, C.shape),
  };
  const report = await call("score", { recording, estimate });
  expect(report.recall).toBe(1);
  expect(report.summary).toMatch(/^recall 1\.00/);
});

test("the points of a sweep", async () => {
  const base = { source: "generic_1p/ca1", folder: "/", changes: { seed: 5 } };
  const points = await call("variants", { base, axes: { "acquisition.optics.na": [0.2, 0.4] } });
  expect(points).toMatchObject([
    { tags: { "acquisition.optics.na": 0.2 }, spec: { seed: 5 } },
    { tags: { "acquisition.optics.na": 0.4 }, spec: { seed: 5 } },
  ]);
});
