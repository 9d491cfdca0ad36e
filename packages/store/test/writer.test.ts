import { nd, Recording } from "@minisim/recording";
import {
  createMemoryStorage,
  createRecordingWriter,
  headerOf,
  openRecording,
  type Storage,
  StoreError,
  type StoreHeader,
  writeMovies,
} from "@minisim/store";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { counts, makeRecording, makeSpec, makeTruth, stored } from "./make.ts";

const recording = makeRecording();
const header = await headerOf(recording);

/** A storage that fails from the n-th write on, as a full disk does. */
function failingAt(n: number, entries: Map<string, Uint8Array>): Storage {
  const storage = createMemoryStorage(entries);
  let writes = 0;
  return {
    ...storage,
    write: async (key, bytes) => {
      if (++writes > n) throw new StoreError("corrupt", "The medium failed.", { key });
      await storage.write(key, bytes);
    },
  };
}

async function writeAll(storage: Storage, options = {}): Promise<void> {
  const writer = await createRecordingWriter(storage, header, options);
  await writeMovies(writer, recording);
  await writer.finish();
}

describe("a writer refuses", () => {
  const refused = async (change: Partial<StoreHeader>) =>
    createRecordingWriter(createMemoryStorage(), { ...header, ...change }).catch((e) => e);

  test.each<[string, Partial<StoreHeader>, RegExp]>([
    [
      "frames of another size than the field of view",
      { movie: { shape: [6, 4, 5], container: "uint8" } },
      /^observed has frames of 4 × 5, but the field of view is 5 × 4\.$/,
    ],
    [
      "another number of frames than the truth's",
      { movie: { shape: [7, 5, 4], container: "uint8" } },
      /^observed has 7 frames, but the ground truth has 6\.$/,
    ],
    ["an unknown container", { movie: { shape: [6, 5, 4], container: "int8" as "uint8" } }, /int8/],
    [
      "a snapshot without room for the field of view",
      { snapshots: [{ name: "cells_only", shape: [6, 5, 4], fov_offset: [1, 0] }] },
      /^snapshots\/cells_only has frames of 5 × 4, which do not hold the field of view/,
    ],
    [
      "a snapshot that leaves the store",
      { snapshots: [{ name: "../../etc", shape: [6, 5, 4], fov_offset: [0, 0] }] },
      /cannot be named "\.\.\/\.\.\/etc"/,
    ],
    ["a step's field that differs in case alone", leaves("s"), /differs from "S" in case alone/],
    ["a step's field with the name of a document", leaves("zarr.json"), /cannot be named/],
  ])("%s", async (_, change, message) => {
    const error = await refused(change);
    expect(error).toMatchObject({ name: "StoreError", code: "invalid" });
    expect(error.message).toMatch(message);
  });

  test("chunks that do not exist or have the wrong number of pixels", async () => {
    const writer = await createRecordingWriter(createMemoryStorage(), header);
    await expect(writer.writeChunk(1, counts(120))).rejects.toThrow(
      "observed has 1 chunks and none at 1.",
    );
    await expect(writer.writeChunk(-1, counts(120))).rejects.toThrow(StoreError);
    await expect(writer.writeChunk(0, counts(119))).rejects.toThrow(
      "Chunk 0 of observed takes the 120 pixels of frames 0 to 5, not 119.",
    );
    await expect(writer.writeChunk(0, counts(120), "snapshots/sensor")).rejects.toThrow(
      'no movie "snapshots/sensor"',
    );
    await expect(writer.writeChunk(0, counts(120, 300))).rejects.toThrow(/cannot hold the value/);
    expect(writer.pending()).toEqual([0]);
  });

  test("to finish before every chunk is written, and to write after", async () => {
    const entries = new Map<string, Uint8Array>();
    const writer = await createRecordingWriter(createMemoryStorage(entries), header);
    await writer.writeChunk(0, counts(120));
    await expect(writer.finish()).rejects.toMatchObject({
      code: "incomplete",
      key: "snapshots/neuropil/c/0/0/0",
    });
    await expect(openRecording(createMemoryStorage(entries))).rejects.toMatchObject({
      code: "incomplete",
    });
    await writeMovies(writer, recording);
    await writer.finish();
    await expect(writer.writeChunk(0, counts(120))).rejects.toThrow("finished already");
  });

  test("a storage that holds a recording already", async () => {
    const entries = await stored(recording);
    await expect(createRecordingWriter(createMemoryStorage(entries), header)).rejects.toMatchObject(
      { code: "exists" },
    );
  });
});

describe("a full disk", () => {
  test("at any write: its error comes through, no reader takes the rest for a recording, and resuming heals it", async () => {
    const undisturbed = await stored(recording);
    // The root is written twice.
    const writes = undisturbed.size + 1;
    const spread = Array.from({ length: 9 }, (_, k) => Math.floor((k * writes) / 9));
    for (const n of [...spread, writes - 2, writes - 1]) {
      const entries = new Map<string, Uint8Array>();
      await expect(writeAll(failingAt(n, entries))).rejects.toMatchObject({
        message: "The medium failed.",
      });
      await expect(openRecording(createMemoryStorage(entries))).rejects.toMatchObject({
        code: n === 0 ? "not_a_recording" : "incomplete",
      });
      await writeAll(createMemoryStorage(entries), { resume: true });
      expect(entries).toEqual(undisturbed);
    }
  });
});

describe("resume", () => {
  test("keeps whole chunks and asks for cut ones", async () => {
    const entries = new Map<string, Uint8Array>();
    const storage = createMemoryStorage(entries);
    await writeMovies(await createRecordingWriter(storage, header), recording);
    const key = "snapshots/neuropil/c/0/0/0";
    entries.set(key, entries.get(key)!.slice(0, 30));
    const writer = await createRecordingWriter(storage, header, { resume: true });
    expect(writer.arrays.map((array) => writer.pending(array))).toEqual([[], [0], []]);
    await writer.writeChunk(0, recording.snapshots.neuropil!.movie.data, "snapshots/neuropil");
    await writer.finish();
    expect(entries).toEqual(await stored(recording));
  });

  test("refuses what was begun under another header", async () => {
    const storage = createMemoryStorage();
    await createRecordingWriter(storage, header);
    const other = { ...header, cache_key: "fedcba9876543210" };
    await expect(createRecordingWriter(storage, other, { resume: true })).rejects.toMatchObject({
      code: "exists",
      message: "What is here belongs to another spec or version, so it cannot be resumed.",
    });
  });
});

test("any movie of counts comes back exactly, from any frame on", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 6 }),
      fc.integer({ min: 1, max: 6 }),
      fc.constantFrom("uint8", "uint16", "float32"),
      fc.integer({ min: 1, max: 1000 }),
      async (frames, height, width, container, seed) => {
        const pixels = counts(frames * height * width, container === "uint8" ? 255 : 65535, seed);
        const movie = new Recording({
          spec: makeSpec({ bit_depth: 16 }),
          observed: nd(pixels, [frames, height, width]),
          container,
          ground_truth: makeTruth({ units: 2, frames, fov: [height, width] }),
        });
        const storage = createMemoryStorage();
        const writer = await createRecordingWriter(storage, await headerOf(movie));
        await writeMovies(writer, movie);
        await writer.finish();
        const opened = await openRecording(storage);
        const start = seed % (frames + 1);
        const part = await opened.readFrames(start, frames);
        expect([...part]).toEqual([...pixels.subarray(start * height * width)]);
      },
    ),
    { numRuns: 30 },
  );
});

function leaves(name: string): Partial<StoreHeader> {
  const value = nd(new Float64Array(3), [3]);
  const field = { name, dims: ["unit"], unit: "1", description: "Other.", value };
  return { ground_truth: makeTruth({}, { step_fields: [field] }) };
}
