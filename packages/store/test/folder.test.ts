// Recordings in folders: nothing half-made stands at the path, nothing is replaced unasked.

import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nd, Recording } from "@minisim/recording";
import { headerOf, writeMovies } from "@minisim/store";
import { encodeChunkFor } from "@minisim/store/chunks";
import {
  createFolderStorage,
  createRecordingAt,
  loadRecording,
  openRecordingAt,
  saveRecording,
} from "@minisim/store/node";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { CACHE_KEY, makeRecording, stored } from "./make.ts";

const recording = makeRecording();
const header = await headerOf(recording);
const other = makeRecording({ cache_key: "another" });

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "minisim-store-"));
  path = join(folder, "a.zarr");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** What a store holds: everything but the list of it. */
async function files(root: string): Promise<Map<string, Uint8Array>> {
  const storage = createFolderStorage(root);
  const keys = (await storage.list("")).filter((key) => key !== ".minisim.json");
  return new Map(
    await Promise.all(keys.map(async (key) => [key, (await storage.read(key))!] as const)),
  );
}

const sorted = (entries: Map<string, Uint8Array>) =>
  [...entries].map(([key, bytes]) => [key, Buffer.from(bytes).toString("hex")]).sort();

const keyOf = async (at: string) => (await openRecordingAt(at)).attributes.cache_key;

describe("saving", () => {
  test("writes the store of any storage, and loads as it was", async () => {
    await saveRecording(recording, path);
    expect(await readdir(folder)).toEqual(["a.zarr"]);
    expect(sorted(await files(path))).toEqual(sorted(await stored(recording)));
    const loaded = await loadRecording(path, { cacheKey: () => "new" });
    expect(loaded.recording.observed).toEqual(recording.observed);
    expect(loaded.attributes.cache_key).toBe(CACHE_KEY);
    expect(loaded.warnings.map(({ code }) => code)).toEqual(["shortfall", "cache_key_mismatch"]);
  });

  test("one that was put together by hand has no key, and nothing to warn of", async () => {
    await saveRecording(makeRecording({ cache_key: "" }), path);
    const { recording: loaded, warnings } = await loadRecording(path, { cacheKey: () => "new" });
    expect(loaded.cache_key).toBe("");
    expect(warnings.map(({ code }) => code)).toEqual(["shortfall"]);
  });

  test("spec.json is for people: indented, with a final line break", async () => {
    await saveRecording(recording, path);
    const text = await readFile(join(path, "spec.json"), "utf8");
    expect(text).toMatch(/^\{\n {2}"acquisition": \{\n[\s\S]*\n\}\n$/);
    expect(JSON.parse(text)).toEqual(recording.spec);
  });

  test("refuses a path that exists, and leaves what is there untouched", async () => {
    await saveRecording(recording, path);
    const before = sorted(await files(path));
    await expect(saveRecording(other, path)).rejects.toMatchObject({
      code: "exists",
      message: `${path} exists already and was left as it is.`,
    });
    expect(sorted(await files(path))).toEqual(before);
    expect(await readdir(folder)).toEqual(["a.zarr"]);
  });

  test("replaces a recording by force", async () => {
    await saveRecording(recording, path);
    await saveRecording(other, path, { force: true });
    expect(await keyOf(path)).toBe("another");
    expect(await readdir(folder)).toEqual(["a.zarr"]);
  });

  test("lists every file with its size, so that only the recording as it was written is replaced", async () => {
    await saveRecording(recording, path);
    const { files: listed } = JSON.parse(await readFile(join(path, ".minisim.json"), "utf8"));
    const sizes = [...(await files(path))].map(([key, { length }]) => [key, length]);
    expect(Object.entries(listed)).toEqual(sizes.sort(([a], [b]) => (a! < b! ? -1 : 1)));
    await writeFile(join(path, "thesis.txt"), "years of work");
    await expect(saveRecording(other, path, { force: true })).rejects.toMatchObject({
      code: "foreign",
      message: `${path} holds what minisim did not write (thesis.txt), so it is not replaced. Move it away, or choose another path.`,
    });
    expect(await readFile(join(path, "thesis.txt"), "utf8")).toBe("years of work");
    expect(await keyOf(path)).toBe(CACHE_KEY);
  });

  test("leaves nothing behind when the movie does not fit its container", async () => {
    const { spec, ground_truth } = recording;
    const observed = nd(new Float32Array(6 * 5 * 4).fill(0.5), [6, 5, 4]);
    const light = new Recording({ spec, observed, ground_truth, container: "uint8" });
    await expect(saveRecording(light, path)).rejects.toMatchObject({
      code: "invalid",
      message: "A uint8 movie cannot hold the value 0.5.",
    });
    expect(await readdir(folder)).toEqual([]);
  });
});

describe("streaming", () => {
  test("nothing stands at the path before the commit", async () => {
    const writer = await createRecordingAt(path, header);
    expect(await readdir(folder)).toEqual([".a.zarr.minisim-lock", "a.zarr.partial"]);
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
    await saveRecording(other, path);
    const abandoned = await createRecordingAt(path, header, { force: true });
    expect(await keyOf(path)).toBe("another");
    await abandoned.abort();
    expect(await keyOf(path)).toBe("another");
    const writer = await createRecordingAt(path, header, { force: true });
    await writeMovies(writer, recording);
    await writer.commit();
    expect(await keyOf(path)).toBe(CACHE_KEY);
    expect(await readdir(folder)).toEqual(["a.zarr"]);
  });

  test("what appears at the path meanwhile is not overwritten", async () => {
    const writer = await createRecordingAt(path, header);
    await writeMovies(writer, recording);
    await mkdir(path);
    await writeFile(join(path, "mine.txt"), "mine");
    await expect(writer.commit()).rejects.toMatchObject({ code: "foreign" });
    await writer.abort();
    expect(await readdir(folder)).toEqual(["a.zarr"]);
    expect(await readdir(path)).toEqual(["mine.txt"]);
  });

  test("a commit before the last chunk names it, and may be made good", async () => {
    const writer = await createRecordingAt(path, header);
    await expect(writer.commit()).rejects.toMatchObject({
      code: "incomplete",
      key: "observed/c/0/0/0",
    });
    await writeMovies(writer, recording);
    await writer.commit();
    expect(await keyOf(path)).toBe(CACHE_KEY);
  });

  test("what an interrupted writer left goes by force alone, and never with a file of somebody else", async () => {
    await (await createRecordingAt(path, await headerOf(other))).keep();
    const stray = join(`${path}.partial`, "stray");
    await writeFile(stray, "");
    await expect(saveRecording(recording, path)).rejects.toMatchObject({
      code: "leftover",
      message: `${path}.partial is what an interrupted run left. --resume goes on with it, --force starts over.`,
    });
    const forced = () => saveRecording(recording, path, { force: true });
    await expect(forced()).rejects.toMatchObject({
      code: "foreign",
      message: `${path}.partial is in the way and holds what minisim did not write (stray). Move it away, or choose another path.`,
    });
    await rm(stray);
    await forced();
    expect(sorted(await files(path))).toEqual(sorted(await stored(recording)));
    expect(await readdir(folder)).toEqual(["a.zarr"]);
  });

  test("what an interrupted writer left is continued on resume, byte for byte", async () => {
    const dead = await createRecordingAt(path, header);
    await writeMovies(dead, recording);
    await dead.keep();
    const chunk = join(`${path}.partial`, "observed/c/0/0/0");
    await writeFile(chunk, (await readFile(chunk)).subarray(0, 20));
    const writer = await createRecordingAt(path, header, { resume: true });
    expect(writer.arrays.map((array) => writer.pending(array))).toEqual([[0], [], []]);
    await writer.writeChunk(0, recording.observed.data);
    await writer.commit();
    expect(sorted(await files(path))).toEqual(sorted(await stored(recording)));
  });

  test("resume keeps what it may not continue", async () => {
    await (await createRecordingAt(path, header)).keep();
    const stranger = await headerOf(other);
    await expect(createRecordingAt(path, stranger, { resume: true })).rejects.toMatchObject({
      code: "leftover",
      message: `${path}.partial is what an interrupted run of something else left. --force starts over without it.`,
    });
    expect(await readdir(folder)).toEqual(["a.zarr.partial"]);
  });

  describe("after a power cut", () => {
    const cut = (name: string) => writeFile(join(`${path}.partial`, name), "");
    beforeEach(async () => {
      const dead = await createRecordingAt(path, header);
      await writeMovies(dead, recording);
      await dead.keep();
    });

    test.each([["zarr.json"], [".minisim.json"], ["spec.json"], ["observed/zarr.json"]])(
      "an emptied %s costs no chunk",
      async (name) => {
        await cut(name);
        const writer = await createRecordingAt(path, header, { resume: true });
        expect(writer.arrays.map((array) => writer.pending(array))).toEqual([[], [], []]);
        await writer.commit();
        expect(sorted(await files(path))).toEqual(sorted(await stored(recording)));
      },
    );

    test("chunks of which nothing says what they are stay, and are not continued", async () => {
      await cut("zarr.json");
      await cut(".minisim.json");
      await expect(createRecordingAt(path, header, { resume: true })).rejects.toMatchObject({
        code: "leftover",
        message: `${path}.partial was damaged: nothing in it says any more of which recording it is a part. --force starts over without it.`,
      });
      expect(await readdir(folder)).toEqual(["a.zarr.partial"]);
      await saveRecording(recording, path, { force: true });
      expect(await readdir(folder)).toEqual(["a.zarr"]);
    });
  });

  test("one of two writers has the path, the other is told who", async () => {
    const first = await createRecordingAt(path, header);
    for (const options of [{}, { force: true }, { resume: true }]) {
      await expect(createRecordingAt(path, header, options)).rejects.toMatchObject({
        code: "held",
        message: expect.stringMatching(
          new RegExp(`^${path} is being written by process ${process.pid} on this machine, since `),
        ),
      });
    }
    await writeMovies(first, recording);
    await first.commit();
    expect(await keyOf(path)).toBe(CACHE_KEY);
  });
});

describe("the file system says no", () => {
  test("a file stands where a folder is needed", async () => {
    const file = join(folder, "file");
    await writeFile(file, "");
    await expect(saveRecording(recording, join(file, "a.zarr"))).rejects.toMatchObject({
      code: "not_a_folder",
    });
    await expect(openRecordingAt(join(file, "a.zarr"))).rejects.toMatchObject({
      code: "not_a_folder",
    });
    const storage = createFolderStorage(file);
    await expect(storage.write("a/b", new Uint8Array(1))).rejects.toMatchObject({
      name: "PathError",
      code: expect.stringMatching(/^(not_a_folder|exists)$/),
    });
  });

  test("folders around the path are made, and taken back by an abort", async () => {
    const deep = join(folder, "no", "such", "a.zarr");
    await saveRecording(recording, deep);
    expect(await readdir(join(folder, "no", "such"))).toEqual(["a.zarr"]);
    const header = await headerOf(recording);
    const writer = await createRecordingAt(join(folder, "never", "was", "a.zarr"), header);
    expect(await readdir(join(folder, "never", "was"))).toEqual([
      ".a.zarr.minisim-lock",
      "a.zarr.partial",
    ]);
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
    await saveRecording(recording, path);
    await rm(join(path, "observed"), { recursive: true });
    await writeFile(join(path, "observed"), "");
    await expect(openRecordingAt(path)).rejects.toMatchObject({
      code: "missing",
      key: "observed/zarr.json",
    });
  });

  test("a folder stands where the store has a file", async () => {
    await saveRecording(recording, path);
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
  await writeFile(join(dead.target().folder, "observed", "zarr.json.growing"), "cut");
  await dead.keep();
  const writer = await createRecordingAt(path, header, { resume: true });
  await writeMovies(writer, recording);
  await writer.commit();
  expect(sorted(await files(path))).toEqual(sorted(await stored(recording)));
});
