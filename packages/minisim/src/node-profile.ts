// Where the time of a simulation went.
import type { CompileOptions, Plan } from "@minisim/pipeline";
import type { PoolProfile } from "@minisim/render";

/** Seconds by phase. Truth is written while workers render, and workers work at the same time. */
export interface StoreProfile {
  /** Reading the spec, then each step by its kind; empty for a plan that was compiled before. */
  readonly compile_s: Readonly<Record<string, number>>;
  /** What is in view, and whether it clips. */
  readonly finalize_s: number;
  /** Null where there was nothing to render. */
  readonly render: PoolProfile | null;
  /** Who could be found, and writing all of the truth. */
  readonly truth_s: number;
  readonly total_s: number;
}

export interface Stopwatch {
  /** Seconds since it was started. */
  total(): number;
  /** Seconds since the last lap, or since the start. */
  lap(): number;
}

export function stopwatch(): Stopwatch {
  const started = performance.now();
  let last = started;
  return {
    total: () => (performance.now() - started) / 1000,
    lap() {
      const since = last;
      last = performance.now();
      return (last - since) / 1000;
    },
  };
}

/** Compiles, and keeps the time that each step takes. */
export function timedCompile(
  compile: (options: CompileOptions) => Plan,
  options: CompileOptions,
): { plan: Plan; compile_s: Record<string, number> } {
  const compile_s: Record<string, number> = {};
  const watch = stopwatch();
  let phase = "spec";
  const plan = compile({
    ...options,
    onStep(kind, done, total) {
      compile_s[phase] = watch.lap();
      phase = kind;
      options.onStep?.(kind, done, total);
    },
  });
  compile_s[phase] = watch.lap();
  return { plan, compile_s };
}
