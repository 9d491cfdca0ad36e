// One recording, three places: in memory, in a store, and rendered as it is asked for, give the same frames, stages and truth.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FrameRange, Recorded } from "@minisim/recording";
import { compile, liveRecording, simulate } from "minisim";
import { openRecording, simulateToStore } from "minisim/node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { allTwelve } from "./specs.ts";

const spec = { ...allTwelve, output: { save_intermediates: true } };
let folder: string;
let recordings: Record<string, Recorded>;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "minisim-recorded-"));
  await simulateToStore(spec, join(folder, "a.zarr"), { workers: 1 });
  recordings = {
    "in memory": await simulate(spec),
    "in memory, without snapshots": await simulate(allTwelve),
    "in a store": await openRecording(join(folder, "a.zarr")),
    live: liveRecording(compile(spec)),
    "live, on two threads": liveRecording(compile(spec), { workers: 2 }),
  };
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function collected(recording: Recorded, range?: FrameRange, stage?: string) {
  const values: number[] = [];
  let [first, next] = [-1, -1];
  for await (const { start, end, data } of recording.frames(range, stage)) {
    if (first < 0) [first, next] = [start, start];
    expect(start).toBe(next);
    expect(data.length).toBe((end - start) * recording.shape[1] * recording.shape[2]);
    next = end;
    for (const value of data) values.push(value);
  }
  return { first, next, values };
}

const NAMES = [
  "in memory",
  "in memory, without snapshots",
  "in a store",
  "live",
  "live, on two threads",
];

describe.each(NAMES)("%s", (name) => {
  test("says what it is", async () => {
    const { shape, container, cache_key } = recordings["in memory"]!;
    expect(recordings[name]).toMatchObject({ shape, container });
    expect(container).toBe("uint8");
    if (!name.includes("without")) expect(recordings[name]!.cache_key).toBe(cache_key);
    const truth = await recordings[name]!.truth();
    expect(truth.C.data).toEqual((await recordings.live!.truth()).C.data);
  });

  test.each<[string, FrameRange | undefined, string | undefined]>([
    ["all frames", undefined, undefined],
    ["some frames", { start: 5, end: 41 }, undefined],
    ["none", { start: 7, end: 7 }, undefined],
    [
      "the light of a stage on the canvas, cropped to the field of view",
      { start: 3, end: 9 },
      "neuropil",
    ],
    ["the light of a stage of the sensor", { start: 58, end: 60 }, "vignette"],
  ])("gives %s", async (_, range, stage) => {
    const wanted = await collected(recordings["in memory"]!, range, stage);
    expect(await collected(recordings[name]!, range, stage)).toEqual(wanted);
    const { start, end } = range ?? { start: 0, end: recordings[name]!.shape[0] };
    const [, height, width] = recordings[name]!.shape;
    expect(wanted.values).toHaveLength((end - start) * height * width);
  });

  test("refuses frames and stages that do not exist", async () => {
    const recording = recordings[name]!;
    await expect(collected(recording, { start: 0, end: 61 })).rejects.toThrow(
      "The movie has 60 frames: 0 to 61 is no part of them.",
    );
    await expect(collected(recording, undefined, "nothing")).rejects.toThrow(RangeError);
  });
});
