// How far a run goes, and what it keeps on the way.
import { findStage, type Plan, type StageInfo } from "@minisim/pipeline";

export interface Reach {
  /** The stage that the run stops after; undefined where the spec has no steps. */
  readonly last: StageInfo | undefined;
  readonly hasMovie: boolean;
  /** The stages whose movie the spec asks to keep. */
  readonly kept: readonly StageInfo[];
}

/** @throws RangeError that lists the stages when there is no stage or step `until`. */
export function reachOf({ program, spec }: Plan, until?: string): Reach {
  const { stages } = program;
  const last = until === undefined ? stages.at(-1) : findStage(program, until);
  const reached = last ? stages.slice(0, stages.indexOf(last) + 1) : [];
  const withMovie = reached.filter((stage) => stage.space !== null);
  const kept = spec.output.save_intermediates ? withMovie : [];
  return { last, hasMovie: withMovie.length > 0, kept };
}
