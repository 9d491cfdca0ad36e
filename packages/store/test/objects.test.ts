// Recordings in object stores: the files of a folder, whole or no recording at all, and nothing of anybody's replaced.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nd, Recording } from "@minisim/recording";
import { headerOf, writeMovies } from "@minisim/store";
import { saveRecording } from "@minisim/store/node";
import {
  checkObjects,
  createRecordingIn,
  finishObjects,
  objectsStatus,
  openRecordingIn,
} from "@minisim/store/objects";
import { afterEach, beforeEach, expect, test } from "vitest";
import { bare, counts, makeRecording, makeTruth } from "./make.ts";
import { type Bucket, makeBucket, objectsIn, unreachable } from "./memory-objects.ts";

const recording = makeRecording();
const other = makeRecording({ cache_key: "another" });

/** As `simulateToStore` does it. */
async function write(bucket: Bucket, recorded = recording, prefix?: string): Promise<void> {
  const objects = objectsIn(bucket, prefix);
  await checkObjects(objects);
  const writer = await createRecordingIn(objects, await headerOf(recorded));
  await writeMovies(writer, recorded);
  await writer.commit();
}

const entriesOf = ({ objects }: Bucket) =>
  new Map([...objects].sort().map(([key, { bytes }]) => [key, Buffer.from(bytes).toString("hex")]));

/** The files of a recording in a folder, under the names that they have in a bucket. */
async function inFolder(recorded: Recording): Promise<Map<string, string>> {
  const folder = mkdtempSync(join(tmpdir(), "minisim-objects-"));
  try {
    await saveRecording(recorded, join(folder, "r.zarr"));
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    const named = files.map((file): [string, string] => [
      file.slice(folder.length + 1).replaceAll("\\", "/"),
      readFileSync(file, "hex"),
    ]);
    return new Map(named.sort());
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const whole = await inFolder(recording);
let bucket: Bucket;
beforeEach(() => {
  bucket = makeBucket();
});
afterEach(() => {
  // Whatever a test does, only the manifest is ever put in the place of another version.
  const twice = bucket.puts.filter((key, i) => bucket.puts.indexOf(key) !== i);
  if (bucket.headsConditions)
    expect(twice.filter((key) => !key.endsWith(".minisim.json"))).toEqual([]);
});

test("it has the names and the bytes of a folder, and its root was put when all else was there", async () => {
  await write(bucket);
  expect(entriesOf(bucket)).toEqual(whole);
  const [manifest, root] = ["r.zarr/.minisim.json", "r.zarr/zarr.json"];
  expect(bucket.puts.at(0)).toBe(manifest);
  expect(bucket.puts.slice(-3)).toEqual([manifest, root, manifest]);
  expect(bucket.puts.filter((key) => key === manifest)).toHaveLength(3);
  const stored = await openRecordingIn(objectsIn(bucket));
  expect((await stored.load()).observed).toEqual(recording.observed);
  expect(await stored.verify()).toEqual([]);
});

/** The bucket in which a writer was stopped before a put, and nothing stops anybody any more. */
async function stoppedBefore(put: number): Promise<Bucket> {
  bucket = makeBucket();
  bucket.beforePut = (key) => {
    if (bucket.puts.length === put) throw unreachable(key);
  };
  await expect(write(bucket)).rejects.toMatchObject({ kind: "store", code: "unreachable" });
  expect(bucket.puts).toHaveLength(put);
  bucket.beforePut = () => {};
  return bucket;
}

test("stopped before any of its puts but the very last, it is no recording, and the next run puts what is missing alone", async () => {
  await write(bucket);
  const all = bucket.puts.length;
  for (let stop = 0; stop < all - 1; stop++) {
    await stoppedBefore(stop);
    const begun = stop > 0;
    const opening = openRecordingIn(objectsIn(bucket));
    await expect(opening).rejects.toMatchObject({
      code: begun ? "incomplete" : "not_a_recording",
    });
    if (begun) {
      const refused = { kind: "path", code: "leftover" };
      await expect(write(bucket, other)).rejects.toMatchObject(refused);
      expect(await objectsStatus(objectsIn(bucket))).toMatchObject({ state: "partial" });
    }
    expect(bucket.puts).toHaveLength(stop);
    await write(bucket);
    expect(entriesOf(bucket)).toEqual(whole);
    expect(bucket.puts).toHaveLength(all);
  }
});

test("stopped before any of its puts, finish ends it as soon as its chunks are there, and changes nothing before", async () => {
  await write(bucket);
  const all = bucket.puts.length;
  // The manifest, the root, and the manifest again: nothing else is needed for them than what is there.
  const end = all - 3;
  for (let stop = 0; stop < all; stop++) {
    await stoppedBefore(stop);
    const finishing = finishObjects(objectsIn(bucket));
    if (stop < end) {
      await expect(finishing).rejects.toMatchObject({
        code: stop > 0 ? "incomplete" : "not_a_recording",
      });
      expect(bucket.puts).toHaveLength(stop);
      continue;
    }
    await finishing;
    expect(entriesOf(bucket)).toEqual(whole);
    expect(bucket.puts).toHaveLength(all);
    // Again, and there is nothing more to do.
    await finishObjects(objectsIn(bucket));
    expect(bucket.puts).toHaveLength(all);
  }
});

test("stopped before the very last put, it is a whole recording, whose manifest says more than it need", async () => {
  await write(bucket);
  await stoppedBefore(bucket.puts.length - 1);
  const stored = await openRecordingIn(objectsIn(bucket));
  expect(await stored.verify()).toEqual([]);
  expect(await objectsStatus(objectsIn(bucket))).toMatchObject({ state: "finished" });
  await expect(write(bucket)).rejects.toMatchObject({ code: "exists" });
  const differs = [...entriesOf(bucket)].filter(([key, bytes]) => whole.get(key) !== bytes);
  expect(differs.map(([key]) => key)).toEqual(["r.zarr/.minisim.json"]);
});

test("two that finish at once, stopped at different puts, make one recording", async () => {
  await write(bucket);
  const all = bucket.puts.length;
  for (const stop of [all - 3, all - 2, all - 1]) {
    await stoppedBefore(stop);
    let turn = 0;
    bucket.beforePut = async () => {
      for (let i = turn++ % 3; i > 0; i--) await Promise.resolve();
    };
    await Promise.all(Array.from({ length: 3 }, () => finishObjects(objectsIn(bucket))));
    expect(entriesOf(bucket)).toEqual(whole);
    expect(bucket.puts).toHaveLength(all);
  }
});

test("a recording, or anything else that is there, is refused before the work, and stays", async () => {
  await write(bucket);
  const message =
    "s3://bucket/r.zarr holds a recording already, which was left as it is. Choose another address.";
  for (const recorded of [recording, other])
    await expect(write(bucket, recorded)).rejects.toMatchObject({ code: "exists", message });
  const bytes = new TextEncoder().encode("{}");
  for (const key of [
    "mine/notes.txt",
    "mine/zarr.json",
    "mine/.minisim.json",
    "mine/a.zarr/zarr.json",
  ]) {
    const theirs = makeBucket();
    theirs.objects.set(key, { bytes, version: "theirs" });
    await expect(write(theirs, recording, "mine/")).rejects.toMatchObject({
      kind: "path",
      code: "foreign",
      message: expect.stringMatching(/^s3:\/\/bucket\/mine is taken by something that is no rec/),
    });
    expect([...theirs.objects.keys()]).toEqual([key]);
    // Beside it there is room.
    await write(theirs, recording, "mine too/");
  }
  await expect(write(bucket, recording, "r.zarr/deep/er/")).rejects.toMatchObject({
    code: "inside",
    message:
      "s3://bucket/r.zarr/deep/er lies inside the store s3://bucket/r.zarr; outputs are not nested. Choose another address.",
  });
  expect(entriesOf(bucket)).toEqual(whole);
});

test("two writers at once make one recording, of one spec", async () => {
  // Each put lets the other writer go first now and then.
  let turn = 0;
  bucket.beforePut = async () => {
    for (let i = turn++ % 7; i > 0; i--) await Promise.resolve();
  };
  await Promise.all([write(bucket), write(bucket)]);
  expect(entriesOf(bucket)).toEqual(whole);

  bucket = makeBucket();
  const ended = await Promise.allSettled([write(bucket), write(bucket, other)]);
  expect(ended.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  const made = ended[0]!.status === "fulfilled" ? recording : other;
  expect(entriesOf(bucket)).toEqual(await inFolder(made));
});

test("an address that somebody else has taken over meanwhile is not finished", async () => {
  const objects = objectsIn(bucket);
  const writer = await createRecordingIn(objects, await headerOf(recording));
  await writeMovies(writer, recording);
  bucket.objects.clear();
  bucket.puts.length = 0;
  await createRecordingIn(objects, await headerOf(other));
  const before = entriesOf(bucket);
  await expect(writer.commit()).rejects.toMatchObject({ kind: "store" });
  expect([...entriesOf(bucket)].filter(([key]) => before.has(key))).toEqual([...before]);
  expect(bucket.objects.has("r.zarr/zarr.json")).toBe(false);
});

test("a document that somebody has removed is put by the next run, and nothing is finished without it", async () => {
  const shard = { number: 1, of: 1 };
  const put = async () => {
    const writer = await createRecordingIn(objectsIn(bucket), await headerOf(recording), shard);
    await writeMovies(writer!, recording);
    await writer!.writeTruth();
  };
  await put();
  const key = "ground_truth/C/zarr.json";
  bucket.objects.delete(`r.zarr/${key}`);
  bucket.puts.splice(bucket.puts.indexOf(`r.zarr/${key}`), 1);
  await expect(finishObjects(objectsIn(bucket))).rejects.toMatchObject({
    ...{ code: "incomplete", key },
    message: `s3://bucket/r.zarr is not finished: it lacks ${key}. Run it again.`,
  });
  await put();
  // One that somebody has changed is seen while there is no recording yet.
  const document = bucket.objects.get(`r.zarr/${key}`)!;
  bucket.objects.set(`r.zarr/${key}`, { ...document, bytes: new TextEncoder().encode("{}") });
  await expect(finishObjects(objectsIn(bucket))).rejects.toMatchObject({ kind: "store", key });
  expect(bucket.objects.has("r.zarr/zarr.json")).toBe(false);
  bucket.objects.set(`r.zarr/${key}`, document);
  await write(bucket);
  expect(entriesOf(bucket)).toEqual(whole);
});

test("a server that does not heed conditions is told of", async () => {
  bucket.headsConditions = false;
  await expect(write(bucket)).rejects.toMatchObject({
    code: "invalid",
    message: expect.stringContaining("does not heed If-None-Match"),
  });
});

test("a root that somebody has removed: status and finish say so, and the next run puts it", async () => {
  await write(bucket);
  bucket.objects.delete("r.zarr/zarr.json");
  bucket.puts.splice(bucket.puts.indexOf("r.zarr/zarr.json"), 1);
  expect(await objectsStatus(objectsIn(bucket))).toMatchObject({ state: "partial", chunks: 0 });
  await expect(finishObjects(objectsIn(bucket))).rejects.toMatchObject({
    code: "incomplete",
    message:
      "s3://bucket/r.zarr was finished, and lacks its root zarr.json now. Simulate it again there: what it has stays.",
  });
  await write(bucket);
  expect(entriesOf(bucket)).toEqual(whole);
});

// Three chunks: a float32 frame of 1200 × 1200 takes 5.8 MB of the 16 MiB of a chunk.
const side = 1200;
const large = new Recording({
  ...{ spec: recording.spec, cache_key: "large", step_revisions: {}, step_packages: {} },
  observed: nd(counts(6 * side * side), [6, side, side]),
  container: "float32",
  ground_truth: makeTruth({ frames: 6, fov: [side, side] }, bare),
  ...{ snapshots: {}, warnings: [] },
});

test("shards put their own chunks; finish reads them all, and names what is missing or damaged", async () => {
  const objects = objectsIn(bucket);
  const header = await headerOf(large);
  const pixels = large.observed.data as Float32Array;
  const shard = async (number: number, of: number) => {
    const writer = await createRecordingIn(objects, header, { number, of });
    if (!writer) return "finished";
    const { chunkFrames } = writer;
    for (const index of writer.pending()) {
      const [start, end] = [index * chunkFrames, Math.min(6, (index + 1) * chunkFrames)];
      await writer.writeChunk(index, pixels.subarray(start * side ** 2, end * side ** 2));
    }
    await writer.writeTruth();
    return `${writer.frames} of its frames in ${writer.chunks}`;
  };
  await expect(finishObjects(objects)).rejects.toMatchObject({ code: "not_a_recording" });
  expect(await shard(2, 2)).toBe("2 of its frames in 1");
  expect(await objectsStatus(objects)).toEqual({
    ...{ state: "shards", chunks: 3, done: 1, has_truth: false },
    shards: [
      { number: 1, chunks: 2, done: 0 },
      { number: 2, chunks: 1, done: 1 },
    ],
  });
  await expect(finishObjects(objects)).rejects.toMatchObject({
    code: "incomplete",
    message:
      "s3://bucket/r.zarr is not finished: it lacks 2 chunks of its frames and part of its ground truth. Run again: --shard 1/2.",
  });
  // In other parts from now on; what is there stays, and the parts that are named are those of the first.
  expect(await shard(1, 3)).toBe("2 of its frames in 1");
  const chunk = bucket.objects.get("r.zarr/observed/c/1/0/0")!;
  const damaged = { ...chunk, bytes: chunk.bytes.slice(0, 5000) };
  bucket.objects.set("r.zarr/observed/c/1/0/0", damaged);
  await expect(finishObjects(objects)).rejects.toMatchObject({
    message:
      "s3://bucket/r.zarr is not finished: it lacks 2 chunks of its frames (damaged: observed/c/1/0/0). Remove what is damaged: no object is written over. Run again: --shard 1/2, 2/2.",
  });
  bucket.objects.delete("r.zarr/observed/c/1/0/0");
  bucket.puts.splice(bucket.puts.indexOf("r.zarr/observed/c/1/0/0"), 1);
  expect(await shard(1, 1)).toBe("6 of its frames in 3");
  await Promise.all([finishObjects(objects), finishObjects(objects)]);
  await finishObjects(objects);
  expect(await objectsStatus(objects)).toMatchObject({ state: "finished" });
  expect(await shard(1, 2)).toBe("finished");
  expect(entriesOf(bucket)).toEqual(await inFolder(large));
});
