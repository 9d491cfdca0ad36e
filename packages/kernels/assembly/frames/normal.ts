// Standard normals by Box-Muller, four pairs at a time: radius √(−2 ln u) with u = (⌊word/2⁸⌋ + 1) / 2²⁴ in (0, 1], which
// reaches 5.77 σ, and angle 2π·word/2³². Polynomials: minimax fits of relative error, coefficients rounded to float32.
export let normalCos: v128 = f32x4.splat(0);
export let normalSin: v128 = f32x4.splat(0);

class Polynomial {
  @inline
  static step(sum: v128, x: v128, coefficient: f32): v128 {
    return f32x4.add(f32x4.mul(sum, x), f32x4.splat(coefficient));
  }
}

/** Sets normalCos and normalSin to the pair of each lane. */
export function boxMuller(radiusWord: v128, angleWord: v128): void {
  const length = radius(radiusWord);

  // The nearest quarter turn, and what is left of it: v in [−½, ½) quarters.
  const quarter = i32x4.shr_u(i32x4.add(angleWord, i32x4.splat(0x20000000)), 30);
  const rest = f32x4.convert_i32x4_s(i32x4.shl(angleWord, 2));
  const v = f32x4.mul(rest, f32x4.splat(2.3283064365386963e-10));
  const square = f32x4.mul(v, v);

  // sin(πv/2) / v, relative error 3e-9 before rounding.
  let sine = f32x4.splat(-0.004601658);
  sine = Polynomial.step(sine, square, 0.07968003);
  sine = Polynomial.step(sine, square, -0.6459635);
  sine = Polynomial.step(sine, square, 1.5707964);
  sine = f32x4.mul(sine, v);
  // (cos(πv/2) − 1) / v², relative error 6e-10 before rounding.
  let cosine = f32x4.splat(0.0009067033);
  cosine = Polynomial.step(cosine, square, -0.020861514);
  cosine = Polynomial.step(cosine, square, 0.2536694);
  cosine = Polynomial.step(cosine, square, -1.2337005);
  cosine = Polynomial.step(cosine, square, 1);

  // Odd quarters swap sine and cosine; the sine is negative in quarters 2 and 3, the cosine in 1 and 2.
  const swap = i32x4.neg(v128.and(quarter, i32x4.splat(1)));
  const sineSign = i32x4.shl(i32x4.shr_u(quarter, 1), 31);
  const cosineSign = v128.xor(sineSign, i32x4.shl(quarter, 31));
  normalSin = f32x4.mul(length, v128.xor(v128.bitselect(cosine, sine, swap), sineSign));
  normalCos = f32x4.mul(length, v128.xor(v128.bitselect(sine, cosine, swap), cosineSign));
}

/** √(−2 ln u), where u = k/2²⁴ = 2ᵉ·m with m in [√½, √2) and ln m = 2 artanh((m − 1)/(m + 1)). */
function radius(word: v128): v128 {
  const k = i32x4.add(i32x4.shr_u(word, 8), i32x4.splat(1));
  const sqrtHalfBits = i32x4.splat(0x3f3504f3);
  // Bits of k relative to those of √½; 24 exponents lower, because k stands for k/2²⁴.
  const bits = i32x4.sub(f32x4.convert_i32x4_s(k), i32x4.splat(0x3f3504f3 + (24 << 23)));
  const exponent = f32x4.convert_i32x4_s(i32x4.shr_s(bits, 23));
  const m = i32x4.add(v128.and(bits, i32x4.splat(0x007fffff)), sqrtHalfBits);
  const one = f32x4.splat(1);
  const s = f32x4.div(f32x4.sub(m, one), f32x4.add(m, one));
  const square = f32x4.mul(s, s);
  // −2 ln m / s, relative error 3e-9 before rounding.
  let series = f32x4.splat(-0.5916123);
  series = Polynomial.step(series, square, -0.79977524);
  series = Polynomial.step(series, square, -1.33333374);
  series = Polynomial.step(series, square, -4);
  const minusTwoLn = f32x4.add(f32x4.mul(exponent, f32x4.splat(-1.3862944)), f32x4.mul(series, s));
  return f32x4.sqrt(minusTwoLn);
}
