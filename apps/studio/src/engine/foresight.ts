// What a spec will take, before anything is drawn; and how much of it fits into a tab.
import { expectedWork } from "@minisim/pipeline";
import { geometryOf, type Spec } from "@minisim/spec";
import { builtinSteps } from "minisim";
import { MOST_BYTES } from "./limits.ts";

export interface Foresight {
  /** Of the compile, and of the compile with the counting: estimates from 1.2 and 2.4 ns an operation (V4 over CA1, Node 20). */
  readonly compile_s: number;
  readonly count_s: number;
  readonly bytes: number;
}

const NS_COMPILE = 1.2;
const NS_COUNT = 2.4;

export function foresee(spec: Spec): Foresight {
  const { operations, compile_bytes } = expectedWork(spec, builtinSteps);
  return {
    compile_s: (operations * NS_COMPILE) / 1e9,
    count_s: (operations * NS_COUNT) / 1e9,
    bytes: compile_bytes,
  };
}

/** The spec, or its first part where all of it is more than a tab may take. */
export function countable(spec: Spec): Spec {
  let part = spec;
  for (let halves = 0; halves < 12 && foresee(part).bytes > MOST_BYTES; halves++) {
    const frames = Math.max(1, geometryOf(part.acquisition).n_frames >> 1);
    const duration_s = frames / spec.acquisition.fps;
    part = { ...spec, acquisition: { ...spec.acquisition, duration_s } };
  }
  return part;
}
