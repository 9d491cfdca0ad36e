// What the codec of chunks costs and gains, beside the other chains that zarr-python reads without plugins. From the root:
//   npx tsx -C @minisim/source packages/store/bench/codec.ts
// Processor time of the best of several rounds: a machine at work blurs it, but less than the clock. Arrays of a Miniscope V4 over CA1, 6.4 s, all twelve steps.
import { constants, gunzipSync, gzipSync } from "node:zlib";
import { buildSpec, simulate } from "minisim";
import Zstd from "numcodecs/zstd";
import { decodeChunk, encodeChunk } from "../src/codec.ts";
import { crc32c } from "../src/crc32c.ts";
import { encodeLiterals } from "../src/literals.ts";
import { encodeRaw } from "../src/raw.ts";

const ROUNDS = 9;
const FRAME_BYTES = 608 * 608;
const zstd = Zstd.fromConfig({ id: "zstd", level: 1 });
const whole = (bytes: Uint8Array) => bytes;
const { Z_HUFFMAN_ONLY } = constants;

interface Chain {
  readonly name: string;
  encode(bytes: Uint8Array): Uint8Array | Promise<Uint8Array>;
  decode(bytes: Uint8Array, length: number): Uint8Array | Promise<Uint8Array>;
}

/** With CRC-32C of the stored bytes, to write and to read. */
function checked({ name, encode, decode }: Chain): Chain {
  const check = (bytes: Uint8Array) => {
    crc32c(bytes);
    return bytes;
  };
  return {
    name: `${name} + crc32c`,
    encode: async (bytes) => check(await encode(bytes)),
    decode: (bytes, length) => decode(check(bytes), length),
  };
}

const chains: readonly Chain[] = [
  checked({ name: "none", encode: (bytes) => bytes.slice(), decode: whole }),
  checked({ name: "zstd, raw (own)", encode: (b) => encodeRaw(b), decode: unzstd }),
  { name: "gzip -1 (node)", encode: (bytes) => gzipSync(bytes, { level: 1 }), decode: gunzip },
  {
    name: "gzip, Huffman only (node)",
    encode: (bytes) => gzipSync(bytes, { level: 1, strategy: Z_HUFFMAN_ONLY }),
    decode: gunzip,
  },
  checked({ name: "zstd -1 (numcodecs)", encode: (b) => zstd.encode(b), decode: unzstd }),
  checked({ name: "zstd, literals (own)", encode: (b) => encodeLiterals(b), decode: unzstd }),
  { name: "this package", encode: encodeChunk, decode: (b, n) => decodeChunk("bench", b, n) },
];

function gunzip(bytes: Uint8Array): Uint8Array {
  return gunzipSync(bytes);
}

function unzstd(bytes: Uint8Array): Uint8Array | Promise<Uint8Array> {
  return zstd.decode(bytes);
}

/** Milliseconds of processor time of the best round, and what it gave. */
async function best(call: () => Uint8Array | Promise<Uint8Array>): Promise<[number, Uint8Array]> {
  let least = Number.POSITIVE_INFINITY;
  let result = new Uint8Array();
  for (let round = 0; round < ROUNDS; round++) {
    const start = process.cpuUsage();
    result = (await call()) as Uint8Array<ArrayBuffer>;
    const { user, system } = process.cpuUsage(start);
    least = Math.min(least, (user + system) / 1e3);
  }
  return [least, result];
}

const extra_steps = [{ kind: "bleaching" }, { kind: "brain_motion" }];
const spec = buildSpec("miniscope_v4", "ca1", { duration_s: 6.4, extra_steps });
const { observed, ground_truth } = await simulate(spec);
const bytesOf = ({ data }: { data: Float64Array }) =>
  new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
const arrays: readonly [string, Uint8Array][] = [
  ["observed, the first 32 frames", Uint8Array.from(observed.data.subarray(0, 32 * FRAME_BYTES))],
  ["C", bytesOf(ground_truth.C)],
  ["S", bytesOf(ground_truth.S)],
  ["bleaching", bytesOf(ground_truth.bleaching!)],
  ["neuropil_spatial", bytesOf(ground_truth.neuropil_spatial!)],
  ["vasculature_mask", bytesOf(ground_truth.vasculature_mask!)],
];
for (const [name, bytes] of arrays) {
  console.log(`\n${name}, ${(bytes.length / 1e6).toFixed(1)} MB`);
  console.log("| chain | encode, MB/s | decode, MB/s | ratio | encode, ms per 608² bytes |");
  console.log("| --- | ---: | ---: | ---: | ---: |");
  for (const { name: chain, encode, decode } of chains) {
    const [encoding, stored] = await best(() => encode(bytes));
    const [decoding, decoded] = await best(() => decode(stored, bytes.length));
    if (Buffer.compare(decoded, bytes) !== 0) throw new Error(`${chain} is not exact.`);
    const rate = (ms: number) => (bytes.length / 1e3 / ms).toFixed(0);
    const perFrame = ((encoding / bytes.length) * FRAME_BYTES).toFixed(2);
    const ratio = (bytes.length / stored.length).toFixed(2);
    console.log(`| ${chain} | ${rate(encoding)} | ${rate(decoding)} | ${ratio} | ${perFrame} |`);
  }
}
