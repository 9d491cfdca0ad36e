// The simulator with the built-in steps, made once.
import { createSimulator, type Simulator } from "@minisim/simulator";
import type { StepInputOf } from "@minisim/spec";
import { builtinSteps } from "./steps.ts";

/** The types of the built-in steps, for `Spec` and `SpecInput`. */
export type BuiltinSteps = typeof builtinSteps;

/** A built-in step as written in a spec; that of one kind where it is named. */
export type StepInput<Kind extends string = string> = Extract<
  StepInputOf<BuiltinSteps>,
  { readonly kind: Kind }
>;

/** The simulator with the built-in steps, wherever one is asked for: `compile`, `simulate` and `Spec` of this package are its own. */
export const builtin: Simulator<BuiltinSteps> = createSimulator({ steps: builtinSteps });
