// The streams of a Blosc buffer, checked one by one before the buffer is unpacked: the library's decoder does not tell when it fails,
// and leaves what it could not unpack as memory was. https://github.com/Blosc/c-blosc/blob/main/README_CHUNK_FORMAT.rst
import { inflateSync } from "node:zlib";
import { blosclzLength } from "./blosclz.ts";
import { headerView } from "./header-view.ts";
import { zstdClaim } from "./zstd-frames.ts";

/** Undoes one stream, which ought to become `size` bytes; tells how many it became. */
type Unpack = (stream: Uint8Array, size: number) => number | Promise<number>;

interface Header {
  readonly decoded: number;
  readonly blockSize: number;
  readonly itemSize: number;
  readonly isCopy: boolean;
  readonly isWhole: boolean;
  readonly compressor: number;
}

const HEADER_BYTES = 16;
const START_BYTES = 4;
const IS_COPY = 0x02;
/** Blocks are one stream each, rather than one a byte of an item. */
const IS_WHOLE = 0x10;
const MOST_SPLITS = 16;
const LEAST_SPLIT_ITEMS = 128;

/** @throws RangeError for a header that is not about these bytes. */
export function bloscHeader(bytes: Uint8Array): Header {
  const view = headerView(bytes, HEADER_BYTES);
  if (view.getUint32(12, true) !== bytes.length) throw damaged();
  const flags = view.getUint8(2);
  return {
    itemSize: view.getUint8(3),
    decoded: view.getUint32(4, true),
    blockSize: view.getUint32(8, true),
    isCopy: (flags & IS_COPY) !== 0,
    isWhole: (flags & IS_WHOLE) !== 0,
    compressor: flags >> 5,
  };
}

/** @throws RangeError for a buffer that is not whole, or a stream that does not unpack to its size. */
export async function checkBlosc(bytes: Uint8Array): Promise<void> {
  const header = bloscHeader(bytes);
  const { decoded, blockSize, isCopy } = header;
  if (isCopy) {
    if (bytes.length !== decoded + HEADER_BYTES) throw damaged();
    return;
  }
  if (decoded === 0) return;
  if (blockSize === 0 || blockSize > decoded || header.itemSize === 0) throw damaged();
  const unpack = UNPACK[header.compressor];
  if (!unpack) throw new RangeError("The chunk is packed in a way that is not read.");
  const blocks = Math.ceil(decoded / blockSize);
  const view = headerView(bytes, HEADER_BYTES + START_BYTES * blocks);
  for (let block = 0; block < blocks; block++) {
    const size = Math.min(blockSize, decoded - block * blockSize);
    const start = view.getUint32(HEADER_BYTES + START_BYTES * block, true);
    await checkBlock(view, start, size, header, unpack);
  }
}

async function checkBlock(
  view: DataView,
  start: number,
  size: number,
  { blockSize, itemSize, isWhole }: Header,
  unpack: Unpack,
): Promise<void> {
  const isSplit =
    !isWhole &&
    itemSize <= MOST_SPLITS &&
    size / itemSize >= LEAST_SPLIT_ITEMS &&
    size === blockSize;
  const streams = isSplit ? itemSize : 1;
  const part = Math.floor(size / streams);
  let at = start;
  for (let i = 0; i < streams; i++) {
    const length = view.getInt32(at, true);
    const from = at + START_BYTES;
    at = from + length;
    // What would become longer than it was is stored as it is, of its own length.
    if (length < 0 || length > part || at > view.byteLength) throw damaged();
    const stream = new Uint8Array(view.buffer, view.byteOffset + from, length);
    if (length !== part && (await unpack(stream, part)) !== part) throw damaged();
  }
}

const lz4: Unpack = async (stream, size) => {
  const { default: Lz4 } = await import("numcodecs/lz4");
  // numcodecs wants the size before the stream.
  const sized = new Uint8Array(START_BYTES + stream.length);
  headerView(sized, START_BYTES).setUint32(0, size, true);
  sized.set(stream, START_BYTES);
  return (await Lz4.fromConfig({ id: "lz4" }).decode(sized)).length;
};

const zlib: Unpack = (stream, size) => inflateSync(stream, { maxOutputLength: size }).length;

const zstd: Unpack = async (stream, size) => {
  if (zstdClaim(stream) > size) throw damaged();
  const { default: Zstd } = await import("numcodecs/zstd");
  return (await Zstd.fromConfig({ id: "zstd" }).decode(stream)).length;
};

/** By the compressor's number; 2 was Snappy, which Blosc has given up. */
const UNPACK: readonly (Unpack | undefined)[] = [blosclzLength, lz4, undefined, zlib, zstd];

const damaged = () => new RangeError("The chunk is damaged.");
