// Compressed chunks of Zarr arrays: each codec is read, and none unpacks to more than the chunk's shape holds.
import { truncate } from "node:fs/promises";
import { join } from "node:path";
import { deflateSync, gzipSync } from "node:zlib";
import { InteropError } from "@minisim/interop";
import Blosc from "numcodecs/blosc";
import Lz4 from "numcodecs/lz4";
import Zstd from "numcodecs/zstd";
import { describe, expect, test } from "vitest";
import { checkBlosc } from "../src/zarr2/blosc-streams.ts";
import { openArray } from "../src/zarr2/folder.ts";
import { temporaryFolder } from "./folder.ts";
import { float64, writeZarr } from "./zarr-array.ts";

const at = temporaryFolder();
const values = Array.from({ length: 60 }, (_, i) => Math.sqrt(i));

type Encode = (bytes: Uint8Array) => Uint8Array | Promise<Uint8Array>;
const codecs: readonly (readonly [id: string, Encode])[] = [
  ["gzip", (bytes) => gzipSync(bytes)],
  ["zlib", (bytes) => deflateSync(bytes)],
  ["zstd", (bytes) => Zstd.fromConfig({ id: "zstd", level: 1 }).encode(bytes)],
  ["lz4", (bytes) => Lz4.fromConfig({ id: "lz4", acceleration: 1 }).encode(bytes)],
  [
    "blosc",
    (bytes) =>
      Blosc.fromConfig({ id: "blosc", cname: "zstd", clevel: 5, shuffle: 1 }).encode(bytes),
  ],
];

let count = 0;
/** What is read of 60 float64 whose chunk is these bytes. */
async function readChunk(id: string, bytes: Uint8Array, dtype = "<f8"): Promise<number[]> {
  count += 1;
  const folder = at(`array${count}`);
  await writeZarr(folder, { shape: [60], dtype, bytes, compressor: { id } });
  const array = await openArray(folder, "");
  return [...(await array!.read())];
}

test.each(codecs)("%s is read", async (id, encode) => {
  expect(await readChunk(id, await encode(float64(values)))).toEqual(values);
});

test("so are big-endian values", async () => {
  const swapped = Buffer.from(float64(values)).swap64();
  expect(await readChunk("gzip", gzipSync(swapped), ">f8")).toEqual(values);
});

describe("a chunk of more than its shape", () => {
  const refused = async (id: string, bytes: Uint8Array, message: RegExp) => {
    const error = await readChunk(id, bytes).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(InteropError);
    expect((error as InteropError).message).toMatch(message);
    expect((error as InteropError).message).toContain(at(`array${count}`));
  };
  const unpacksToMore = /chunk 0 unpacks to more than its shape holds/;
  const bomb = new Uint8Array(1 << 24);

  test.each(codecs)("is not unpacked: %s", async (id, encode) => {
    await refused(id, await encode(bomb), unpacksToMore);
  });

  test("is not unpacked where only its blocks tell: zstd", async () => {
    // 512 blocks of 128 KiB, four bytes each.
    await refused("zstd", zstdOfRuns(512, null), unpacksToMore);
  });

  test("is never more than its header claims", async () => {
    await refused("zstd", zstdOfRuns(512, 480), /cannot be decoded|holds/);
    const claiming480 = async (id: string, at: number) => {
      const bytes = (await codecs.find(([name]) => name === id)![1](bomb)).slice();
      new DataView(bytes.buffer).setUint32(at, 480, true);
      return bytes;
    };
    await refused("lz4", await claiming480("lz4", 0), /cannot be decoded/);
    await refused("blosc", await claiming480("blosc", 4), /cannot be decoded/);
  });

  test("is not even read where its file is far longer than that", async () => {
    const folder = at("long");
    await writeZarr(folder, { shape: [60], dtype: "<f8", bytes: float64(values) });
    const chunk = join(folder, "0");
    await truncate(chunk, 2 ** 34);
    const array = await openArray(folder, "");
    await expect(array!.read()).rejects.toThrow(`${chunk} has 17179869184 bytes, more than are`);
  });
});

/** A Zstandard frame of runs of zeros, 128 KiB each; `claimed`: its content size, else it says none. RFC 8878. */
function zstdOfRuns(blocks: number, claimed: number | null): Uint8Array {
  const runBytes = 1 << 17;
  const magic = [0x28, 0xb5, 0x2f, 0xfd];
  // Descriptor: four bytes of size in one segment, or none and a window of 1 MiB.
  const header = claimed === null ? [0, 10 << 3] : [0xa0, ...uint32(claimed)];
  const runs = Array.from({ length: blocks }, (_, i) => {
    const isLast = i === blocks - 1 ? 1 : 0;
    const [low, middle, high] = uint32((runBytes << 3) | (1 << 1) | isLast);
    return [low!, middle!, high!, 0];
  });
  return Uint8Array.from([...magic, ...header, ...runs.flat()]);
}

function uint32(value: number): number[] {
  return [...new Uint8Array(Uint32Array.of(value).buffer)];
}

describe("Blosc, whose decoder does not tell when it fails", () => {
  // Long enough for several blocks, with a remainder; most of it repeats.
  const numbers = Array.from({ length: 50_003 }, (_, i) =>
    i % 50 ? Math.floor(i / 70) % 5 : Math.sqrt(i),
  );
  const raw = float64(numbers);
  const kinds = ["blosclz", "lz4", "lz4hc", "zlib", "zstd"].flatMap((cname) =>
    [0, 1, 2].map((shuffle) => ({ cname, shuffle })),
  );
  const encoded = (cname: string, shuffle: number, bytes: Uint8Array) =>
    Blosc.fromConfig({ id: "blosc", cname, clevel: 5, shuffle }).encode(bytes);

  test.each(kinds)("whole streams pass: $cname, shuffle $shuffle", async ({ cname, shuffle }) => {
    for (const length of [0, 1, 16, 1000, 1024, 4096, 40_001, raw.length]) {
      await checkBlosc(await encoded(cname, shuffle, raw.subarray(0, length)));
    }
  });

  test.each(kinds.filter(({ shuffle }) => shuffle === 1))(
    "damage is refused, or unpacks to the same every time: $cname",
    async ({ cname }) => {
      const bytes = await encoded(cname, 1, raw);
      const { decode } = Blosc.fromConfig({ id: "blosc", cname, clevel: 5, shuffle: 1 });
      // Leaves other bytes in the decoder's memory.
      const foreign = await encoded(cname, 1, new Uint8Array(raw.length).fill(0x55));
      let refusals = 0;
      for (let i = 0; i < 60; i++) {
        const damaged = bytes.slice();
        damaged[Math.floor((i / 60) * bytes.length)]! ^= 1 << (i % 8);
        try {
          await checkBlosc(damaged);
        } catch {
          refusals += 1;
          continue;
        }
        const first = await decode(damaged);
        await decode(foreign);
        const again = await decode(damaged);
        expect(Buffer.from(first as Uint8Array).equals(again as Uint8Array)).toBe(true);
      }
      // Some damage makes streams that are longer, shorter or unfinished.
      expect(refusals).toBeGreaterThan(0);
    },
  );
});
