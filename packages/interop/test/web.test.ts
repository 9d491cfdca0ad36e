// What the entry for browsers writes, without a disk, is what Node writes to one.
import {
  closeSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readFileSync,
  readSync,
  writeSync,
} from "node:fs";
import { exportRecording } from "@minisim/interop";
import {
  fileFormatNames,
  loadFileFormat,
  MemoryFile,
  type Output,
  outputInto,
  outputOn,
  type SyncFile,
  writerOf,
} from "@minisim/interop/web";
import type { Recorded } from "@minisim/recording";
import fc from "fast-check";
import { ready } from "h5wasm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { temporaryFolder } from "./folder.ts";
import { movieSource, smallSource } from "./sources.ts";

const at = temporaryFolder();

const bytesOf = async (blob: Blob) => Buffer.from(await blob.arrayBuffer());

async function byNode(source: Recorded, name: string, settings = {}): Promise<Buffer> {
  const path = at(`${name}.out`);
  await exportRecording(source, name, path, { settings, force: true });
  return readFileSync(path);
}

async function write(source: Recorded, name: string, output: Output, settings = {}) {
  const format = await loadFileFormat(name as (typeof fileFormatNames)[number]);
  await writerOf(format, source, { settings })(output);
}

async function inMemory(source: Recorded, name: string, settings = {}): Promise<Buffer> {
  const file = new MemoryFile();
  await write(source, name, outputOn(file), settings);
  return bytesOf(file.toBlob());
}

describe("the bytes are Node's", () => {
  test.each(fileFormatNames)("%s of a recording with its truth", async (name) => {
    const source = await smallSource();
    const bytes = await inMemory(source, name);
    expect(bytes.length).toBeGreaterThan(1000);
    expect(bytes.equals(await byNode(source, name))).toBe(true);
  });

  test.each([
    ["tiff", "uint16"],
    ["nwb", "uint16"],
    ["hdf5", "float32"],
    ["npy", "float32"],
  ] as const)("%s of %s, of several megabytes", async (name, container) => {
    const source = await movieSource({ frames: 60, height: 150, width: 201, container });
    expect((await inMemory(source, name)).equals(await byNode(source, name))).toBe(true);
  });

  test("an AVI of several RIFFs as a bitmap, by its settings", async () => {
    const source = await movieSource({ frames: 40, height: 61, width: 63 });
    const settings = { fourcc: "DIB", segment_bytes: 1 << 16 };
    const bytes = await inMemory(source, "avi", settings);
    expect(bytes.equals(await byNode(source, "avi", settings))).toBe(true);
  });

  test.each(["avi", "nwb"])("%s into a stream of the user's disk", async (name) => {
    const source = await movieSource({ frames: 30, height: 150, width: 201 });
    const disk = new MemoryFile();
    const scratch = new MemoryFile();
    const output = outputInto(
      {
        write: async ({ position, data }) => {
          disk.write(data, { at: position });
        },
      },
      async () => ({ file: scratch, read: async () => scratch.toBlob() }),
    );
    await write(source, name, output);
    expect((await bytesOf(disk.toBlob())).equals(await byNode(source, name))).toBe(true);
    expect(scratch.getSize() > 0).toBe(name === "nwb");
  });
});

describe("before anything is written", () => {
  test.each([
    ["avi", { container: "uint16" }, {}, /counts of more than 8 bits, and avi holds 8-bit counts/],
    ["tiff", { frames: 0 }, {}, /no frames/],
    ["avi", {}, { codec: "ffv1" }, /there is no setting "codec"/],
  ] as const)("%s is refused in a sentence", async (name, movie, settings, sentence) => {
    const source = await movieSource({ frames: 1, height: 2, width: 2, ...movie });
    const file = new MemoryFile();
    await expect(write(source, name, outputOn(file), settings)).rejects.toThrow(sentence);
    expect(file.getSize()).toBe(0);
  });
});

/** As a browser's file whose quota ends. */
class SmallFile extends MemoryFile {
  override write(bytes: Uint8Array, place: { readonly at: number }): number {
    return place.at + bytes.length > 500_000 ? 0 : super.write(bytes, place);
  }
}

test.each(["tiff", "nwb"])("%s: no room is said as such", async (name) => {
  const source = await movieSource({ frames: 60, height: 150, width: 201 });
  const writing = write(source, name, outputOn(new SmallFile()));
  await expect(writing).rejects.toThrow("The browser has no room left for this recording.");
});

describe("memory does not grow with the recording", () => {
  // One block again and again: 384 MB of movie.
  const [frames, side] = [1500, 512];
  const block = new Uint8Array(4 * side * side).map((_, i) => i % 251);
  async function longSource(): Promise<Recorded> {
    return {
      ...(await smallSource()),
      shape: [frames, side, side],
      container: "uint8",
      async *frames() {
        for (let start = 0; start < frames; start += 4) {
          yield { start, end: start + 4, data: block };
        }
      },
    };
  }
  let descriptor = 0;
  beforeAll(() => {
    descriptor = openSync(at("long.out"), "w+");
  });
  afterAll(() => closeSync(descriptor));
  const disk: SyncFile = {
    read: (bytes, { at: position }) => readSync(descriptor, bytes, { position }),
    write: (bytes, { at: position }) => writeSync(descriptor, bytes, 0, bytes.length, position),
    truncate: (size) => ftruncateSync(descriptor, size),
    getSize: () => fstatSync(descriptor).size,
  };

  test.each(["tiff", "avi", "nwb"])("%s", async (name) => {
    disk.truncate(0);
    let most = 0;
    const source = await longSource();
    const watch = () => {
      most = Math.max(most, process.memoryUsage().arrayBuffers);
    };
    watch();
    const before = most;
    const format = await loadFileFormat(name as "tiff");
    await writerOf(format, source, { onProgress: watch })(outputOn(disk));
    expect(disk.getSize()).toBeGreaterThan(frames * side * side);
    // A tenth of the movie; the sink gathers 1 MB, the rest is what the collector has not fetched yet.
    expect(most - before).toBeLessThan(40e6);
    // The library's own memory, which never shrinks: pieces of 8 MiB and its caches.
    expect((await ready).HEAPU8.byteLength).toBeLessThan(80e6);
  });
});

test("a file in memory is a file", () => {
  const large = 1 << 23;
  const place = fc.integer({ min: 0, max: large - 300 });
  const change = fc.oneof(
    fc.record({ at: place, bytes: fc.uint8Array({ minLength: 1, maxLength: 300 }) }),
    fc.record({ size: place }),
  );
  fc.assert(
    fc.property(fc.array(change, { maxLength: 12 }), place, (changes, from) => {
      const file = new MemoryFile();
      const model = new Uint8Array(large);
      let size = 0;
      for (const one of changes) {
        if ("size" in one) {
          file.truncate(one.size);
          if (one.size < size) model.fill(0, one.size);
          size = one.size;
        } else {
          expect(file.write(one.bytes, { at: one.at })).toBe(one.bytes.length);
          model.set(one.bytes, one.at);
          size = Math.max(size, one.at + one.bytes.length);
        }
        expect(file.getSize()).toBe(size);
      }
      for (const start of [from, ...changes.map((one) => ("at" in one ? one.at : one.size))]) {
        const read = new Uint8Array(300);
        const length = file.read(read, { at: start });
        expect(length).toBe(Math.max(0, Math.min(300, size - start)));
        expect(read.subarray(0, length)).toEqual(model.subarray(start, start + length));
      }
    }),
    { numRuns: 30 },
  );
});
