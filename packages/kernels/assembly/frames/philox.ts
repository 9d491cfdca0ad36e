// Philox4x32-10 (Salmon et al. 2011, Parallel random numbers: as easy as 1, 2, 3), four counters at a time, one a lane.
// The four words of a block come back in globals, because a function returns one value.
export let word0: v128 = i32x4.splat(0);
export let word1: v128 = i32x4.splat(0);
export let word2: v128 = i32x4.splat(0);
export let word3: v128 = i32x4.splat(0);

const ROUNDS: i32 = 10;

class Wide {
  /** The high 32 bits of each lane's product. */
  @inline
  static mulHigh(a: v128, b: v128): v128 {
    const low = i64x2.extmul_low_i32x4_u(a, b);
    const high = i64x2.extmul_high_i32x4_u(a, b);
    return v128.shuffle<i32>(low, high, 1, 3, 5, 7);
  }

  @inline
  static xor3(a: v128, b: v128, c: v128): v128 {
    return v128.xor(v128.xor(a, b), c);
  }
}

export function philoxLanes(
  counter0: v128,
  counter1: v128,
  counter2: v128,
  counter3: v128,
  key0: v128,
  key1: v128,
): void {
  const multiplier0 = i32x4.splat(0xd2511f53);
  const multiplier1 = i32x4.splat(0xcd9e8d57);
  const step0 = i32x4.splat(0x9e3779b9);
  const step1 = i32x4.splat(0xbb67ae85);
  for (let round = 0; round < ROUNDS; round++) {
    const high0 = Wide.mulHigh(counter0, multiplier0);
    const low0 = i32x4.mul(counter0, multiplier0);
    const high1 = Wide.mulHigh(counter2, multiplier1);
    const low1 = i32x4.mul(counter2, multiplier1);
    counter0 = Wide.xor3(high1, counter1, key0);
    counter1 = low1;
    counter2 = Wide.xor3(high0, counter3, key1);
    counter3 = low0;
    key0 = i32x4.add(key0, step0);
    key1 = i32x4.add(key1, step1);
  }
  word0 = counter0;
  word1 = counter1;
  word2 = counter2;
  word3 = counter3;
}

/** One block: reads the counter's four words from `words` and writes the output in their place. */
export function philox(words: usize, key0: i32, key1: i32): void {
  philoxLanes(
    v128.load32_splat(words),
    v128.load32_splat(words, 4),
    v128.load32_splat(words, 8),
    v128.load32_splat(words, 12),
    i32x4.splat(key0),
    i32x4.splat(key1),
  );
  store<i32>(words, i32x4.extract_lane(word0, 0));
  store<i32>(words, i32x4.extract_lane(word1, 0), 4);
  store<i32>(words, i32x4.extract_lane(word2, 0), 8);
  store<i32>(words, i32x4.extract_lane(word3, 0), 12);
}
