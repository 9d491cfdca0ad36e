// A simulator that remembers how many frames of each plan it has compiled.
import type { Simulator } from "@minisim/simulator";
import { builtinSteps, createSimulator } from "minisim";

export function watched(): { simulator: Simulator; compiled: number[] } {
  const compiled: number[] = [];
  const { compile, ...rest } = createSimulator({ steps: builtinSteps });
  const simulator = {
    ...rest,
    compile: (...of: Parameters<typeof compile>) => {
      const plan = compile(...of);
      compiled.push(plan.program.geometry.n_frames);
      return plan;
    },
  } as unknown as Simulator;
  return { simulator, compiled };
}
