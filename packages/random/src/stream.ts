// A stream: one generator, and the distributions drawn from it.
/// <reference path="./alea.d.ts" />
import { exp, log1p } from "@minisim/kernels/math";
import alea from "seedrandom/lib/alea.js";
import { normalPair } from "./normal.ts";
import { poissonCount } from "./poisson.ts";

/**
 * Draws in a fixed sequence. A stream is stateful: the order of calls on one stream matters, calls on other streams do
 * not. Every method refuses parameters outside its range with a RangeError.
 */
export interface Stream {
  /** Uniform in [0, 1), a multiple of 2^-53. */
  uniform(): number;
  /** Uniform integer in [0, n). Its bias, n·2^-53, is far below what any recording can show. */
  integer(n: number): number;
  /** Standard normal. Deviates come in pairs; the second waits in the stream for the next call. */
  normal(): number;
  /** Exponential with rate 1, by inversion of one uniform. */
  exponential(): number;
  /** Poisson count of this mean; time linear in the mean. */
  poisson(mean: number): number;
  /** Lognormal with this arithmetic mean and coefficient of variation: σ² = ln(1 + cv²), μ = ln mean − σ²/2. */
  lognormal(mean: number, cv: number): number;
  /** Failures before the first success, ⌊ln u / ln(1 − p)⌋, one uniform; Infinity when p = 0. */
  geometric(p: number): number;
  /** True with probability p, one uniform. */
  bernoulli(p: number): boolean;
}

/** A stream seeded with a text. */
export function createStream(seedText: string): Stream {
  const { double: uniform } = alea(seedText);
  let waiting: number | null = null;

  function normal(): number {
    if (waiting !== null) {
      const second = waiting;
      waiting = null;
      return second;
    }
    const [first, second] = normalPair(uniform);
    waiting = second;
    return first;
  }

  return {
    uniform,
    normal,
    integer(n) {
      if (!Number.isSafeInteger(n) || n < 1) fail("integer(n) needs a whole n of at least 1", n);
      return Math.floor(uniform() * n);
    },
    exponential: () => Math.abs(log1p(-uniform())),
    poisson(mean) {
      if (!(mean >= 0 && mean < Infinity))
        fail("poisson(mean) needs a finite mean of at least 0", mean);
      return poissonCount(uniform, mean);
    },
    lognormal(mean, cv) {
      if (!(mean > 0 && mean < Infinity))
        fail("lognormal(mean, cv) needs a finite mean above 0", mean);
      if (!(cv >= 0 && cv < Infinity))
        fail("lognormal(mean, cv) needs a finite cv of at least 0", cv);
      const variance = log1p(cv * cv);
      return mean * exp(Math.sqrt(variance) * normal() - variance / 2);
    },
    geometric(p) {
      assertProbability("geometric(p)", p);
      // 1 − u lies in (0, 1], where the logarithm is finite.
      const logU = log1p(-uniform());
      if (p === 0) return Infinity;
      return p === 1 ? 0 : Math.floor(logU / log1p(-p));
    },
    bernoulli(p) {
      assertProbability("bernoulli(p)", p);
      return uniform() < p;
    },
  };
}

function assertProbability(name: string, p: number): void {
  if (!(p >= 0 && p <= 1)) fail(`${name} needs a probability from 0 to 1`, p);
}

function fail(requirement: string, value: number): never {
  throw new RangeError(`${requirement}, not ${value}.`);
}
