// Elementary functions with the same bits on every engine: Math.exp and its like may differ in the last bit between
// engines, these are compiled to WebAssembly once. Scalar float64, errors below 2 units in the last place.
import { decodeBase64 } from "./base64.ts";
import { mathModule } from "./generated/math.generated.ts";

type Unary = (x: number) => number;

type MathExports = {
  exp: Unary;
  expm1: Unary;
  log: Unary;
  log1p: Unary;
  log2: Unary;
  log10: Unary;
  sin: Unary;
  cos: Unary;
  tan: Unary;
  asin: Unary;
  acos: Unary;
  atan: Unary;
  atan2: (y: number, x: number) => number;
  sinh: Unary;
  cosh: Unary;
  tanh: Unary;
  pow: (base: number, exponent: number) => number;
  hypot: (x: number, y: number) => number;
  cbrt: Unary;
};

const compiled = new WebAssembly.Module(decodeBase64(mathModule));

export const {
  exp,
  expm1,
  log,
  log1p,
  log2,
  log10,
  sin,
  cos,
  tan,
  asin,
  acos,
  atan,
  atan2,
  sinh,
  cosh,
  tanh,
  pow,
  hypot,
  cbrt,
} = new WebAssembly.Instance(compiled).exports as MathExports;

/** The nearest integer; a half goes to the even neighbour (Math.round sends it up). */
export function roundHalfEven(x: number): number {
  const below = Math.floor(x);
  const excess = x - below;
  if (excess < 0.5) return below;
  if (excess > 0.5) return below + 1;
  return below % 2 === 0 ? below : below + 1;
}
