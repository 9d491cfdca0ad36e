// Who could be found: what the sensor shows of each cell, and how well it can be told from everything else.
import { boxOf, type Footprint, type FootprintStack, intersect } from "@minisim/footprint";
import { facts, observedFootprints, type Plan, type SceneGeometry, slots } from "@minisim/pipeline";
import { type DetectionInput, detectionSnr, type Exposure, shownRise } from "@minisim/sensor";
import { brightestPixels } from "./pixel-rise.ts";
import {
  type Separability,
  separabilityOf,
  unknownSeparability,
} from "./separability/separability.ts";

export interface Detection extends Omit<Separability, "trace_error"> {
  /** 0 or 1 per cell. */
  readonly detectable: Uint8Array;
  /** Per cell; NaN where there is no sensor to measure against. */
  readonly detection_snr: Float64Array;
  /** Per cell: the largest rise of its light over the error of the best demixing; NaN where there is no sensor. */
  readonly transient_dprime: Float64Array;
  /** Per cell: the share of the light of its observed footprint that falls into the field of view. */
  readonly visible_fraction: Float64Array;
}

/** A cell of which less is in view is not counted as one that could be found. */
const DETECTABLE_SHARE = 0.5;

/**
 * From this `transient_dprime` on, a cell counts as one that a good pipeline could find. An estimate until pipelines have run whole on movies of this
 * physics: CNMF-E, on movies of the first edition, found half of the cells whose brightest pixel had a measured SNR of 1.6 (0.46 of those
 * between 1 and 2, 0.86 between 2 and 3), and between an SNR of 1 and 3 d′ is 8.5 times that (median of 252 cells of miniscope_v4/ca1).
 */
export const DETECTABLE_DPRIME = 14;

/**
 * Detectable is a d′ of the largest transient of at least DETECTABLE_DPRIME, and at least half of the light in view. A cell without a trace is never
 * detectable. Without a sensor, in_focus stands in for d′; without optics every cell counts as in focus.
 */
export function detect(plan: Plan): Detection {
  const { scene } = plan;
  const { count } = scene.get(slots.cells);
  const active = scene.get(slots.activity) !== null && scene.geometry.n_frames > 0;
  // To blur the footprints of cells whose light no step adds would cost time for nothing.
  const observed = addsFootprints(plan) ? observedFootprints(scene) : null;
  const visible_fraction = visibleFractions(plan, observed);
  const exposure = scene.get(facts.exposure);
  const judged = exposure ? judge(plan, observed, exposure) : unsensed(count);
  const in_focus = scene.get(slots.optics)?.in_focus;
  const found = (cell: number) =>
    exposure
      ? judged.transient_dprime[cell]! >= DETECTABLE_DPRIME
      : active && (in_focus?.[cell] ?? 1) === 1;
  const detectable = Uint8Array.from(visible_fraction, (share, cell) =>
    share >= DETECTABLE_SHARE && found(cell) ? 1 : 0,
  );
  return { ...judged, detectable, visible_fraction };
}

type Judged = Omit<Detection, "detectable" | "visible_fraction">;

const unsensed = (count: number): Judged => ({
  ...unknownSeparability(count),
  detection_snr: new Float64Array(count).fill(Number.NaN),
  transient_dprime: new Float64Array(count).fill(Number.NaN),
});

function judge(plan: Plan, observed: FootprintStack | null, exposure: Exposure): Judged {
  const { scene } = plan;
  const { count } = scene.get(slots.cells);
  const activity = scene.get(slots.activity);
  const detection_snr = new Float64Array(count);
  const transient_dprime = new Float64Array(count);
  if (!observed || !activity || scene.geometry.n_frames === 0) {
    return { ...unknownSeparability(count), detection_snr, transient_dprime };
  }
  const { light, rises } = brightestPixels(plan, observed, activity, exposure);
  const { trace_error, ...separability } = separabilityOf(plan, light);
  for (const [cell, rise] of rises.entries()) {
    if (!rise) continue;
    detection_snr[cell] = detectionSnr(rise, exposure);
    // A cell that never rises keeps 0.
    if (rise.peak > 0)
      transient_dprime[cell] = (rise.peak * shownShare(rise, exposure)) / trace_error[cell]!;
  }
  return { ...separability, detection_snr, transient_dprime };
}

/** What the brightest pixel can show of its rise. */
function shownShare(rise: DetectionInput, exposure: Exposure): number {
  const whole_e = rise.peak * rise.gain;
  return whole_e > 0 ? shownRise(rise, exposure).rise_e / whole_e : 0;
}

/** Whether any step adds the light of single cells. */
function addsFootprints({ program }: Plan): boolean {
  return program.instructions.some(
    (instruction) => instruction.verb === "accumulate" && "canvas" in instruction.components,
  );
}

/**
 * The optics' blur conserves light, so the whole is what was planted, of which the canvas may have cut a part, times the gain. Where no step
 * adds footprints, they are the planted ones.
 */
function visibleFractions({ scene }: Plan, observed: FootprintStack | null): Float64Array {
  const cells = scene.get(slots.cells);
  const gain = observed ? scene.get(slots.optics)?.gain : undefined;
  const footprints = observed ?? cells.planted;
  return Float64Array.from({ length: cells.count }, (_, cell) => {
    const whole = cells.lightOf(cell) * (gain?.[cell] ?? 1);
    // Float32 pixels round the share by up to 1e-7.
    return whole > 0 ? Math.min(1, lightInView(footprints.at(cell), scene.geometry) / whole) : 0;
  });
}

function lightInView(footprint: Footprint, { fov, margin_px }: SceneGeometry): number {
  const seen = intersect(boxOf(footprint), { top: margin_px, left: margin_px, ...fov });
  if (seen === null) return 0;
  let total = 0;
  for (let y = 0; y < seen.height; y++) {
    const from = (seen.top + y - footprint.row) * footprint.width + seen.left - footprint.col;
    for (let x = 0; x < seen.width; x++) total += footprint.data[from + x]!;
  }
  return total;
}
