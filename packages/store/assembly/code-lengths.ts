// The best code words of at most MAX_BITS bits: their lengths by package-merge (Larmore and Hirschberg 1990,
// doi:10.1145/79147.79150), and the words by the format's canonical order.
import { CODES, COUNTS, LENGTHS, MAX_BITS, MERGE, ORDER } from "./layout.ts";

const LIST: usize = 512 * 4;
const FLAGS: usize = MERGE + 2 * LIST;

export function resetOrder(): void {
  for (let i = 0; i < 256; i++) store<u8>(ORDER + <usize>i, <u8>i);
}

/** Sorts ORDER by COUNTS, rising. Returns how many values do not occur: these come first. */
function sortByCount(): i32 {
  let absent = 0;
  for (let i = 0; i < 256; i++) {
    const value = load<u8>(ORDER + <usize>i);
    const weight = countOf(value);
    if (weight === 0) absent++;
    let hole = ORDER + <usize>i;
    while (hole > ORDER && countOf(load<u8>(hole - 1)) > weight) {
      store<u8>(hole, load<u8>(hole - 1));
      hole--;
    }
    store<u8>(hole, value);
  }
  return absent;
}

function countOf(value: u8): u32 {
  return load<u32>((<usize>value) << 2, COUNTS);
}

/**
 * Fills LENGTHS from COUNTS. Returns how many values occur; below two, no lengths are set.
 * Level by level, the list of leaves is merged with pairs of the level before; how often a leaf is among the cheapest
 * 2n - 2 items, counted through all levels, is the length of its code word.
 */
export function codeLengths(): i32 {
  const absent = sortByCount();
  const n = 256 - absent;
  if (n < 2) return n;
  memory.fill(LENGTHS, 0, 256);
  const leaves = ORDER + <usize>absent;
  let list = MERGE;
  let previous = MERGE + LIST;
  let items = n;
  for (let i = 0; i < n; i++) {
    store<u32>(list + ((<usize>i) << 2), countOf(load<u8>(leaves + <usize>i)));
  }
  for (let level = 1; level < MAX_BITS; level++) {
    const below = previous;
    previous = list;
    list = below;
    items = mergeLevel(leaves, n, previous, items >> 1, list, FLAGS + ((<usize>level) << 9));
  }
  let taken = 2 * n - 2;
  for (let level = MAX_BITS - 1; level > 0; level--) {
    const flags = FLAGS + ((<usize>level) << 9);
    let packages = 0;
    for (let i = 0; i < taken; i++) packages += load<u8>(flags + <usize>i);
    lengthen(leaves, taken - packages);
    taken = 2 * packages;
  }
  lengthen(leaves, taken);
  return n;
}

/** Merges n leaves with pairs of the list below; flags say which items are pairs. Returns their number. */
function mergeLevel(
  leaves: usize,
  n: i32,
  below: usize,
  pairs: i32,
  list: usize,
  flags: usize,
): i32 {
  let leaf = 0;
  let pair = 0;
  let leafCount = countOf(load<u8>(leaves));
  let pairCount = load<u32>(below) + load<u32>(below, 4);
  const items = n + pairs;
  for (let i = 0; i < items; i++) {
    const isPair = pairCount < leafCount;
    store<u32>(list + ((<usize>i) << 2), isPair ? pairCount : leafCount);
    store<u8>(flags + <usize>i, isPair ? 1 : 0);
    if (isPair) {
      pair++;
      const next = below + ((<usize>pair) << 3);
      pairCount = pair < pairs ? load<u32>(next) + load<u32>(next, 4) : u32.MAX_VALUE;
    } else {
      leaf++;
      leafCount = leaf < n ? countOf(load<u8>(leaves + <usize>leaf)) : u32.MAX_VALUE;
    }
  }
  return items;
}

function lengthen(leaves: usize, count: i32): void {
  for (let i = 0; i < count; i++) {
    const entry = LENGTHS + <usize>load<u8>(leaves + <usize>i);
    store<u8>(entry, load<u8>(entry) + 1);
  }
}

export function longest(): i32 {
  let most = 0;
  for (let i = 0; i < 256; i++) most = max(most, <i32>load<u8>(LENGTHS + <usize>i));
  return most;
}

const NEXT = memory.data(4 * 16);

/** Fills CODES from LENGTHS: words count up from the longest length to the shortest, by value within a length. */
export function codeWords(): void {
  memory.fill(NEXT, 0, 64);
  for (let i = 0; i < 256; i++) {
    const entry = NEXT + ((<usize>load<u8>(LENGTHS + <usize>i)) << 2);
    store<u32>(entry, load<u32>(entry) + 1);
  }
  let first: u32 = 0;
  for (let length = MAX_BITS; length > 0; length--) {
    const entry = NEXT + ((<usize>length) << 2);
    const count = load<u32>(entry);
    store<u32>(entry, first);
    first = (first + count) >> 1;
  }
  for (let i = 0; i < 256; i++) {
    const length = <u32>load<u8>(LENGTHS + <usize>i);
    const entry = NEXT + ((<usize>length) << 2);
    const word = load<u32>(entry);
    store<u32>(CODES + ((<usize>i) << 2), (word << 5) | length);
    store<u32>(entry, word + 1);
  }
}

/** Bits of the whole block under the present LENGTHS. */
export function codedBits(): u32 {
  let bits: u32 = 0;
  for (let i = 0; i < 256; i++) bits += countOf(<u8>i) * <u32>load<u8>(LENGTHS + <usize>i);
  return bits;
}
