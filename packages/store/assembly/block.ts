// One block of a Zstandard frame: literals alone, without a single match. RFC 8878, sections 3.1.1.2 and 3.1.1.3.
import { codedBits, codeLengths, codeWords, longest } from "./code-lengths.ts";
import { histogram } from "./histogram.ts";
import { encodeStream, pairWords } from "./streams.ts";
import { describeTree } from "./tree.ts";

const RAW: i32 = 0;
const RUN: i32 = 1;
const COMPRESSED: i32 = 2;
/** Block header, literals header, jump table; a tree and four streams follow. */
const HEADERS: i32 = 3 + 5 + 6;
/** Below this no code pays for its description. */
const SHORTEST: i32 = 64;

/** Writes the block; returns the byte after it. */
export function encodeBlock(source: usize, length: i32, last: bool, target: usize): usize {
  if (length < SHORTEST) return raw(source, length, last, target);
  histogram(source, length);
  const values = codeLengths();
  if (values === 1) {
    blockHeader(target, last, RUN, length);
    store<u8>(target, load<u8>(source), 3);
    return target + 4;
  }
  if (<i32>(codedBits() >> 3) + HEADERS >= length) return raw(source, length, last, target);
  codeWords();
  pairWords();
  const tree = target + 8;
  const jumps = describeTree(tree, longest());
  const quarter = (length + 3) >> 2;
  let from = source;
  let at = jumps + 6;
  for (let stream = 0; stream < 3; stream++) {
    const end = encodeStream(from, quarter, at);
    store<u16>(jumps + ((<usize>stream) << 1), <u16>(end - at));
    from += <usize>quarter;
    at = end;
  }
  at = encodeStream(from, length - 3 * quarter, at);
  const compressed = <u64>(at - tree);
  // Literals compressed with a tree of their own (2), four streams and both sizes in 18 bits (3).
  const header = 2 | (3 << 2) | ((<u64>length) << 4) | (compressed << 22);
  store<u32>(target, <u32>header, 3);
  store<u8>(target, <u8>(header >> 32), 7);
  store<u8>(at++, 0); // sequences: none
  const size = <i32>(at - target) - 3;
  if (size >= length) return raw(source, length, last, target);
  blockHeader(target, last, COMPRESSED, size);
  return at;
}

function raw(source: usize, length: i32, last: bool, target: usize): usize {
  blockHeader(target, last, RAW, length);
  memory.copy(target + 3, source, length);
  return target + 3 + <usize>length;
}

function blockHeader(target: usize, last: bool, type: i32, size: i32): void {
  const header = (last ? 1 : 0) | (type << 1) | (size << 3);
  store<u16>(target, <u16>header);
  store<u8>(target, <u8>(header >> 16), 2);
}
