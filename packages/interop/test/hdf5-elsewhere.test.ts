// HDF5 files that refer to other files, or unpack without end. The two fixtures were written by h5py 3.16, which can make what the
// library here cannot.
import { copyFile, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { deflateSync, inflateSync } from "node:zlib";
import { type InteropError, readEstimate } from "@minisim/interop";
import { File, ready } from "h5wasm/node";
import { beforeAll, describe, expect, test } from "vitest";
import { temporaryFolder } from "./folder.ts";

const at = temporaryFolder();
const fixture = (name: string) =>
  fileURLToPath(new URL(`fixtures/h5py-elsewhere/${name}`, import.meta.url));
const IMAGES = Float64Array.from({ length: 24 }, (_, i) => i + 1);

beforeAll(async () => {
  await ready;
  const other = new File(at("other.h5"), "w");
  other.create_dataset({ name: "A", data: IMAGES, shape: [2, 3, 4] });
  other.create_group("inner");
  other.create_dataset({ name: "inner/A", data: IMAGES, shape: [2, 3, 4] });
  other.create_dataset({ name: "inner/C", data: new Float64Array(10), shape: [2, 5] });
  other.close();
});

/** A file with traces, and what else `fill` puts into it. */
function make(name: string, fill: (file: File) => void): string {
  const file = new File(at(name), "w");
  file.create_dataset({ name: "C", data: new Float64Array(10).fill(1), shape: [2, 5] });
  fill(file);
  file.close();
  return at(name);
}

const refusal = async (path: string, options: Parameters<typeof readEstimate>[1] = {}) => {
  const error = await readEstimate(path, options).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ name: "InteropError", code: "unsupported" });
  return (error as InteropError).message;
};

describe("other files are not opened", () => {
  test("by an external link: the sentence names the object", async () => {
    const path = make("link.h5", (file) => file.create_external_link("other.h5", "/A", "A"));
    expect(await refusal(path)).toBe(
      `${path}: /A lies in another file, and only this one is opened.`,
    );
  });

  test("by an external link to a group above, or through a soft link", async () => {
    const group = make("group.h5", (file) => {
      file.create_external_link("other.h5", "/inner", "results");
    });
    expect(await refusal(group, { format: "hdf5", settings: { group: "results" } })).toContain(
      "/results lies in another file",
    );
    const soft = make("soft.h5", (file) => {
      file.create_external_link("other.h5", "/inner", "inner");
      file.create_soft_link("/inner/A", "A");
    });
    expect(await refusal(soft)).toContain("/A lies in another file");
    const chain = make("chain.h5", (file) => {
      file.create_external_link("other.h5", "/A", "there");
      file.create_soft_link("/there", "here");
      file.create_soft_link("/here", "A");
    });
    expect(await refusal(chain)).toContain("/A lies in another file");
  });

  test("by traces alone, either", async () => {
    const file = new File(at("traces.h5"), "w");
    file.create_dataset({ name: "A", data: IMAGES, shape: [2, 3, 4] });
    file.create_external_link("other.h5", "/inner/C", "C");
    file.close();
    expect(await refusal(at("traces.h5"))).toContain("/C lies in another file");
  });

  test("a soft link inside the file is followed", async () => {
    const path = make("inside.h5", (file) => {
      file.create_group("results");
      file.create_dataset({ name: "results/footprints", data: IMAGES, shape: [2, 3, 4] });
      file.create_soft_link("/results/footprints", "A");
    });
    expect((await readEstimate(path)).footprints.length).toBe(2);
  });

  test("for raw data, even where these are there", async () => {
    const path = at("raw.h5");
    await copyFile(fixture("raw.h5"), path);
    await writeFile(at("elsewhere.bin"), new Uint8Array(IMAGES.buffer));
    expect(await refusal(path)).toBe(
      `${path}: /A lies in another file, and only this one is opened.`,
    );
  });

  test("for virtual datasets", async () => {
    const path = at("virtual.h5");
    await copyFile(fixture("virtual.h5"), path);
    await copyFile(at("other.h5"), at("elsewhere.h5"));
    expect(await refusal(path)).toContain("/A is a virtual dataset: its data lie elsewhere");
  });

  test("for a movie that the masks do not need", async () => {
    const path = at("session.nwb");
    const table = "processing/ophys/ImageSegmentation/PlaneSegmentation";
    const file = new File(path, "w");
    file.create_attribute("nwb_version", "2.6.0", []);
    for (const group of [
      "acquisition",
      "processing",
      "processing/ophys",
      "processing/ophys/ImageSegmentation",
      table,
    ]) {
      file.create_group(group);
    }
    (file.get(table) as File).create_attribute("neurodata_type", "PlaneSegmentation", []);
    file.create_external_link("other.h5", "/inner", "acquisition/OnePhotonSeries");
    const pixels = new Map([
      ["x", Uint32Array.of(1, 3)],
      ["y", Uint32Array.of(0, 2)],
      ["weight", Float32Array.of(1, 1) as never],
    ]);
    file.create_dataset({ name: `${table}/pixel_mask`, data: pixels, shape: [2] });
    file.create_dataset({
      name: `${table}/pixel_mask_index`,
      data: Uint32Array.of(1, 2),
      shape: [2],
    });
    file.close();
    const recording = { shape: [5, 3, 4], fps: 20 } as const;
    const { footprints } = await readEstimate(path, { recording });
    expect(footprints.canvas).toEqual({ height: 3, width: 4 });
    expect(footprints.at(1)).toMatchObject({ row: 2, col: 3 });
  });
});

describe("memory is bounded", () => {
  test("chunks far larger than what they are for are refused before they are unpacked", async () => {
    const path = make("chunks.h5", (file) => {
      const shape = [2, 3, 4];
      const chunks = [1, 1 << 14, 1 << 14];
      const maxshape = [2, null, null];
      const A = { name: "A", data: new Float64Array(0), shape: [0, 3, 4], maxshape, chunks };
      file.create_dataset({ ...A, compression: "gzip" }).resize(shape);
    });
    await expect(readEstimate(path)).rejects.toThrow(
      `${path}: /A is stored in chunks of 2147483648 bytes, more than are read.`,
    );
  });

  test("a chunk that unpacks to a thousand times its size is stopped", async () => {
    // Noise packs to its own size: room for zeros that unpack to a thousand times that.
    let state = 1;
    const noise = Uint8Array.from({ length: 600_000 }, () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state >>> 24;
    });
    const path = make("bomb.h5", (file) => {
      const shape = [2, 500, 600];
      const A = { name: "A", data: noise, shape, chunks: shape, maxshape: shape };
      file.create_dataset({ ...A, compression: "gzip", compression_opts: 1 });
    });
    const bytes = await readFile(path);
    const stream = Array.from(bytes.keys()).find((i) => {
      if (bytes[i] !== 0x78 || bytes[i + 1]! > 1) return false;
      try {
        return inflateSync(bytes.subarray(i, i + 601_000)).equals(noise);
      } catch {
        return false;
      }
    })!;
    const bomb = deflateSync(Buffer.alloc(500 * 2 ** 20), { level: 9 });
    expect(bomb.length).toBeLessThan(600_000);
    bytes.set(bomb, stream);
    await writeFile(path, bytes);
    const before = process.memoryUsage().rss;
    await expect(readEstimate(path)).rejects.toThrow(
      `${path}: /A unpacks to far more than its chunks hold.`,
    );
    // 256 MiB to spare, and what doubling takes; the whole would be 500 MiB, twice while it grows.
    expect(process.memoryUsage().rss - before).toBeLessThan(450 * 2 ** 20);
    // The library that stepped beyond its memory is not used again.
    const sound = make("sound.h5", (file) => {
      file.create_dataset({ name: "A", data: IMAGES, shape: [2, 3, 4] });
    });
    expect((await readEstimate(sound)).footprints.length).toBe(2);
  });
});
