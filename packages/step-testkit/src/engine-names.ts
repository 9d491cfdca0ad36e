// What may not decide a byte of a recording: functions on whose last bit engines disagree, and what differs from run to run.

/** Members of Math. ECMAScript leaves their values to the engine; @minisim/kernels/math has the same under the same names. */
export const ENGINE_MATH = [
  "acos",
  "acosh",
  "asin",
  "asinh",
  "atan",
  "atan2",
  "atanh",
  "cbrt",
  "cos",
  "cosh",
  "exp",
  "expm1",
  "hypot",
  "log",
  "log10",
  "log1p",
  "log2",
  "pow",
  "sin",
  "sinh",
  "tan",
  "tanh",
] as const;

/** Something of these that a step's code does, and where. */
export interface EngineUse {
  /** "Math.exp", "**", "Math.random", "Date" */
  readonly what: string;
  /** File, line and column. */
  readonly place: string;
}

export const isEngineMath = (name: string): boolean =>
  (ENGINE_MATH as readonly string[]).includes(name);
