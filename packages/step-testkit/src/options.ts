// What the author of a step tells the suite.
import type { Exposure } from "@minisim/sensor";
import type { Params } from "./bench.ts";
import type { Announces, Needs } from "./stand-ins.ts";

export interface ConformanceOptions {
  /** Parameters with which the step shows all it does, truth fields included. Defaults where absent. */
  readonly params?: Params;
  /** Parameters that change nothing in the movie, or why the step has none. */
  readonly neutral: Params | { readonly none: string };
  /** Whether the step draws random numbers. */
  readonly draws: boolean;
  /** How the movie shows the truth that the step leaves, or why that cannot be seen there. Asked of every step with truth that changes frames. */
  readonly shown?: Shown | { readonly none: string };
  /** Why light may fall below zero with these parameters. Nothing physical makes it so. */
  readonly belowZero?: string;
  /** What must be in the scene before it. Default: cells with traces. */
  readonly needs?: Needs;
  /** Changes to the small scope that the step is tried in. */
  readonly acquisition?: Params;
  /** Truth fields that the step leaves with other parameters only. */
  readonly absent?: readonly string[];
  /** The file that pins the step's bytes: new URL("./golden.json", import.meta.url). */
  readonly golden?: URL;
  /** A detector to announce, for a step that needs to know the exposure. */
  readonly exposure?: Exposure;
  /** What another step announces, for a step that follows a fact. */
  readonly announced?: Announces;
}

/** The frame after the step, from that before it: times all factors, plus all addends; or a formula of one's own. */
export type Shown =
  | { readonly factors?: readonly string[]; readonly addends?: readonly string[] }
  | ((seen: SeenFrame) => Float64Array);

export interface SeenFrame {
  /** The frame before the step, over the field of view, row-major. */
  readonly before: Float64Array;
  readonly frame: number;
  /** A truth field in this frame at every pixel of the field of view; null where it is not left. */
  truth(name: string): Float64Array | null;
}
