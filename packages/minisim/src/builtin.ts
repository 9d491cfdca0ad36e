// The simulator with the built-in steps, made once.
import { createSimulator, type Simulator } from "@minisim/simulator";
import { builtinSteps } from "./steps.ts";

export const builtin: Simulator<typeof builtinSteps> = createSimulator({ steps: builtinSteps });
