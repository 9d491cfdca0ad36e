// What a recording is without its noise, and what its cells have in it.
import { footprintsInMotion, noiseless, observedFootprints, type Plan } from "@minisim/pipeline";
import type { Recorded } from "@minisim/recording";
import { type LiveOptions, liveRecording } from "./live-recording.ts";

export interface NoiselessRecordings {
  /** All light, in the units of the last stage: after a sensor, in counts above those without light. */
  readonly light: Recorded;
  /** The same of the cells' footprints alone. What they scatter widely counts as background, as what pipelines take it for. */
  readonly cells: Recorded;
}

/** The expected movies behind an observed one, as live recordings: light = cells + background, and the observed movie is light + noise. */
export function noiselessRecordings(plan: Plan, options: LiveOptions = {}): NoiselessRecordings {
  const of = (sources: Parameters<typeof noiseless>[1]) =>
    liveRecording({ ...plan, program: noiseless(plan.program, sources) }, options);
  const moving = footprintsInMotion(plan.scene);
  const footprints = [observedFootprints(plan.scene), ...(moving ? [moving.stack] : [])];
  return { light: of(null), cells: of(footprints) };
}
