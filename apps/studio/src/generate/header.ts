// What a store says of a recording beside its pixels: the same that the command line writes, so that the bytes are the same.
import { groundTruth } from "@minisim/finalize";
import type { Plan } from "@minisim/pipeline";
import { containerOf } from "@minisim/render";
import { reachOf } from "@minisim/simulator";
import type { StoreHeader } from "@minisim/store";
import { builtinSteps, Spec } from "minisim";

export function storeHeader(plan: Plan): StoreHeader {
  const { spec, program } = plan;
  const { geometry } = program;
  const { hasMovie, kept } = reachOf(plan);
  const used = new Set(spec.steps.map(({ kind }) => kind));
  return {
    spec,
    cache_key: Spec.cacheKey(spec),
    step_revisions: Object.fromEntries(
      builtinSteps.flatMap(({ kind, revision }) => (used.has(kind) ? [[kind, revision]] : [])),
    ),
    ground_truth: groundTruth(plan),
    movie: {
      shape: [hasMovie ? geometry.n_frames : 0, geometry.fov.height, geometry.fov.width],
      container: containerOf(program),
    },
    snapshots: kept.map(({ name, space }) => {
      const { height, width } = geometry[space ?? "fov"];
      const margin = space === "canvas" ? geometry.margin_px : 0;
      return {
        name,
        shape: [geometry.n_frames, height, width] as const,
        fov_offset: [margin, margin] as const,
      };
    }),
    warnings: plan.warnings.map(({ code, path, message }) => ({ code, path, message })),
  };
}
