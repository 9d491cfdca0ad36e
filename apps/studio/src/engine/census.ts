// Who is in a recording and who of them can be found, over all of its duration: traces, and no frames.
import { groundTruth } from "@minisim/finalize";
import { type Plan, slots } from "@minisim/pipeline";

export interface Census {
  readonly seconds: number;
  readonly planted: number;
  readonly inView: number;
  readonly detectableCount: number;
  readonly inFocusCount: number;
  /** Of each unit in view. */
  readonly snr: Float64Array;
  /** d′ of the largest transient, the cell alone: what decides whether it is detectable. NaN without a sensor. */
  readonly dprime: Float64Array;
  readonly detectable: Uint8Array;
  readonly focalDepthUm: number | null;
}

/** The numbers are those of the recording's ground truth, as `minisim inspect` counts them. */
export function censusOf(plan: Plan): Census {
  const truth = groundTruth(plan);
  const { n_frames } = plan.program.geometry;
  const { transient_dprime, overlap_cost, n_units } = truth;
  const in_focus = truth.in_focus.data;
  return {
    seconds: n_frames / plan.spec.acquisition.fps,
    planted: plan.scene.get(slots.cells).count,
    inView: truth.n_units,
    detectableCount: truth.n_detectable,
    inFocusCount: in_focus.reduce((sum, one) => sum + one, 0),
    dprime: Float64Array.from(
      { length: n_units },
      (_, unit) =>
        (transient_dprime?.data[unit] ?? Number.NaN) * (overlap_cost?.data[unit] ?? Number.NaN),
    ),
    snr: truth.detection_snr.data.slice(),
    detectable: truth.detectable.data.slice(),
    focalDepthUm: truth.focal_depth_um,
  };
}
