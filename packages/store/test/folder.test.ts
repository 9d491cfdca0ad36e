// Recordings in folders: nothing half-made stands at the path, nothing is replaced unasked.
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nd, Recording } from "@minisim/recording";
import { headerOf, writeMovies } from "@minisim/store";
import {
  createFolderStorage,
  createRecordingAt,
  encodeChunkFor,
  loadRecording,
  openRecordingAt,
  saveRecording,
} from "@minisim/store/node";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { makeRecording, provenance, stored } from "./make.ts";

const recording = makeRecording();
const header = headerOf(recording, provenance);
const other = { ...provenance, cache_key: "another" };

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "minisim-store-"));
  path = join(folder, "a.zarr");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function files(root: string): Promise<Map<string, Uint8Array>> {
  const storage = createFolderStorage(root);
  const keys = await storage.list("");
  return new Map(
    await Promise.all(keys.map(async (key) => [key, (await storage.read(key))!] as const)),
  );
}

const sorted = (entries: Map<string, Uint8Array>) =>
  [...entries].map(([key, bytes]) => [key, Buffer.from(bytes).toString("hex")]).sort();

const keyOf = async (at: string) => (await openRecordingAt(at)).attributes.cache_key;

describe("saving", () => {
  test("writes the store of any storage, and loads as it was", async () => {
    await saveRecording(recording, path, provenance);
    expect(await readdir(folder)).toEqual(["a.zarr"]);
    expect(sorted(await files(path))).toEqual(sorted(await stored(recording)));
    const loaded = await loadRecording(path, { cacheKey: () => "new" });
    expect(loaded.recording.observed).toEqual(recording.observed);
    expect(loaded.attributes.cache_key).toBe(provenance.cache_key);
    expect(loaded.warnings.map(({ code }) => code)).toEqual(["shortfall", "cache_key_mismatch"]);
  });

  test("spec.json is for people: indented, with a final line break", async () => {
    await saveRecording(recording, path, provenance);
    const text = await readFile(join(path, "spec.json"), "utf8");
    expect(text).toMatch(/^\{\n {2}"acquisition": \{\n[\s\S]*\n\}\n$/);
    expect(JSON.parse(text)).toEqual(recording.spec);
  });

  test("refuses a path that exists, and leaves what is there untouched", async () => {
    await saveRecording(recording, path, provenance);
    const before = sorted(await files(path));
    await expect(saveRecording(recording, path, other)).rejects.toMatchObject({
      code: "exists",
      message: `${path} exists already and was left as it is.`,
    });
    expect(sorted(await files(path))).toEqual(before);
    expect(await readdir(folder)).toEqual(["a.zarr"]);
  });

  test("replaces a recording by force", async () => {
    await saveRecording(recording, path, provenance);
    await saveRecording(recording, path, other, { force: true });
    expect(await keyOf(path)).toBe("another");
    expect(await readdir(folder)).toEqual(["a.zarr"]);
  });

  test("never replaces what is no recording, not even by force", async () => {
    await mkdir(path);
    await writeFile(join(path, "thesis.txt"), "years of work");
    const file = join(folder, "b.zarr");
    await writeFile(file, "notes");
    for (const target of [path, file]) {
      await expect(saveRecording(recording, target, other, { force: true })).rejects.toMatchObject({
        code: "exists",
        message: `${target} is not a recording, so it is not replaced.`,
      });
    }
    expect(await readFile(join(path, "thesis.txt"), "utf8")).toBe("years of work");
    expect(await readFile(file, "utf8")).toBe("notes");
    expect((await readdir(folder)).sort()).toEqual(["a.zarr", "b.zarr"]);
  });

  test("leaves nothing behind when the movie does not fit its container", async () => {
    const { spec, ground_truth } = recording;
    const observed = nd(new Float32Array(6 * 5 * 4).fill(0.5), [6, 5, 4]);
    const light = new Recording({ spec, observed, ground_truth });
    await expect(
      saveRecording(light, path, { ...provenance, container: "uint8" }),
    ).rejects.toMatchObject({
      code: "invalid",
      message: "A uint8 movie cannot hold the value 0.5.",
    });
    expect(await readdir(folder)).toEqual([]);
  });
});

describe("streaming", () => {
  test("nothing stands at the path before the commit", async () => {
    const writer = await createRecordingAt(path, header);
    expect(await readdir(folder)).toEqual(["a.zarr.partial"]);
    await writeMovies(writer, recording);
    for (const at of [path, `${path}.partial`]) {
      await expect(openRecordingAt(at)).rejects.toMatchObject({ code: "incomplete" });
    }
    await writer.finish();
    await expect(openRecordingAt(`${path}.partial`)).rejects.toMatchObject({ code: "incomplete" });
    await writer.commit();
    await writer.commit();
    await writer.abort();
    expect(await readdir(folder)).toEqual(["a.zarr"]);
    expect(sorted(await files(path))).toEqual(sorted(await stored(recording)));
  });

  test("abort leaves nothing", async () => {
    const writer = await createRecordingAt(path, header);
    await writeMovies(writer, recording);
    await writer.abort();
    expect(await readdir(folder)).toEqual([]);
  });

  test("with force, the old recording stands until the commit, and after an abort", async () => {
    await saveRecording(recording, path, other);
    const abandoned = await createRecordingAt(path, header, { force: true });
    expect(await keyOf(path)).toBe("another");
    await abandoned.abort();
    expect(await keyOf(path)).toBe("another");
    const writer = await createRecordingAt(path, header, { force: true });
    await writeMovies(writer, recording);
    await writer.commit();
    expect(await keyOf(path)).toBe(provenance.cache_key);
    expect(await readdir(folder)).toEqual(["a.zarr"]);
  });

  test("what appears at the path meanwhile is not overwritten", async () => {
    const writer = await createRecordingAt(path, header);
    await writeMovies(writer, recording);
    await mkdir(path);
    await expect(writer.commit()).rejects.toMatchObject({ code: "exists" });
    await writer.abort();
    expect(await readdir(folder)).toEqual(["a.zarr"]);
    expect(await readdir(path)).toEqual([]);
  });

  test("a commit before the last chunk names it, and may be made good", async () => {
    const writer = await createRecordingAt(path, header);
    await expect(writer.commit()).rejects.toMatchObject({
      code: "incomplete",
      key: "observed/c/0/0/0",
    });
    await writeMovies(writer, recording);
    await writer.commit();
    expect(await keyOf(path)).toBe(provenance.cache_key);
  });

  test("what a dead writer left is replaced", async () => {
    await createRecordingAt(path, headerOf(recording, other));
    await writeFile(join(`${path}.partial`, "stray"), "");
    await saveRecording(recording, path, provenance);
    expect(sorted(await files(path))).toEqual(sorted(await stored(recording)));
    expect(await readdir(folder)).toEqual(["a.zarr"]);
  });

  test("what a dead writer left is continued on resume, byte for byte", async () => {
    const dead = await createRecordingAt(path, header);
    await writeMovies(dead, recording);
    const chunk = join(`${path}.partial`, "observed/c/0/0/0");
    await writeFile(chunk, (await readFile(chunk)).subarray(0, 20));
    const writer = await createRecordingAt(path, header, { resume: true });
    expect(writer.arrays.map((array) => writer.pending(array))).toEqual([[0], [], []]);
    await writer.writeChunk(0, recording.observed.data);
    await writer.commit();
    expect(sorted(await files(path))).toEqual(sorted(await stored(recording)));
  });

  test("resume starts afresh where the first file was cut off, and keeps what it may not continue", async () => {
    await mkdir(`${path}.partial`);
    await writeFile(join(`${path}.partial`, "zarr.json"), '{"attributes": {"cache');
    const writer = await createRecordingAt(path, header, { resume: true });
    expect(writer.pending()).toEqual([0]);
    const stranger = headerOf(recording, other);
    await expect(createRecordingAt(path, stranger, { resume: true })).rejects.toMatchObject({
      code: "exists",
    });
    expect(await readdir(folder)).toEqual(["a.zarr.partial"]);
  });
});

describe("the file system says no", () => {
  test("a file stands where a folder is needed", async () => {
    const file = join(folder, "file");
    await writeFile(file, "");
    await expect(saveRecording(recording, join(file, "a.zarr"), provenance)).rejects.toMatchObject({
      code: "not_a_folder",
    });
    await expect(openRecordingAt(join(file, "a.zarr"))).rejects.toMatchObject({
      code: "not_a_folder",
    });
    const storage = createFolderStorage(file);
    await expect(storage.write("a/b", new Uint8Array(1))).rejects.toMatchObject({
      name: "StoreError",
      code: expect.stringMatching(/^(not_a_folder|exists)$/),
    });
  });

  test("folders around the path are made, and taken back by an abort", async () => {
    const deep = join(folder, "no", "such", "a.zarr");
    await saveRecording(recording, deep, provenance);
    expect(await readdir(join(folder, "no", "such"))).toEqual(["a.zarr"]);
    const header = headerOf(recording, provenance);
    const writer = await createRecordingAt(join(folder, "never", "was", "a.zarr"), header);
    expect(await readdir(join(folder, "never", "was"))).toEqual(["a.zarr.partial"]);
    await writer.abort();
    expect(await readdir(folder)).toEqual(["no"]);
  });

  test("there is nothing, or a file, to open", async () => {
    await expect(openRecordingAt(path)).rejects.toMatchObject({
      code: "not_a_recording",
      message: `There is no recording at ${path}.`,
    });
    await writeFile(path, "");
    await expect(openRecordingAt(path)).rejects.toMatchObject({
      code: "not_a_recording",
      message: `${path} is a file; a recording is a folder.`,
    });
  });

  test("a file stands where the store has a folder", async () => {
    await saveRecording(recording, path, provenance);
    await rm(join(path, "observed"), { recursive: true });
    await writeFile(join(path, "observed"), "");
    await expect(openRecordingAt(path)).rejects.toMatchObject({
      code: "missing",
      key: "observed/zarr.json",
    });
  });

  test("a folder stands where the store has a file", async () => {
    await saveRecording(recording, path, provenance);
    const chunk = join(path, "observed/c/0/0/0");
    await rm(chunk);
    await mkdir(chunk);
    await expect(openRecordingAt(path)).rejects.toMatchObject({
      code: "missing",
      key: "observed/c/0/0/0",
    });
  });
});

test("chunks written elsewhere, by their target alone, count once the writer knows of them", async () => {
  const writer = await createRecordingAt(path, header);
  for (const array of writer.arrays) {
    const { folder: where, layout } = structuredClone(writer.target(array));
    const movie =
      array === "observed" ? recording.observed : recording.snapshots[array.split("/")[1]!]!.movie;
    const write = await encodeChunkFor({ folder: where, layout }, 0, movie.data);
    await write();
    expect(writer.pending(array)).toEqual([0]);
    writer.noteWritten(0, array);
    expect(writer.pending(array)).toEqual([]);
  }
  expect(() => writer.noteWritten(1)).toThrow("observed has 1 chunks and none at 1.");
  await writer.commit();
  expect(sorted(await files(path))).toEqual(sorted(await stored(recording)));
});

test("what a dead writer was writing is cleared away on resume", async () => {
  const dead = await createRecordingAt(path, header);
  await writeFile(join(dead.target().folder, "observed", "c.growing"), "cut");
  const writer = await createRecordingAt(path, header, { resume: true });
  await writeMovies(writer, recording);
  await writer.commit();
  expect(sorted(await files(path))).toEqual(sorted(await stored(recording)));
});
