// The measures of a truth: how cells fire, how large they look, how much they overlap.
import type { GroundTruth } from "@minisim/recording";
import { type ActivityMeasures, activityOf } from "./activity.ts";
import { cellsInView } from "./cells-in-view.ts";
import { type FootprintMeasures, footprintsOf } from "./footprints.ts";

export interface TruthMeasures {
  /** Cells in view: half or more of their observed light falls into the field of view. */
  readonly n_cells: number;
  /** Null where the cells have no activity, or there are fewer than 8 frames. */
  readonly activity: ActivityMeasures | null;
  readonly footprints: FootprintMeasures;
}

/** The truth's measures, over the cells in view. One trace at a time is read, but those whose correlation is taken. */
export function measureTruth(
  truth: GroundTruth,
  { fps, pixel_size_um }: { readonly fps: number; readonly pixel_size_um: number },
): TruthMeasures {
  const { units, footprints } = cellsInView(truth);
  const detectable = truth.field("detectable").rows(0, truth.n_units);
  return {
    n_cells: units.length,
    activity: activityOf(truth, units, fps),
    footprints: footprintsOf(footprints, (k) => detectable[units[k]!] === 1, pixel_size_um),
  };
}
