// Zstandard without coding: the bytes as they are, in a frame that any decoder reads, and this one ten times as fast.
import { ownBytes } from "./allocate.ts";

const MAGIC = 0xfd2fb528;
/** Content size in four bytes, no checksum, no dictionary; a window of 128 KiB. */
const DESCRIPTOR = 0x3880;
const HEADER_BYTES = 10;
const BLOCK_HEADER_BYTES = 3;
/** The format's limit, and the window that the header names. */
const BLOCK_BYTES = 128 * 1024;

/** A Zstandard frame (RFC 8878) of raw blocks, behind which `trailer` bytes are left free. */
export function encodeRaw(decoded: Uint8Array, trailer = 0, allocate = ownBytes): Uint8Array {
  const blocks = Math.max(1, Math.ceil(decoded.length / BLOCK_BYTES));
  const frame = allocate(HEADER_BYTES + blocks * BLOCK_HEADER_BYTES + decoded.length + trailer);
  const view = new DataView(frame.buffer, frame.byteOffset);
  view.setUint32(0, MAGIC, true);
  view.setUint16(4, DESCRIPTOR, true);
  view.setUint32(6, decoded.length, true);
  let at = HEADER_BYTES;
  for (let block = 0; block < blocks; block++) {
    const bytes = decoded.subarray(block * BLOCK_BYTES, (block + 1) * BLOCK_BYTES);
    const header = (block === blocks - 1 ? 1 : 0) | (bytes.length << 3);
    view.setUint16(at, header & 0xffff, true);
    view.setUint8(at + 2, header >> 16);
    frame.set(bytes, at + BLOCK_HEADER_BYTES);
    at += BLOCK_HEADER_BYTES + bytes.length;
  }
  return frame;
}

/** The bytes of a frame that `encodeRaw` made; undefined for any other. */
export function decodeRaw(frame: Uint8Array): Uint8Array | undefined {
  if (frame.length < HEADER_BYTES) return undefined;
  const view = new DataView(frame.buffer, frame.byteOffset, frame.length);
  if (view.getUint32(0, true) !== MAGIC || view.getUint16(4, true) !== DESCRIPTOR) return undefined;
  const length = view.getUint32(6, true);
  const blocks = Math.max(1, Math.ceil(length / BLOCK_BYTES));
  if (frame.length !== HEADER_BYTES + blocks * BLOCK_HEADER_BYTES + length) return undefined;
  const decoded = new Uint8Array(length);
  let at = HEADER_BYTES;
  for (let block = 0; block < blocks; block++) {
    const size = Math.min(BLOCK_BYTES, length - block * BLOCK_BYTES);
    const header = view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
    if (header !== ((block === blocks - 1 ? 1 : 0) | (size << 3))) return undefined;
    at += BLOCK_HEADER_BYTES;
    decoded.set(frame.subarray(at, at + size), block * BLOCK_BYTES);
    at += size;
  }
  return decoded;
}
