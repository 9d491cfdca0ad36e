// Philox4x32-10 (Salmon et al. 2011, Parallel random numbers: as easy as 1, 2, 3), four counters at a time, one a lane.
const ROUNDS: i32 = 10;
const MULTIPLIER0: u32 = 0xd2511f53;
const MULTIPLIER1: u32 = 0xcd9e8d57;

/** The keys of all rounds, each in four lanes: 32 bytes a round. */
export const SCHEDULE_BYTES: usize = 320;

class Wide {
  @inline
  static high(low: v128, high: v128): v128 {
    return v128.shuffle<i32>(low, high, 1, 3, 5, 7);
  }
  @inline
  static low(low: v128, high: v128): v128 {
    return v128.shuffle<i32>(low, high, 0, 2, 4, 6);
  }
  @inline
  static xor3(a: v128, b: v128, c: v128): v128 {
    return v128.xor(v128.xor(a, b), c);
  }
}

export function scheduleKeys(at: usize, key0: i32, key1: i32): void {
  for (let round = 0; round < ROUNDS; round++) {
    v128.store(at, i32x4.splat(key0));
    v128.store(at, i32x4.splat(key1), 16);
    key0 += 0x9e3779b9;
    key1 += 0xbb67ae85;
    at += 32;
  }
}

/** One block in each lane: reads the four counter words of the lanes at `at` (64 bytes) and writes the output in their place. */
export function philoxLanes(at: usize, keys: usize): void {
  const multiplier0 = i32x4.splat(MULTIPLIER0);
  const multiplier1 = i32x4.splat(MULTIPLIER1);
  let c0 = v128.load(at);
  let c1 = v128.load(at, 16);
  let c2 = v128.load(at, 32);
  let c3 = v128.load(at, 48);
  for (let key = keys; key < keys + SCHEDULE_BYTES; key += 32) {
    const even0 = i64x2.extmul_low_i32x4_u(c0, multiplier0);
    const odd0 = i64x2.extmul_high_i32x4_u(c0, multiplier0);
    const even1 = i64x2.extmul_low_i32x4_u(c2, multiplier1);
    const odd1 = i64x2.extmul_high_i32x4_u(c2, multiplier1);
    c0 = Wide.xor3(Wide.high(even1, odd1), c1, v128.load(key));
    c1 = Wide.low(even1, odd1);
    c2 = Wide.xor3(Wide.high(even0, odd0), c3, v128.load(key, 16));
    c3 = Wide.low(even0, odd0);
  }
  v128.store(at, c0);
  v128.store(at, c1, 16);
  v128.store(at, c2, 32);
  v128.store(at, c3, 48);
}

/**
 * Words of counters (first, frame, 0, 0), (first + 1, frame, 0, 0) … for a whole number of pairs of groups; a group is the
 * four words of four counters, 64 bytes. The zeros of the counter spare half of the first two rounds: the first product is
 * that of a counter that goes up by steps, the second is the same for all counters of a frame.
 */
export function frameWords(target: usize, nPairs: i32, first: i32, frame: i32, keys: usize): void {
  const multiplier0 = i32x4.splat(MULTIPLIER0);
  const multiplier1 = i32x4.splat(MULTIPLIER1);
  const head = v128.xor(i32x4.splat(frame), v128.load(keys));
  const headEven = i64x2.extmul_low_i32x4_u(head, multiplier0);
  const headHigh = v128.xor(Wide.high(headEven, headEven), v128.load(keys, 48));
  const headLow = Wide.low(headEven, headEven);
  const firsts = i32x4.add(i32x4.splat(first), i32x4(0, 1, 2, 3));
  let even = i64x2.extmul_low_i32x4_u(firsts, multiplier0);
  let odd = i64x2.extmul_high_i32x4_u(firsts, multiplier0);
  const step = i64x2.splat(4 * <i64>MULTIPLIER0);
  for (let pair = 0; pair < nPairs; pair++) {
    let a2 = v128.xor(Wide.high(even, odd), v128.load(keys, 16));
    let a3 = Wide.low(even, odd);
    even = i64x2.add(even, step);
    odd = i64x2.add(odd, step);
    let b2 = v128.xor(Wide.high(even, odd), v128.load(keys, 16));
    let b3 = Wide.low(even, odd);
    even = i64x2.add(even, step);
    odd = i64x2.add(odd, step);

    const aEven = i64x2.extmul_low_i32x4_u(a2, multiplier1);
    const aOdd = i64x2.extmul_high_i32x4_u(a2, multiplier1);
    const bEven = i64x2.extmul_low_i32x4_u(b2, multiplier1);
    const bOdd = i64x2.extmul_high_i32x4_u(b2, multiplier1);
    let a0 = v128.xor(Wide.high(aEven, aOdd), v128.load(keys, 32));
    let a1 = Wide.low(aEven, aOdd);
    a2 = v128.xor(headHigh, a3);
    a3 = headLow;
    let b0 = v128.xor(Wide.high(bEven, bOdd), v128.load(keys, 32));
    let b1 = Wide.low(bEven, bOdd);
    b2 = v128.xor(headHigh, b3);
    b3 = headLow;

    for (let key = keys + 64; key < keys + SCHEDULE_BYTES; key += 32) {
      const key0 = v128.load(key);
      const key1 = v128.load(key, 16);
      const aEven0 = i64x2.extmul_low_i32x4_u(a0, multiplier0);
      const aOdd0 = i64x2.extmul_high_i32x4_u(a0, multiplier0);
      const aEven1 = i64x2.extmul_low_i32x4_u(a2, multiplier1);
      const aOdd1 = i64x2.extmul_high_i32x4_u(a2, multiplier1);
      a0 = Wide.xor3(Wide.high(aEven1, aOdd1), a1, key0);
      a1 = Wide.low(aEven1, aOdd1);
      a2 = Wide.xor3(Wide.high(aEven0, aOdd0), a3, key1);
      a3 = Wide.low(aEven0, aOdd0);
      const bEven0 = i64x2.extmul_low_i32x4_u(b0, multiplier0);
      const bOdd0 = i64x2.extmul_high_i32x4_u(b0, multiplier0);
      const bEven1 = i64x2.extmul_low_i32x4_u(b2, multiplier1);
      const bOdd1 = i64x2.extmul_high_i32x4_u(b2, multiplier1);
      b0 = Wide.xor3(Wide.high(bEven1, bOdd1), b1, key0);
      b1 = Wide.low(bEven1, bOdd1);
      b2 = Wide.xor3(Wide.high(bEven0, bOdd0), b3, key1);
      b3 = Wide.low(bEven0, bOdd0);
    }
    v128.store(target, a0);
    v128.store(target, a1, 16);
    v128.store(target, a2, 32);
    v128.store(target, a3, 48);
    v128.store(target, b0, 64);
    v128.store(target, b1, 80);
    v128.store(target, b2, 96);
    v128.store(target, b3, 112);
    target += 128;
  }
}

const schedule = memory.data(320, 16);
const lanes = memory.data(64, 16);

/** One block: reads the counter's four words from `words` and writes the output in their place. */
export function philox(words: usize, key0: i32, key1: i32): void {
  scheduleKeys(schedule, key0, key1);
  for (let word: usize = 0; word < 4; word++) {
    v128.store(lanes + (word << 4), v128.load32_splat(words + (word << 2)));
  }
  philoxLanes(lanes, schedule);
  for (let word: usize = 0; word < 4; word++) {
    store<i32>(words + (word << 2), load<i32>(lanes + (word << 4)));
  }
}
