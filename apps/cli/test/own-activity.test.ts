// Spikes of one's own from files: found from the folder of the spec, part of the key, carried by the recording.
import { mkdirSync } from "node:fs";
import { loadRecording } from "minisim/node";
import { expect, test } from "vitest";
import { at, minisim, TINY, write } from "./harness.ts";

const OWN = TINY.replace(
  "kind: cell_activity\n",
  "kind: cell_activity\n    spike_times_s: { file: data/spikes.csv }\n",
);

/** A spec in a folder of its own, with its spikes beside it. */
function writeOwn(spikes: string): string {
  mkdirSync(at("lab", "data"), { recursive: true });
  write("lab/data/spikes.csv", spikes);
  return write("lab/own.yaml", OWN);
}

const keyOf = async (argv: string[]) => {
  const { code, out, err } = await minisim(["validate", ...argv, "--json"]);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  return JSON.parse(out).cache_key as string;
};

test("a spec refers to a file from its own folder, and the recording carries what it holds", async () => {
  const path = writeOwn("cell,time_s\n0,0.25\n2,0.5\n0,0.75\n");
  expect((await minisim(["simulate", path, "-o", "own.zarr", "--quiet"])).code).toBe(0);
  const { spec, ground_truth } = await loadRecording(at("own.zarr"));
  const step = spec.steps.find(({ kind }) => kind === "cell_activity");
  expect(step).toMatchObject({ spike_times_s: [[0.25, 0.75], [], [0.5]] });
  const { S } = ground_truth;
  expect(S.get(0, 5)).toBe(1);
  expect([...S.data].reduce((a, b) => a + b)).toBe(3);
  // The recording alone makes it again.
  write("lab/data/spikes.csv", "gone");
  expect((await minisim(["simulate", "own.zarr", "-o", "again.zarr", "--quiet"])).code).toBe(0);
  expect((await loadRecording(at("again.zarr"))).observed).toEqual(
    (await loadRecording(at("own.zarr"))).observed,
  );
});

test("the key is that of the content, however it is given", async () => {
  const path = writeOwn("0,0.25\n0,0.75\n");
  const key = await keyOf([path]);
  write("here.json", "[[0.25, 0.75]]");
  const set = "steps.cell_activity.spike_times_s=";
  // A path that is given on the command line starts where one stands.
  expect(await keyOf([write("tiny.yaml", TINY), "--set", `${set}{file: here.json}`])).toBe(key);
  expect(await keyOf(["tiny.yaml", "--set", `${set}[[0.25, 0.75]]`])).toBe(key);
  writeOwn("0,0.25\n0,0.8\n");
  expect(await keyOf([path])).not.toBe(key);
});

test.each([
  [
    "no file",
    undefined,
    /own\.yaml:12:5 {2}steps\[1\]\.spike_times_s: cannot be read: .*none\.csv/,
  ],
  [
    "not numbers",
    "0,0.25\n0,soon\n",
    /own\.yaml:12:5 .*spikes\.csv does not hold 2 numbers in line 2\.$/m,
  ],
  [
    "after the end",
    "0,25\n",
    /own\.yaml:12:5 .*has all of its spikes after the end of the recording, 1 s\./,
  ],
])("%s is said with the place in the spec", async (_, spikes, sentence) => {
  const path = writeOwn(spikes ?? "");
  if (spikes === undefined) write("lab/own.yaml", OWN.replace("data/spikes", "none"));
  const { code, out, err } = await minisim(["validate", path]);
  expect({ code, err }).toEqual({ code: 1, err: "" });
  expect(out).toMatch(sentence);
  expect(out.trimEnd().split("\n")).toHaveLength(1);
});
