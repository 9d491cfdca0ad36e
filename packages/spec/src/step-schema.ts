// What this package needs to know of an effect step. The definition of a step (in the pipeline) extends it.
import type { z } from "zod";
import type { Acquisition } from "./acquisition.ts";
import type { Path } from "./error.ts";
import type { Frozen } from "./frozen.ts";
import type { Geometry } from "./geometry.ts";
import type { Severity } from "./issue.ts";

/** What a rule of a step reports. */
export interface Finding {
  readonly severity: Severity;
  readonly code: string;
  /** Relative to the step: ["tau_decay_s"]. */
  readonly path: Path;
  /** One sentence about the value at `path`. */
  readonly message: string;
  /**
   * Everything else that the rule read, so that it stays silent where one of these values is itself broken.
   * Paths that start with "acquisition", "seed" or "output" are absolute: ["acquisition", "fps"];
   * all others are relative to the step: ["tau_rise_s"].
   */
  readonly involves?: readonly Path[];
}

export interface CheckContext<Params = Readonly<Record<string, unknown>>> {
  /** The parameters of the step, valid one by one, defaults filled in. */
  readonly params: Params;
  readonly acquisition: Acquisition;
  readonly geometry: Geometry;
}

export interface StepSchema<
  Kind extends string = string,
  Params extends z.ZodObject = z.ZodObject,
> {
  readonly kind: Kind;
  /** Version of the physics; part of the cache key of specs that use the step. */
  readonly revision: number;
  readonly summary: string;
  /** A strict object, without `kind`. */
  readonly params: Params;
  /** Rules between fields; sees only values that are valid by themselves. Must not throw. */
  check?(context: CheckContext<Frozen<z.output<Params>>>): readonly Finding[];
}
