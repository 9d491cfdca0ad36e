// Every kind of damage to a store has its named error: never garbage, never a stack trace from below.
import { Recording } from "@minisim/recording";
import { createMemoryStorage, openRecording, StoreError } from "@minisim/store";
import { beforeAll, describe, expect, test } from "vitest";
import { makeRecording, makeTruth, numbers, stored } from "./make.ts";

type Entries = Map<string, Uint8Array>;
// biome-ignore lint/suspicious/noExplicitAny: a JSON document of any form, to be broken.
type Json = any;

let whole: Entries;
beforeAll(async () => {
  whole = await stored(makeRecording());
});

const chunk = "observed/c/0/0/0";
const truthChunk = "ground_truth/C/c/0/0";

const truncate = (key: string, length: number) => (store: Entries) => {
  store.set(key, store.get(key)!.slice(0, length));
};
const flip = (key: string, at: number) => (store: Entries) => {
  const bytes = store.get(key)!.slice();
  bytes[at < 0 ? bytes.length + at : at]! ^= 1;
  store.set(key, bytes);
};
const remove = (key: string) => (store: Entries) => {
  store.delete(key);
};
const text = (key: string, value: string) => (store: Entries) => {
  store.set(key, new TextEncoder().encode(value));
};
const edit = (key: string, change: (document: Json) => void) => (store: Entries) => {
  const document = JSON.parse(new TextDecoder().decode(store.get(key)!));
  change(document);
  text(key, JSON.stringify(document))(store);
};
const root = (change: (attributes: Json) => void) =>
  edit("zarr.json", ({ attributes }) => change(attributes));
/** Alters what the root and the node itself say of a node, so that the two agree. */
const node = (path: string, change: (document: Json) => void) => (store: Entries) => {
  edit("zarr.json", ({ consolidated_metadata }) => change(consolidated_metadata.metadata[path]))(
    store,
  );
  edit(`${path}/zarr.json`, change)(store);
};
const unlist = (path: string) => (store: Entries) => {
  edit("zarr.json", ({ consolidated_metadata }) => {
    delete consolidated_metadata.metadata[path];
  })(store);
};
const shape = (value: number[]) => (document: Json) => {
  document.shape = value;
  document.chunk_grid.configuration.chunk_shape = value;
};
/** Puts the bytes of one chunk, whole as they are, in place of another. */
const swap = (key: string, other: string) => (store: Entries) => {
  store.set(key, store.get(other)!);
};

type Case = [what: string, damage: (store: Entries) => void, code: string, key: string];

describe("opening refuses", () => {
  const cases: Case[] = [
    ["an empty folder", (store) => store.clear(), "not_a_recording", "zarr.json"],
    ["no root", remove("zarr.json"), "not_a_recording", "zarr.json"],
    ["a cut root", truncate("zarr.json", 300), "corrupt", "zarr.json"],
    ["an empty root", truncate("zarr.json", 0), "corrupt", "zarr.json"],
    ["bytes that are no UTF-8", flipHigh("zarr.json"), "corrupt", "zarr.json"],
    ["another Zarr group", text("zarr.json", '{"attributes": {}}'), "not_a_recording", "zarr.json"],
    ["a root that is a list", text("zarr.json", "[]"), "not_a_recording", "zarr.json"],
    ["another format", root((a) => (a.format = "other")), "not_a_recording", "zarr.json"],
    ["a later version", root((a) => (a.format_version = 3)), "unsupported_version", "zarr.json"],
    ["no version", root((a) => delete a.format_version), "unsupported_version", "zarr.json"],
    ["an unfinished store", root((a) => (a.complete = false)), "incomplete", "zarr.json"],
    ["no word on completeness", root((a) => delete a.complete), "incomplete", "zarr.json"],
    ["no cache key", root((a) => delete a.cache_key), "invalid", "zarr.json"],
    [
      "a step's package without a version",
      root((a) => delete a.step_packages.optics.version),
      "invalid",
      "zarr.json",
    ],
    ["no step revisions", root((a) => delete a.step_revisions), "invalid", "zarr.json"],
    [
      "another store_dtype than the spec",
      root((a) => (a.store_dtype = "float64")),
      "invalid",
      "zarr.json",
    ],
    ["no spec", root((a) => delete a.spec), "invalid", "zarr.json"],
    ["a spec without steps", root((a) => delete a.spec.steps), "invalid", "zarr.json"],
    ["a spec with a bad value", root((a) => (a.spec.acquisition.fps = -1)), "invalid", "zarr.json"],
    [
      "no consolidated metadata",
      edit("zarr.json", (d) => delete d.consolidated_metadata),
      "invalid",
      "zarr.json",
    ],
    ["no spec.json", remove("spec.json"), "missing", "spec.json"],
    ["a cut spec.json", truncate("spec.json", 20), "corrupt", "spec.json"],
    ["another spec.json", edit("spec.json", (d) => (d.seed = 8)), "invalid", "spec.json"],
    [
      "a missing array document",
      remove("ground_truth/S/zarr.json"),
      "missing",
      "ground_truth/S/zarr.json",
    ],
    [
      "a missing group document",
      remove("ground_truth/zarr.json"),
      "missing",
      "ground_truth/zarr.json",
    ],
    [
      "broken JSON in an array",
      truncate("ground_truth/S/zarr.json", 99),
      "corrupt",
      "ground_truth/S/zarr.json",
    ],
    [
      "an array that the root does not describe so",
      edit("observed/zarr.json", (d) => (d.attributes.unit = "e")),
      "invalid",
      "observed/zarr.json",
    ],
    ["a truth without C", unlist("ground_truth/C"), "missing", "ground_truth/C"],
    [
      "a truth without footprints",
      unlist("ground_truth/planted/data"),
      "missing",
      "ground_truth/planted/data",
    ],
    ["a store without movie", unlist("observed"), "missing", "observed"],
    ["a store without ground truth", unlist("ground_truth"), "missing", "ground_truth"],
    ["a stage without its movie", unlist("snapshots/leakage"), "missing", "snapshots/leakage"],
    [
      "a stage without place",
      node("snapshots/leakage", (d) => delete d.attributes.fov_offset),
      "invalid",
      "snapshots/leakage/zarr.json",
    ],
    [
      "a stage whose frames do not hold the field of view",
      node("snapshots/leakage", (d) => (d.attributes.fov_offset = [1, 0])),
      "invalid",
      "snapshots/leakage",
    ],
    [
      "another type of a truth field",
      node("ground_truth/in_focus", (d) => (d.data_type = "uint8")),
      "invalid",
      "ground_truth/in_focus/zarr.json",
    ],
    [
      "other dimensions of a truth field",
      node("ground_truth/C", (d) => d.dimension_names.reverse()),
      "invalid",
      "ground_truth/C/zarr.json",
    ],
    [
      "too few dimension names",
      node("observed", (d) => d.dimension_names.pop()),
      "invalid",
      "zarr.json",
    ],
    [
      "units that disagree",
      node("ground_truth/C", shape([4, 6])),
      "invalid",
      "ground_truth/C/zarr.json",
    ],
    [
      "frames that disagree",
      node("ground_truth/shifts", shape([5, 2])),
      "invalid",
      "ground_truth/shifts/zarr.json",
    ],
    [
      "a movie of another length than the truth",
      node("observed", shape([5, 5, 4])),
      "invalid",
      "observed",
    ],
    [
      "a movie of another size than the field of view",
      node("observed", shape([6, 4, 5])),
      "invalid",
      "observed/zarr.json",
    ],
    [
      "a movie of another number type",
      node("observed", movieOf("float64")),
      "invalid",
      "observed/zarr.json",
    ],
    [
      "a field of view past the canvas",
      node("ground_truth", (d) => (d.attributes.fov_offset = [9, 9])),
      "invalid",
      "ground_truth/zarr.json",
    ],
    [
      "a truth without field of view",
      node("ground_truth", (d) => delete d.attributes.fov_shape),
      "invalid",
      "ground_truth/zarr.json",
    ],
    ["a negative length", node("observed", (d) => (d.shape[0] = -6)), "invalid", "zarr.json"],
    [
      "chunks that are not whole frames",
      node("observed", (d) => (d.chunk_grid.configuration.chunk_shape = [6, 5, 2])),
      "invalid",
      "zarr.json",
    ],
    [
      "an unknown data type",
      node("observed", (d) => (d.data_type = "complex64")),
      "invalid",
      "zarr.json",
    ],
    ["codecs without checksum", node("observed", (d) => d.codecs.pop()), "invalid", "zarr.json"],
    ["another codec", node("observed", (d) => (d.codecs[1].name = "gzip")), "invalid", "zarr.json"],
    [
      "a field of a step that does not say what it means",
      node("ground_truth/halo", (d) => delete d.attributes.description),
      "invalid",
      "zarr.json",
    ],
    ["a missing movie chunk", remove(chunk), "missing", chunk],
    ["a missing truth chunk", remove(truthChunk), "missing", truthChunk],
    [
      "a missing snapshot chunk",
      remove("snapshots/neuropil/c/0/0/0"),
      "missing",
      "snapshots/neuropil/c/0/0/0",
    ],
  ];

  test.each(cases)("%s", async (_, damage, code, key) => {
    const store = new Map(whole);
    damage(store);
    const error = await failure(openRecording(createMemoryStorage(store)));
    expect({ code: error.code, key: error.key }).toEqual({ code, key });
    expect(error.message).toContain(key);
    expect(error.message).toMatch(/[^.]\.$/);
  });
});

describe("reading refuses", () => {
  const cases: Case[] = [
    ["a cut movie chunk", truncate(chunk, 40), "corrupt", chunk],
    [
      "a movie chunk without its last byte",
      (store) => truncate(chunk, store.get(chunk)!.length - 1)(store),
      "corrupt",
      chunk,
    ],
    ["an empty movie chunk", truncate(chunk, 0), "corrupt", chunk],
    ["a movie chunk of three bytes", truncate(chunk, 3), "corrupt", chunk],
    ["a flipped bit at the front", flip(chunk, 0), "corrupt", chunk],
    ["a flipped bit inside", flip(chunk, 30), "corrupt", chunk],
    ["a flipped bit in the checksum", flip(chunk, -1), "corrupt", chunk],
    ["a movie chunk of zeros", (store) => store.set(chunk, new Uint8Array(64)), "corrupt", chunk],
    ["the chunk of an array of another size", swap(chunk, truthChunk), "corrupt", chunk],
    ["a cut truth chunk", truncate(truthChunk, 50), "corrupt", truthChunk],
    ["a flipped bit in a truth chunk", flip(truthChunk, 20), "corrupt", truthChunk],
    [
      "a flipped bit in a flag",
      flip("ground_truth/in_focus/c/0", 10),
      "corrupt",
      "ground_truth/in_focus/c/0",
    ],
    [
      "a flipped bit in the footprints",
      flip("ground_truth/planted/data/c/0", 9),
      "corrupt",
      "ground_truth/planted/data/c/0",
    ],
    [
      "a flipped bit in the spike times",
      flip("ground_truth/spike_times_s/data/c/0", 9),
      "corrupt",
      "ground_truth/spike_times_s/data/c/0",
    ],
    [
      "a flipped bit in a snapshot",
      flip("snapshots/leakage/c/0/0/0", 90),
      "corrupt",
      "snapshots/leakage/c/0/0/0",
    ],
    [
      "a chunk with a good checksum over bytes that no codec made",
      (store) => store.set(chunk, sealed("no frame")),
      "corrupt",
      chunk,
    ],
  ];

  test.each(cases)("%s", async (_, damage, code, key) => {
    const store = new Map(whole);
    damage(store);
    const opened = await openRecording(createMemoryStorage(store));
    const error = await failure(opened.load());
    expect({ code: error.code, key: error.key }).toEqual({ code, key });
    expect(error.message).toContain(key);
    expect((await opened.verify()).map((problem) => problem.key)).toEqual([key]);
  });

  test("patches that do not fit their data, though every chunk is whole", async () => {
    const store = new Map(whole);
    swap("ground_truth/planted/shapes/c/0/0", "ground_truth/planted/offsets/c/0/0")(store);
    const opened = await openRecording(createMemoryStorage(store));
    const error = await failure(opened.truth());
    expect({ code: error.code, key: error.key }).toEqual({ code: "invalid", key: "ground_truth" });
    expect(await opened.verify()).toEqual([]);
  });

  test("spike times that their offsets do not divide, though every chunk is whole", async () => {
    const { spec, observed } = makeRecording();
    const spike_times_s = { offsets: Int32Array.of(0, 2, 3, 5), data: numbers(5) };
    const ground_truth = makeTruth({}, { spike_times_s });
    const donor = await stored(new Recording({ spec, observed, ground_truth }));
    const key = "ground_truth/spike_times_s/offsets/c/0";
    const store = new Map(whole).set(key, donor.get(key)!);
    const opened = await openRecording(createMemoryStorage(store));
    const error = await failure(opened.truth());
    expect(error.code).toBe("invalid");
    expect(error.key).toBe("ground_truth/spike_times_s/zarr.json");
  });

  test("a chunk that vanishes after opening", async () => {
    const store = new Map(whole);
    const opened = await openRecording(createMemoryStorage(store));
    store.delete(chunk);
    const error = await failure(opened.readFrames(0, 1));
    expect({ code: error.code, key: error.key }).toEqual({ code: "missing", key: chunk });
  });

  test("all damaged parts at once when asked to verify", async () => {
    const store = new Map(whole);
    flip(chunk, 12)(store);
    truncate(truthChunk, 12)(store);
    const opened = await openRecording(createMemoryStorage(store));
    expect((await opened.verify()).map(({ key }) => key).sort()).toEqual([truthChunk, chunk]);
  });
});

test("reading names movies and frames that do not exist", async () => {
  const opened = await openRecording(createMemoryStorage(whole));
  await expect(opened.readFrames(0, 7)).rejects.toThrow("The movie has 6 frames: 0 to 7");
  await expect(opened.readFrames(3, 2)).rejects.toThrow(RangeError);
  await expect(opened.readFrames(0.5, 2)).rejects.toThrow(RangeError);
  const error = await failure(opened.readFrames(0, 1, "snapshots/none"));
  expect(error.message).toBe(
    'This recording has no movie "snapshots/none"; it has observed, snapshots/neuropil, snapshots/leakage.',
  );
  expect(await opened.readFrames(2, 2)).toEqual(new Uint8Array());
});

test("a whole store verifies without a problem", async () => {
  const opened = await openRecording(createMemoryStorage(whole));
  expect(await opened.verify()).toEqual([]);
});

/** Bytes behind the checksum that belongs to them, computed bit by bit. */
function sealed(content: string): Uint8Array {
  const body = new TextEncoder().encode(content);
  let crc = -1;
  for (const byte of body) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  }
  const chunk = new Uint8Array(body.length + 4);
  chunk.set(body);
  new DataView(chunk.buffer).setUint32(body.length, ~crc >>> 0, true);
  return chunk;
}

function movieOf(dtype: string) {
  return (document: Json) => {
    document.data_type = dtype;
    document.codecs[0].configuration = { endian: "little" };
  };
}

function flipHigh(key: string) {
  return (store: Entries) => {
    const bytes = store.get(key)!.slice();
    bytes[9] = 0xff;
    store.set(key, bytes);
  };
}

async function failure(promise: Promise<unknown>): Promise<StoreError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(StoreError);
  return error as StoreError;
}
