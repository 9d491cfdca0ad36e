// What is known of every true cell before any pipeline: where it is, how bright, how crowded.
import type { FootprintStack } from "@minisim/footprint";
import type { GroundTruth } from "@minisim/recording";
import { sparseCells } from "./metrics/cells.ts";
import { ownShares } from "./metrics/light.ts";
import { energyMask } from "./metrics/masks.ts";

/** Null where the recording does not know: no sensor, no vessels, no other cell. */
export interface TrueCell {
  /** Its index in the ground truth. */
  readonly cell: number;
  readonly depth_um: number;
  readonly y_um: number;
  readonly x_um: number;
  readonly detectable: boolean;
  readonly in_focus: boolean;
  /** Infinite without any noise. */
  readonly detection_snr: number | null;
  /** d′ of its largest transient, of one spike, the cost of its neighbours, and the correlation that the best demixing has: as in the truth. */
  readonly transient_dprime: number | null;
  readonly spike_dprime: number | null;
  readonly overlap_cost: number | null;
  readonly predicted_trace_corr: number | null;
  /** The share of its light that falls into the field of view. */
  readonly visible_fraction: number | null;
  /** Spikes in the recording. */
  readonly n_spikes: number;
  /** Of the light of all cells under its footprint, as far as it varies, the share that is its own. */
  readonly own_light_fraction: number;
  /** The share of its light that vessels take. */
  readonly vessel_overlap_fraction: number | null;
  /** Lateral distance to the nearest other cell's centre, whatever its depth: in the image depths lie on one another. */
  readonly nearest_neighbour_um: number | null;
  /** The share of its pixels (those that hold 90 % of its light) that are another cell's as well. */
  readonly neighbour_overlap_fraction: number;
}

/** `footprints`: the observed ones, on the field of view. */
export function trueCells(
  truth: GroundTruth,
  footprints: FootprintStack,
  brightness: Float64Array,
): TrueCell[] {
  const centres = truth.centers_um.data;
  const nearest = nearestNeighbours(centres);
  const shared = sharedFractions(footprints);
  const own = ownShares(sparseCells(footprints), brightness);
  const { offsets } = truth.spike_times_s;
  const known = (value: number | undefined): number | null =>
    value === undefined || Number.isNaN(value) ? null : value;
  return Array.from({ length: truth.n_units }, (_, cell) => ({
    cell,
    depth_um: centres[3 * cell]!,
    y_um: centres[3 * cell + 1]!,
    x_um: centres[3 * cell + 2]!,
    detectable: truth.detectable.data[cell] === 1,
    in_focus: truth.in_focus.data[cell] === 1,
    detection_snr: known(truth.detection_snr.data[cell]),
    transient_dprime: known(truth.transient_dprime?.data[cell]),
    spike_dprime: known(truth.spike_dprime?.data[cell]),
    overlap_cost: known(truth.overlap_cost?.data[cell]),
    predicted_trace_corr: known(truth.predicted_trace_corr?.data[cell]),
    visible_fraction: known(truth.visible_fraction?.data[cell]),
    n_spikes: offsets[cell + 1]! - offsets[cell]!,
    own_light_fraction: own[cell]!,
    vessel_overlap_fraction: known(truth.vessel_overlap_fraction?.data[cell]),
    nearest_neighbour_um: nearest[cell]! === Infinity ? null : nearest[cell]!,
    neighbour_overlap_fraction: shared[cell]!,
  }));
}

function nearestNeighbours(centres: Float64Array): Float64Array {
  const count = centres.length / 3;
  const nearest = new Float64Array(count).fill(Infinity);
  for (let i = 0; i < count; i++) {
    for (let j = i + 1; j < count; j++) {
      const dy = centres[3 * i + 1]! - centres[3 * j + 1]!;
      const dx = centres[3 * i + 2]! - centres[3 * j + 2]!;
      const distance = Math.sqrt(dy * dy + dx * dx);
      nearest[i] = Math.min(nearest[i]!, distance);
      nearest[j] = Math.min(nearest[j]!, distance);
    }
  }
  return nearest;
}

/** 0 for a cell without light. */
function sharedFractions(footprints: FootprintStack): Float64Array {
  const { height, width } = footprints.canvas;
  const owners = new Uint32Array(height * width);
  const masks = Array.from(
    { length: footprints.length },
    (_, i) => energyMask(footprints, i).pixels,
  );
  for (const pixels of masks) for (const pixel of pixels) owners[pixel]! += 1;
  return Float64Array.from(masks, (pixels) => {
    let shared = 0;
    for (const pixel of pixels) if (owners[pixel]! > 1) shared += 1;
    return pixels.length === 0 ? 0 : shared / pixels.length;
  });
}
