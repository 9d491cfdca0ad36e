// What a store says of a recording beside its pixels, taken from the plan that makes it.
import { groundTruth } from "@minisim/finalize";
import type { Plan, StageInfo } from "@minisim/pipeline";
import { containerOf } from "@minisim/render";
import { reachOf, type Simulator } from "@minisim/simulator";
import type { Spec } from "@minisim/spec";
import type { SnapshotInfo, StoreHeader, StoreWarning } from "@minisim/store";
import { builtin } from "./builtin.ts";

/**
 * What a writer of @minisim/store takes: the same wherever a plan is stored, so that the bytes are.
 * @throws RangeError for an unknown stage `until`.
 */
export function storeHeader(
  plan: Plan,
  simulator: Simulator = builtin,
  until?: string,
): StoreHeader {
  const { spec, program } = plan;
  const { n_frames, fov } = program.geometry;
  const { hasMovie, kept, last } = reachOf(plan, until);
  const whole = last === program.stages.at(-1);
  return {
    spec,
    ...provenance(spec, simulator),
    ground_truth: groundTruth(plan),
    movie: {
      shape: [hasMovie ? n_frames : 0, fov.height, fov.width],
      container: containerOf(program, until),
    },
    snapshots: kept.map((stage) => snapshotInfo(plan, stage)),
    warnings: [...storeWarnings(plan.warnings), ...(whole ? [] : [stoppedEarly(last!.name)])],
  };
}

/** Under which revisions of which steps a spec gives its recording. */
export function provenance(spec: Spec, simulator: Simulator) {
  const used = new Set(spec.steps.map(({ kind }) => kind));
  const steps = simulator.steps.filter(({ kind }) => used.has(kind));
  return {
    cache_key: simulator.Spec.cacheKey(spec),
    step_revisions: Object.fromEntries(steps.map(({ kind, revision }) => [kind, revision])),
  };
}

export const storeWarnings = (warnings: Plan["warnings"]): StoreWarning[] =>
  warnings.map(({ code, path, message }) => ({ code, path, message }));

function snapshotInfo({ program }: Plan, { name, space }: StageInfo): SnapshotInfo {
  const { geometry } = program;
  const { height, width } = geometry[space ?? "fov"];
  const margin = space === "canvas" ? geometry.margin_px : 0;
  return { name, shape: [geometry.n_frames, height, width], fov_offset: [margin, margin] };
}

function stoppedEarly(stage: string): StoreWarning {
  const message = `The movie is the one after the stage ${stage}; later steps of the spec did not touch it.`;
  return { code: "stopped_early", path: ["steps"], message };
}
