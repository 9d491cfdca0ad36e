// Zstandard frames (RFC 8878) of entropy-coded literals without matches, and CRC-32C. A frame is written segment by
// segment: frameHeader, then encodeSegment until the last; each leaves its bytes at OUTPUT.
import { encodeBlock } from "./block.ts";
import { resetOrder } from "./code-lengths.ts";
import { prepareCrc, updateCrc } from "./crc32c.ts";
import { BLOCK, INPUT, OUTPUT, reserve, SEGMENT } from "./layout.ts";
import { prepareTree } from "./tree.ts";

reserve();
prepareCrc();
prepareTree();

export function input(): usize {
  return INPUT;
}

export function output(): usize {
  return OUTPUT;
}

export function segmentBytes(): i32 {
  return SEGMENT;
}

/** Begins a frame of `length` bytes. Returns the length of its header. */
export function frameHeader(length: u32): i32 {
  resetOrder();
  store<u32>(OUTPUT, 0xfd2fb528);
  store<u8>(OUTPUT, 0x80, 4); // content size in four bytes, no checksum, no dictionary
  store<u8>(OUTPUT, 7 << 3, 5); // window of 128 KiB: no match ever reaches back, but blocks must fit
  store<u32>(OUTPUT, length, 6);
  return 10;
}

/** Encodes `length` bytes of INPUT, at most a segment. Returns the number of bytes at OUTPUT. */
export function encodeSegment(length: i32, last: bool): i32 {
  let target = OUTPUT;
  let done = 0;
  do {
    const size = min(BLOCK, length - done);
    const end = last && done + size === length;
    target = encodeBlock(INPUT + <usize>done, size, end, target);
    done += size;
  } while (done < length);
  return <i32>(target - OUTPUT);
}

/** CRC-32C carried over `length` bytes of INPUT, which are overwritten. */
export function crc32c(crc: u32, length: i32): u32 {
  return updateCrc(crc, INPUT, length);
}
