// A recording made in shards: what is refused, what is found damaged, and what late comers do.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  finishShards,
  openRecording,
  recordingStatus,
  simulateShard,
  simulateToStore,
} from "minisim/node";
import { afterEach, beforeEach, expect, test } from "vitest";
import { filesOf } from "./files.ts";
import { fiveChunks as spec } from "./specs.ts";

let folder = "";
let path = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "minisim-shards-"));
  path = join(folder, "r.zarr");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

type Options = Omit<Parameters<typeof simulateShard>[2], "shard" | "simulator">;

const shard = (number: number, of: number, options: Options = {}) =>
  simulateShard(spec, path, { ...options, shard: { number, of } });

/** The folder of the growing store. */
const growing = () => {
  const work = `${path}.shards`;
  const name = readdirSync(work).find((one) => /^[0-9a-f]{16}$/.test(one));
  return join(work, name!);
};

test("any order, any number of shards, some of them twice, make the files of one run", async () => {
  const whole = join(folder, "whole.zarr");
  await simulateToStore(spec, whole);
  const seen: number[] = [];
  const third = await shard(3, 4, { onProgress: ({ done, total }) => seen.push(done, total) });
  expect(third).toMatchObject({ chunks: 1, rendered: 1, published: false });
  // Its own frames, not those of the recording.
  expect(Math.max(...seen)).toBe(64);
  expect(await recordingStatus(path)).toEqual({
    state: "shards",
    chunks: 5,
    done: 1,
    has_truth: false,
    shards: [
      { number: 1, chunks: 2, done: 0 },
      { number: 2, chunks: 1, done: 0 },
      { number: 3, chunks: 1, done: 1 },
      { number: 4, chunks: 1, done: 0 },
    ],
  });
  await expect(openRecording(path)).rejects.toMatchObject({ code: "incomplete" });
  expect(await shard(3, 4)).toMatchObject({ chunks: 1, rendered: 0 });
  // In other parts from now on; what is there stays.
  const [first, second] = await Promise.all([shard(1, 2), shard(2, 2)]);
  expect(first).toMatchObject({ chunks: 3, rendered: 2 });
  expect(second).toMatchObject({ chunks: 2, rendered: 2 });
  expect(await recordingStatus(path)).toMatchObject({ done: 5, has_truth: true });
  await Promise.all([finishShards(path), finishShards(path)]);
  expect(filesOf(path)).toEqual(filesOf(whole));
  expect(readdirSync(folder).sort()).toEqual(["r.zarr", "whole.zarr"]);
  expect(await recordingStatus(path)).toMatchObject({ state: "finished" });
  // Whoever comes late has nothing to do, and leaves nothing.
  await finishShards(path);
  expect(await shard(2, 4)).toMatchObject({ rendered: 0, published: true });
  expect(readdirSync(folder).sort()).toEqual(["r.zarr", "whole.zarr"]);
});

test("a shard in whose middle the recording is published ends well", async () => {
  await shard(1, 1);
  rmSync(join(growing(), "observed/c/1"), { recursive: true });
  let others: Promise<void> | undefined;
  const late = await shard(2, 4, {
    blockFrames: 8,
    workers: 1,
    onProgress: () => {
      others ??= shard(2, 2).then(() => finishShards(path));
    },
  });
  await others;
  expect(late.published || existsSync(path)).toBe(true);
  expect(readdirSync(folder)).toEqual(["r.zarr"]);
  expect(await (await openRecording(path)).verify()).toEqual([]);
});

test("a chunk that is missing, cut off or altered is found, and the shard that makes it again is named", async () => {
  for (const number of [1, 2, 3, 4]) await shard(number, 4);
  const chunk = join(growing(), "observed/c/2/0/0");
  const bytes = readFileSync(chunk);
  const altered = Buffer.from(bytes);
  altered[1000]! ^= 1;
  for (const damage of [bytes.subarray(0, 5000), altered]) {
    writeFileSync(chunk, damage);
    await expect(finishShards(path)).rejects.toMatchObject({
      code: "incomplete",
      message: `${path} is not finished: it lacks 1 chunk of its frames (damaged: observed/c/2/0/0). Run again: --shard 3/4.`,
    });
  }
  const [stage] = readdirSync(join(growing(), "snapshots")).filter((name) => name !== "zarr.json");
  rmSync(join(growing(), `snapshots/${stage}/c/1/0/0`));
  rmSync(join(growing(), "ground_truth/S/c/0/0"));
  await expect(finishShards(path)).rejects.toMatchObject({
    message: `${path} is not finished: it lacks 2 chunks of its frames and part of its ground truth (damaged: observed/c/2/0/0). Run again: --shard 1/4, 2/4, 3/4.`,
  });
  expect(existsSync(path)).toBe(false);
  for (const number of [1, 2, 3]) await shard(number, 4);
  await finishShards(path);
  expect(readFileSync(join(path, "observed/c/2/0/0")).equals(bytes)).toBe(true);
});

test("shards of another spec, of another length, or after another stage are refused", async () => {
  await shard(1, 4);
  const before = filesOf(`${path}.shards`);
  const refused = { kind: "path", code: "leftover" };
  const options = { shard: { number: 2, of: 4 } };
  await expect(simulateShard({ ...spec, seed: 8 }, path, options)).rejects.toMatchObject(refused);
  const longer = { ...spec, acquisition: { ...spec.acquisition, duration_s: 14 } };
  await expect(simulateShard(longer, path, options)).rejects.toMatchObject(refused);
  await expect(shard(2, 4, { until: "composite" })).rejects.toMatchObject(refused);
  expect(filesOf(`${path}.shards`)).toEqual(before);
  for (const [number, of] of [
    [0, 4],
    [5, 4],
    [1.5, 4],
  ]) {
    await expect(shard(number!, of!)).rejects.toThrow(RangeError);
  }
});

test("while shards are under work, nobody makes the recording alone", async () => {
  await shard(1, 4);
  const before = filesOf(`${path}.shards`);
  for (const options of [{}, { force: true }, { resume: true }]) {
    await expect(simulateToStore(spec, path, options)).rejects.toMatchObject({
      kind: "path",
      code: "leftover",
      message: `${path}.shards holds the shards of an unfinished recording: --shard goes on with them, finish puts them together. Remove that folder to make it alone, or choose another path.`,
    });
  }
  expect(filesOf(`${path}.shards`)).toEqual(before);
  expect(readdirSync(folder)).toEqual(["r.zarr.shards"]);
  // Once it is finished, what somebody keeps beside the shards is in nobody's way.
  for (const number of [2, 3, 4]) await shard(number, 4);
  writeFileSync(`${path}.shards/notes.txt`, "mine");
  await finishShards(path);
  await simulateToStore({ ...spec, seed: 8 }, path, { force: true });
  expect(readFileSync(`${path}.shards/notes.txt`, "utf8")).toBe("mine");
});

test("what is not ours is neither written into nor removed", async () => {
  const work = `${path}.shards`;
  mkdirSync(work);
  writeFileSync(join(work, "notes.txt"), "mine");
  const foreign = { kind: "path", code: "foreign" };
  await expect(shard(1, 1)).rejects.toMatchObject(foreign);
  await expect(finishShards(path)).rejects.toMatchObject(foreign);
  await expect(recordingStatus(path)).rejects.toMatchObject(foreign);
  expect(readdirSync(work)).toEqual(["notes.txt"]);
  rmSync(work, { recursive: true });

  // Beside the shards: the recording is finished, the file and its folder stay.
  await shard(1, 1);
  writeFileSync(join(work, "notes.txt"), "mine");
  await finishShards(path);
  expect(readFileSync(join(work, "notes.txt"), "utf8")).toBe("mine");

  // Another recording at the path.
  const other = { ...spec, seed: 8 };
  const options = { shard: { number: 1, of: 1 } };
  rmSync(work, { recursive: true });
  await expect(simulateShard(other, path, options)).rejects.toMatchObject(foreign);
  expect(readdirSync(folder)).toEqual(["r.zarr"]);
});

test("there is nothing to finish where there are no shards", async () => {
  await expect(finishShards(path)).rejects.toMatchObject({ code: "not_a_recording" });
  expect(await recordingStatus(path)).toMatchObject({ state: "nothing" });
  // As a process leaves it that was killed at its very beginning.
  mkdirSync(`${path}.shards/growing`, { recursive: true });
  await expect(finishShards(path)).rejects.toMatchObject({ code: "incomplete" });
  await shard(1, 1);
  await finishShards(path);
  expect(readdirSync(folder)).toEqual(["r.zarr"]);
});
