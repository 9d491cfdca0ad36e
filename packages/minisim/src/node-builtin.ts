// The simulator that knows the twelve built-in steps.
import { createSimulator, type Simulator } from "@minisim/simulator";
import { builtinSteps } from "./steps.ts";

export const builtin: Simulator<typeof builtinSteps> = createSimulator({ steps: builtinSteps });
