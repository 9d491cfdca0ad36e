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

/** How the first edition of specs wrote a step whose fields have other meanings, and so other names, today. */
export interface FirstEdition<Params extends z.ZodObject = z.ZodObject> {
  /** The parameters of then, with their defaults and ranges: a strict object, without `kind`. */
  readonly params: Params;
  /** Today's parameters with the same expected light. A pure function; must not throw. */
  convert(context: CheckContext<Frozen<z.output<Params>>>): Conversion;
}

export interface Conversion {
  readonly params: Readonly<Record<string, unknown>>;
  /** One sentence about each field of then that has become something else. */
  readonly changes: readonly { readonly field: string; readonly message: string }[];
}

/** A package as a registry knows it. */
export interface StepPackage {
  readonly name: string;
  readonly version: string;
}

export interface StepSchema<
  Kind extends string = string,
  Params extends z.ZodObject = z.ZodObject,
> {
  readonly kind: Kind;
  /** Version of the physics; part of the cache key of specs that use the step. */
  readonly revision: number;
  /** What brings the step. Recordings keep it, no key depends on it; absent for a step that is in no package. */
  readonly package?: StepPackage;
  readonly summary: string;
  /** A strict object, without `kind`. */
  readonly params: Params;
  /** Absent where the first edition had the same fields with the same meanings. */
  readonly firstEdition?: FirstEdition;
  /** Rules between fields; sees only values that are valid by themselves. Must not throw. */
  check?(context: CheckContext<Frozen<z.output<Params>>>): readonly Finding[];
}
