// How large a Zstandard stream can become, told from its frames and blocks without unpacking them.
// https://datatracker.ietf.org/doc/html/rfc8878

const MAGIC = 0xfd2fb528;
/** The last four bits of a skippable frame's magic number are free. */
const SKIPPABLE = 0x184d2a50;
/**
 * What a compressed block counts where its frame says no size. It can become 128 KiB, and mostly does; encoders that split blocks
 * further leave, by estimate, no less than this on average. So a stream becomes at most 16 times what it counts.
 */
const COMPRESSED_BLOCK_BYTES = 1 << 13;
const BLOCK_HEADER_BYTES = 3;
const RAW = 0;
const RUN = 1;
const COMPRESSED = 2;
const CHECKSUM_BYTES = 4;
// By the two bits of the descriptor.
const DICTIONARY_BYTES = [0, 1, 2, 4];
const CONTENT_SIZE_BYTES = [0, 2, 4, 8];

/** The size that the frames claim, or else their blocks. @throws RangeError for bytes that are no whole frames. */
export function zstdClaim(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let total = 0;
  for (let at = 0; at < bytes.length; ) {
    const magic = view.getUint32(at, true);
    if ((magic & 0xfffffff0) >>> 0 === SKIPPABLE) {
      at += 8 + view.getUint32(at + 4, true);
      continue;
    }
    if (magic !== MAGIC) throw new RangeError("The chunk is no Zstandard frame.");
    const frame = frameAt(view, at + 4);
    const blocks = blocksAt(view, frame.blocks);
    total += frame.contentSize ?? blocks.size;
    at = blocks.end + (frame.hasChecksum ? CHECKSUM_BYTES : 0);
  }
  return total;
}

function frameAt(view: DataView, at: number) {
  const descriptor = view.getUint8(at);
  const isSingle = (descriptor & 0x20) !== 0;
  const sizeBytes = CONTENT_SIZE_BYTES[descriptor >> 6]! || (isSingle ? 1 : 0);
  const sizeAt = at + 1 + (isSingle ? 0 : 1) + DICTIONARY_BYTES[descriptor & 3]!;
  return {
    contentSize: sizeBytes === 0 ? null : contentSize(view, sizeAt, sizeBytes),
    hasChecksum: (descriptor & 4) !== 0,
    blocks: sizeAt + sizeBytes,
  };
}

function contentSize(view: DataView, at: number, bytes: number): number {
  if (bytes === 1) return view.getUint8(at);
  if (bytes === 2) return view.getUint16(at, true) + 256;
  return bytes === 4 ? view.getUint32(at, true) : Number(view.getBigUint64(at, true));
}

function blocksAt(view: DataView, start: number): { size: number; end: number } {
  let size = 0;
  for (let at = start; ; ) {
    const header = view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
    const [type, length] = [(header >> 1) & 3, header >> 3];
    if (type > COMPRESSED) throw new RangeError("The chunk has a block of an unknown type.");
    size += type === COMPRESSED ? COMPRESSED_BLOCK_BYTES : length;
    at += BLOCK_HEADER_BYTES + (type === RUN ? 1 : length);
    if (header & 1) return { size, end: at };
    if (type === RAW && length === 0) throw new RangeError("The chunk has an empty block.");
  }
}
