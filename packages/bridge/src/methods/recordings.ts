// Methods that make, open and release recordings.
import type { Recorded } from "@minisim/recording";
import { builtin, formatIssue, withClippingWarnings } from "minisim";
import { openRecording } from "minisim/node";
import { z } from "zod";
import type { Held, HeldRecordings } from "../held-recordings.ts";
import { handle, method, path } from "../parameters.ts";
import { readSpec, specSource } from "../spec-source.ts";

export const recordingMethods = (held: HeldRecordings) => ({
  /** Compiles a spec. `look`: renders a few frames to see whether the movie clips, which is a warning. */
  simulate: method(
    z.strictObject({ spec: specSource, look: z.boolean().default(true) }),
    async ({ spec: source, look }, { signal }) => {
      const { spec, warnings, simulator } = await readSpec(source);
      const plan = simulator.compile(spec, { signal });
      const looked = look ? await withClippingWarnings(plan, { signal }) : plan;
      return describe(held, held.addLive(plan, merged(warnings, looked.warnings)));
    },
  ),
  open: method(z.strictObject({ path }), async ({ path: folder }) =>
    describe(held, held.addStored(await openRecording(folder), folder)),
  ),
  close: method(z.strictObject({ recordings: z.array(handle) }), ({ recordings }) => {
    for (const number of recordings) held.close(number);
  }),
});

/** Warnings of the spec, which a plan repeats. */
function merged(...lists: readonly Recorded["warnings"][]): Recorded["warnings"] {
  const byText = new Map(lists.flat().map((one) => [JSON.stringify([one.path, one.message]), one]));
  return [...byText.values()];
}

function describe(held: HeldRecordings, number: number) {
  const one = held.get(number);
  const { spec, shape, container, cache_key, step_revisions, step_packages } = one.recorded;
  return {
    recording: number,
    ...{ spec, shape, dtype: container, cache_key, step_revisions, step_packages },
    warnings: one.warnings.map(({ code, path: place, message }) => {
      const sentence = formatIssue({ severity: "warning", code, path: place, message });
      return { code, path: place, message, sentence };
    }),
    stages: stagesOf(one),
  };
}

/** Those that have a movie, in their order. */
function stagesOf(held: Held): { readonly name: string; readonly kind: string }[] {
  if ("stored" in held) {
    const kindOf = (name: string) =>
      builtin.steps.find(({ kind, stage = kind }) => stage === name)?.kind ?? name;
    return held.stored.snapshots.map(({ name }) => ({ name, kind: kindOf(name) }));
  }
  const withMovie = held.plan.program.stages.filter(({ space }) => space !== null);
  return withMovie.map(({ name, kind }) => ({ name, kind }));
}
