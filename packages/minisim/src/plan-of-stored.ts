// What the movie of a store was rendered from.
import type { Plan, StepDefinition } from "@minisim/pipeline";
import type { Simulator } from "@minisim/simulator";
import type { StoredRecording } from "@minisim/store";

/** Of a store that today's steps would not make again, or of which frames are missing. */
const NOT_AGAIN = ["cache_key_mismatch", "stopped_early"];

/** Compiled anew; null where the simulator's steps would not make this movie again. @throws the signal's reason when aborted */
export function planOfStored(
  { spec, warnings }: Pick<StoredRecording, "spec" | "warnings">,
  simulator: Pick<Simulator<readonly StepDefinition[]>, "Spec" | "compile">,
  signal: AbortSignal,
): Plan | null {
  const parsed = simulator.Spec.safeParse(spec);
  const differs = warnings.some(({ code }) => NOT_AGAIN.includes(code));
  return parsed.ok && !differs ? simulator.compile(parsed.spec, { signal }) : null;
}
