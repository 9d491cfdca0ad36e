// A recording says which packages made it, and whoever lacks one is told how to get it.
import { Recording } from "@minisim/recording";
import { createMemoryStorage, openRecording } from "@minisim/store";
import { expect, test } from "vitest";
import { makeRecording, stored } from "./make.ts";

const recording = makeRecording();
const spec = { ...recording.spec, steps: [{ kind: "optics" }, { kind: "sensor" }] };
const entries = await stored(
  new Recording({ ...recording, spec, step_packages: recording.step_packages }),
);
const open = (kinds?: readonly string[]) =>
  openRecording(createMemoryStorage(entries), kinds ? { kinds } : {});

test("the packages of its steps are there again, also after it was loaded", async () => {
  const made = { optics: { name: "@minisim/step-optics", version: "0.1.0" } };
  const opened = await open();
  expect(opened.step_packages).toEqual(made);
  expect((await opened.load()).step_packages).toEqual(made);
});

test("a store of before has none", async () => {
  const older = new Map(entries);
  const root = JSON.parse(new TextDecoder().decode(older.get("zarr.json")!));
  delete root.attributes.step_packages;
  older.set("zarr.json", new TextEncoder().encode(JSON.stringify(root)));
  expect((await openRecording(createMemoryStorage(older))).step_packages).toEqual({});
});

test("each step that is not here is a warning with its package, its version and how to get them", async () => {
  const own = (await open()).warnings;
  expect((await open(["optics", "sensor"])).warnings).toEqual(own);
  expect((await open(["bleaching"])).warnings.slice(own.length)).toEqual([
    {
      code: "missing_step",
      path: ["steps", 0],
      message:
        'The step "optics" of @minisim/step-optics 0.1.0 is not here. What is stored can be read, but not made again. Where the package is published, `npm install @minisim/step-optics@0.1.0` gets it; then --plugin @minisim/step-optics, or its steps for createSimulator.',
    },
    {
      code: "missing_step",
      path: ["steps", 1],
      message:
        'The step "sensor" is not here. What is stored can be read, but not made again. Whoever made the recording has it.',
    },
  ]);
});

test("such a warning is about the reader: it is not stored with a copy", async () => {
  const copy = await stored(await (await open([])).load());
  expect((await openRecording(createMemoryStorage(copy))).warnings).toEqual(
    (await open()).warnings,
  );
});
