// A run of bytes as code words, last byte first, since the decoder reads from the end: RFC 8878, section 4.2.2.
import { CODES, LENGTHS, PAIRS } from "./layout.ts";

/** Fills PAIRS from CODES for all pairs of values that occur. */
export function pairWords(): void {
  let first = 0;
  let last = 255;
  while (load<u8>(<usize>first, LENGTHS) === 0) first++;
  while (load<u8>(<usize>last, LENGTHS) === 0) last--;
  const from = (<usize>(first & ~3)) << 2;
  const end = (<usize>(last + 1)) << 2;
  const lengthMask = i32x4.splat(31);
  for (let second = first; second <= last; second++) {
    const entry = load<u32>((<usize>second) << 2, CODES);
    const length = entry & 31;
    const low = i32x4.splat(entry);
    const row = PAIRS + ((<usize>second) << 10);
    for (let at = from; at < end; at += 16) {
      const codes = v128.load(at, CODES);
      const high = i32x4.shl(v128.andnot(codes, lengthMask), length);
      v128.store(row + at, i32x4.add(v128.or(high, v128.and(codes, lengthMask)), low));
    }
  }
}

/** Writes the stream of `length` bytes at `source`; returns the byte after it. Up to 8 bytes beyond are overwritten. */
export function encodeStream(source: usize, length: i32, target: usize): usize {
  let bits: u64 = 0;
  let count: u64 = 0;
  let at = source + <usize>length;
  const rest = source + <usize>(length & 3);
  // At most 7 bits are left of the round before: four words of 11 bits fit.
  while (at > rest) {
    at -= 4;
    let entry = <u64>load<u32>((<usize>load<u16>(at, 2)) << 2, PAIRS);
    bits |= (entry >> 5) << count;
    count += entry & 31;
    entry = <u64>load<u32>((<usize>load<u16>(at)) << 2, PAIRS);
    bits |= (entry >> 5) << count;
    count += entry & 31;
    store<u64>(target, bits);
    target += <usize>(count >> 3);
    bits >>= count & 56;
    count &= 7;
  }
  while (at > source) {
    at--;
    const entry = <u64>load<u32>((<usize>load<u8>(at)) << 2, CODES);
    bits |= (entry >> 5) << count;
    count += entry & 31;
  }
  bits |= (<u64>1) << count;
  store<u64>(target, bits);
  return target + <usize>((count + 8) >> 3);
}
