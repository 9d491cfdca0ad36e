// Long division of a message by a sparse multiple of the CRC's polynomial, sixteen bytes a step and without tables.
// A residue modulo P is one modulo any multiple of P before it. The multiple Q = x²⁰⁹ + x¹⁴⁴ + x⁵⁴ + x³⁹ + x¹⁴ + 1 of CRC-32C's P
// (found by search; no smaller one has six terms) gives Q¹²⁸, whose exponents are 128 times those of Q, because squaring over
// GF(2) doubles exponents. So dividing by it moves whole vectors: the one at i goes onto those at i + 209 − 144, …, i + 209.
import { VECTOR_REACH } from "./layout.ts";

const REACH: usize = <usize>VECTOR_REACH;
/** Distances back from a vector to those that go onto it, in bytes. */
const BACK1: usize = 16 * (209 - 144);
const BACK2: usize = 16 * (209 - 54);
const BACK3: usize = 16 * (209 - 39);
const BACK4: usize = 16 * (209 - 14);
const BACK5: usize = REACH;

/**
 * Divides in place; the `VECTOR_REACH` bytes before `source` must be zeros. Returns how many bytes at the front are done with: the
 * rest alone has the message's residue.
 */
export function divide(source: usize, length: i32): i32 {
  const done = <usize>max(0, (length & ~15) - <i32>REACH);
  if (done === 0) return 0;
  const end = source + done;
  for (let at = source; at < end; at += 16) {
    let v = v128.xor(v128.load(at), v128.load(at - BACK1));
    v = v128.xor(v, v128.load(at - BACK2));
    v = v128.xor(v, v128.load(at - BACK3));
    v = v128.xor(v, v128.load(at - BACK4));
    v128.store(at, v128.xor(v, v128.load(at - BACK5)));
  }
  for (let at = end; at < end + REACH; at += 16) {
    let v = v128.load(at);
    if (at - BACK1 < end) v = v128.xor(v, v128.load(at - BACK1));
    if (at - BACK2 < end) v = v128.xor(v, v128.load(at - BACK2));
    if (at - BACK3 < end) v = v128.xor(v, v128.load(at - BACK3));
    if (at - BACK4 < end) v = v128.xor(v, v128.load(at - BACK4));
    v128.store(at, v128.xor(v, v128.load(at - BACK5)));
  }
  return <i32>done;
}
