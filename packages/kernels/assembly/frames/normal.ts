// Standard normals by Box-Muller, four pairs at a time: radius √(−2 ln u) with u = (⌊word/2⁸⌋ + 1) / 2²⁴ in (0, 1], which
// reaches 5.77 σ, and angle 2π·word/2³². Polynomials: minimax fits of relative error, coefficients rounded to float32.

// Coefficients, highest power first. They are loaded where they are used: more constants than registers would be built
// from immediates every time.
// sin(πv/2) / v, relative error 3e-9 before rounding.
const SINE = memory.data<f32>([-0.004601658, 0.07968003, -0.6459635, 1.5707964]);
// (cos(πv/2) − 1) / v², relative error 6e-10 before rounding.
const COSINE = memory.data<f32>([0.0009067033, -0.020861514, 0.2536694, -1.2337005]);
// −2 ln m / s, relative error 3e-9 before rounding.
const LOGARITHM = memory.data<f32>([-0.5916123, -0.79977524, -1.33333374, -4]);
// 1, 2⁻³², −2 ln 2.
const SCALES = memory.data<f32>([1, 2.3283064365386963e-10, -1.3862944]);
// The sign, half a quarter turn, the bits of √½, the bits of 2²⁴·√½, and the bits of a fraction.
const BITS = memory.data<u32>([
  0x80000000,
  0x20000000,
  0x3f3504f3,
  0x3f3504f3 + (24 << 23),
  0x007fffff,
]);

class Lanes {
  /** The constant at this index, in four lanes. */
  @inline
  static of(table: usize, index: usize): v128 {
    return v128.load32_splat(table + (index << 2));
  }

  @inline
  static cubic(table: usize, x: v128): v128 {
    let sum = Lanes.of(table, 0);
    sum = f32x4.add(f32x4.mul(sum, x), Lanes.of(table, 1));
    sum = f32x4.add(f32x4.mul(sum, x), Lanes.of(table, 2));
    return f32x4.add(f32x4.mul(sum, x), Lanes.of(table, 3));
  }
}

/** Replaces `count` pairs of vectors: four radius words, then four angle words, become length·cos, then length·sin. */
export function boxMuller(at: usize, count: i32): void {
  for (const end = at + ((<usize>count) << 5); at < end; at += 32) Pair.replace(at);
}

class Pair {
  @inline
  static replace(at: usize): void {
    const length = Pair.radius(v128.load(at));
    const angle = v128.load(at, 16);

    // What is left of the nearest quarter turn: v in [−½, ½) quarters.
    const v = f32x4.mul(f32x4.convert_i32x4_s(i32x4.shl(angle, 2)), Lanes.of(SCALES, 1));
    const square = f32x4.mul(v, v);
    const sine = f32x4.mul(Lanes.cubic(SINE, square), v);
    const cosine = f32x4.add(f32x4.mul(Lanes.cubic(COSINE, square), square), Lanes.of(SCALES, 0));

    // The two top bits number that quarter. Odd quarters swap sine and cosine; the sine is negative in quarters 2 and 3, the
    // cosine in 1 and 2.
    const quarter = i32x4.add(angle, Lanes.of(BITS, 1));
    const odd = i32x4.shl(quarter, 1);
    const sign = Lanes.of(BITS, 0);
    const swapped = v128.and(v128.xor(sine, cosine), i32x4.shr_s(odd, 31));
    const sin = v128.xor(v128.xor(sine, swapped), v128.and(quarter, sign));
    const cos = v128.xor(v128.xor(cosine, swapped), v128.and(v128.xor(quarter, odd), sign));
    v128.store(at, f32x4.mul(length, cos));
    v128.store(at, f32x4.mul(length, sin), 16);
  }

  /** √(−2 ln u), where u = k/2²⁴ = 2ᵉ·m with m in [√½, √2) and ln m = 2 artanh((m − 1)/(m + 1)). */
  @inline
  static radius(word: v128): v128 {
    const one = Lanes.of(SCALES, 0);
    const k = i32x4.add(i32x4.shr_u(word, 8), i32x4.splat(1));
    // Bits of k relative to those of √½; 24 exponents lower, because k stands for k/2²⁴.
    const bits = i32x4.sub(f32x4.convert_i32x4_s(k), Lanes.of(BITS, 3));
    const exponent = f32x4.convert_i32x4_s(i32x4.shr_s(bits, 23));
    const m = i32x4.add(v128.and(bits, Lanes.of(BITS, 4)), Lanes.of(BITS, 2));
    const s = f32x4.div(f32x4.sub(m, one), f32x4.add(m, one));
    const series = f32x4.mul(Lanes.cubic(LOGARITHM, f32x4.mul(s, s)), s);
    return f32x4.sqrt(f32x4.add(f32x4.mul(exponent, Lanes.of(SCALES, 2)), series));
  }
}
