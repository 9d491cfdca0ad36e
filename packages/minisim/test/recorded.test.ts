// One recording, three places: in memory, in a store, and rendered as it is asked for, give the same frames, stages and truth.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import type { FrameRange, Recorded } from "@minisim/recording";
import {
  builtinSteps,
  compile,
  createSimulator,
  liveRecording,
  type Simulator,
  simulate,
} from "minisim";
import { openRecording, saveRecording, simulateToStore } from "minisim/node";
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
    const { shape, container, cache_key, step_revisions } = recordings["in memory"]!;
    expect(recordings[name]).toMatchObject({ shape, container, step_revisions });
    expect(Object.keys(step_revisions)).toHaveLength(allTwelve.steps.length);
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

describe("saved", () => {
  const saved = async (recorded: Recorded, name: string) => {
    await saveRecording(recorded, join(folder, name));
    return filesIn(join(folder, name));
  };

  test("from memory and from a store, a recording has the files that it was streamed to", async () => {
    const streamed = filesIn(join(folder, "a.zarr"));
    expect(streamed.size).toBeGreaterThan(30);
    expect(await saved(recordings["in memory"]!, "from-memory.zarr")).toEqual(streamed);
    expect(await saved(recordings["in a store"]!, "from-store.zarr")).toEqual(streamed);
  });

  test("as it is rendered, it has all but the stages, which it does not keep", async () => {
    const plain = await saved(recordings["in memory, without snapshots"]!, "plain.zarr");
    const live = liveRecording(compile(allTwelve), { workers: 2 });
    expect(await saved(live, "from-live.zarr")).toEqual(plain);
    await saveRecording(recordings.live!, join(folder, "no-stages.zarr"));
    expect((await openRecording(join(folder, "no-stages.zarr"))).arrays).toEqual(["observed"]);
  });

  test("it keeps the key and the revisions that it was made under, whatever today's steps are", async () => {
    const revised = createSimulator({
      steps: builtinSteps.map((step) => ({ ...step, revision: step.revision + 1 })),
    }) as Simulator;
    const options = { simulator: revised };
    const old = await openRecording(join(folder, "a.zarr"), options);
    expect(old.warnings.map(({ code }) => code)).toContain("cache_key_mismatch");
    await saveRecording(old, join(folder, "copy.zarr"));
    await saveRecording(await old.load(), join(folder, "copy-2.zarr"));
    const [copy, second] = [
      await openRecording(join(folder, "copy.zarr")),
      await openRecording(join(folder, "copy-2.zarr")),
    ];
    expect(copy.attributes).toEqual(old.attributes);
    expect(second.attributes).toEqual(old.attributes);
    // Opened with the steps that made it, the copy has nothing to warn of but what the simulation did.
    expect(copy.warnings).toEqual(old.attributes.warnings);
    expect(second.warnings).toEqual(old.attributes.warnings);
  });

  test("it leaves nothing when it is aborted", async () => {
    const reason = new Error("enough");
    const path = join(folder, "aborted.zarr");
    const attempt = saveRecording(recordings.live!, path, { signal: AbortSignal.abort(reason) });
    await expect(attempt).rejects.toBe(reason);
    expect(readdirSync(folder).filter((name) => name.startsWith("aborted"))).toEqual([]);
  });
});

/** The bytes of every file by its path in the store. */
function filesIn(store: string): Map<string, string> {
  const entries = readdirSync(store, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((e) => join(e.parentPath, e.name));
  return new Map(
    files.sort().map((file) => [relative(store, file), readFileSync(file).toString("base64")]),
  );
}
