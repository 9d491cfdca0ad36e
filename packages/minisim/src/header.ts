// What a store says of a recording beside its pixels, taken from the plan that makes it.
import { groundTruth } from "@minisim/finalize";
import type { Plan, StageInfo } from "@minisim/pipeline";
import { containerOf } from "@minisim/render";
import { reachOf } from "@minisim/simulator";
import type { SnapshotInfo, StoreHeader, StoreWarning } from "@minisim/store";

/**
 * What a writer of @minisim/store takes: the same wherever a plan is stored, so that the bytes are.
 * @throws RangeError for an unknown stage `until`.
 */
export function storeHeader(plan: Plan, until?: string): StoreHeader {
  const { spec, cache_key, step_revisions, step_packages, program } = plan;
  const { n_frames, fov } = program.geometry;
  const { hasMovie, kept, last } = reachOf(plan, until);
  const whole = last === program.stages.at(-1);
  return {
    spec,
    cache_key,
    step_revisions,
    step_packages,
    ground_truth: groundTruth(plan),
    movie: {
      shape: [hasMovie ? n_frames : 0, fov.height, fov.width],
      container: containerOf(program, until),
    },
    snapshots: kept.map((stage) => snapshotInfo(plan, stage)),
    warnings: [...storeWarnings(plan.warnings), ...(whole ? [] : [stoppedEarly(last!.name)])],
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
