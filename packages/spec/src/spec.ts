// The types of a spec: as people write it, and as programs read it.
import type { z } from "zod";
import type { Acquisition, AcquisitionInput } from "./acquisition.ts";
import type { Frozen } from "./frozen.ts";
import type { Output, OutputInput } from "./output.ts";
import type { StepSchema } from "./step-schema.ts";
import type { SPEC_VERSION } from "./version.ts";

/** A step of a parsed spec, for code that does not know the steps. */
export interface StepSpec {
  readonly kind: string;
  readonly [field: string]: unknown;
}

/**
 * A parsed spec: frozen, complete, steps in the order of the user (which has no meaning).
 * `Spec` is for code that does not know the steps, `Spec<typeof steps>` for code that does.
 */
export interface Spec<Steps extends readonly StepSchema[] = readonly StepSchema[]> {
  /** Edition of the spec. Parsing sets it; a recording of the first edition has none. */
  readonly spec_version?: typeof SPEC_VERSION;
  readonly acquisition: Acquisition;
  /** Integer, 0 … 2^53 − 1; all randomness derives from it. */
  readonly seed: number;
  readonly steps: readonly StepOf<Steps>[];
  readonly output: Output;
}

/**
 * A parsed spec of any steps, where a spec as written may stand as well. Its steps are open: were their `kind` a string here, editors would offer
 * no kinds for those that are written.
 */
export interface ParsedSpec extends Omit<Spec, "steps"> {
  readonly steps: readonly object[];
}

/** A spec as written: everything that has a default may be left out. */
export interface SpecInput<Steps extends readonly StepSchema[] = readonly StepSchema[]> {
  /** For editors; dropped by parse. */
  readonly $schema?: string | undefined;
  /** Edition of the spec: what its fields mean. Today's where absent. */
  readonly spec_version?: typeof SPEC_VERSION | undefined;
  readonly acquisition?: AcquisitionInput | undefined;
  readonly seed?: number | undefined;
  readonly steps: readonly StepInputOf<Steps>[];
  readonly output?: OutputInput | undefined;
}

/** The parsed steps, a union discriminated by `kind`. */
export type StepOf<Steps extends readonly StepSchema[]> = Parsed<Steps[number]>;

/** The steps as written, a union discriminated by `kind`. */
export type StepInputOf<Steps extends readonly StepSchema[]> = Written<Steps[number]>;

/** A step without parameters has the type Record<string, never>, which would take away its kind. */
type Fields<Params> = string extends keyof Params ? unknown : Params;

type Parsed<Step> =
  Step extends StepSchema<infer Kind, infer Params>
    ? string extends Kind
      ? StepSpec
      : Frozen<{ kind: Kind } & Fields<z.output<Params>>>
    : never;

type Written<Step> =
  Step extends StepSchema<infer Kind, infer Params>
    ? string extends Kind
      ? StepSpec
      : Frozen<{ kind: Kind } & Fields<z.input<Params>>>
    : never;
