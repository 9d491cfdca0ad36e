// Who could be found: what the sensor shows of each cell, and how well it can be told from everything else.
import { boxOf, type Footprint, type FootprintStack, intersect } from "@minisim/footprint";
import { facts, observedFootprints, type Plan, type SceneGeometry, slots } from "@minisim/pipeline";
import { type DetectionInput, detectionSnr, type Exposure, shownRise } from "@minisim/sensor";
import { brightestPixels } from "./pixel-rise.ts";
import { type Separability, separating, unknownSeparability } from "./separability/separability.ts";

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
 * From this d′ of its largest transient on, the cell alone, a cell counts as one that a good pipeline finds. suite2p 0.14.4, tuned so that four of
 * five of its regions are true, finds half of the cells at 20.0 (95 %: 17.8 to 22.3), in twelve movies of three regions: examples/studies/detectability.
 * Tuned so that two of five are false, it finds half at 11.5; minian as it comes, at some 60.
 */
export const DETECTABLE_DPRIME = 20;

/**
 * Detectable is a d′ of the largest transient, the cell alone, of at least DETECTABLE_DPRIME, and at least half of the light in view. What neighbours
 * cost is not in it: that is what demixing a single frame costs, and in a whole movie they are silent most of the time. With it the d′ at which
 * half are found falls from 16.5 among lone cells to 7.0 among crowded ones; without it, it is 18.4 and 21.7.
 * A cell without a trace is never detectable. Without a sensor, in_focus stands in for d′; without optics every cell counts as in focus.
 * It yields between its parts, some tenths of a second each.
 */
export function* detecting(plan: Plan): Generator<void, Detection> {
  const { scene } = plan;
  const { count } = scene.get(slots.cells);
  const active = scene.get(slots.activity) !== null && scene.geometry.n_frames > 0;
  // To blur the footprints of cells whose light no step adds would cost time for nothing.
  const observed = addsFootprints(plan) ? observedFootprints(scene) : null;
  const visible_fraction = visibleFractions(plan, observed);
  const exposure = scene.get(facts.exposure);
  const judged = exposure ? yield* judging(plan, observed, exposure) : unsensed(count);
  const in_focus = scene.get(slots.optics)?.in_focus;
  const found = (cell: number) =>
    exposure
      ? judged.transient_dprime[cell]! * judged.overlap_cost[cell]! >= DETECTABLE_DPRIME
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

function* judging(
  plan: Plan,
  observed: FootprintStack | null,
  exposure: Exposure,
): Generator<void, Judged> {
  const { scene } = plan;
  const { count } = scene.get(slots.cells);
  const activity = scene.get(slots.activity);
  const detection_snr = new Float64Array(count);
  const transient_dprime = new Float64Array(count);
  if (!observed || !activity || scene.geometry.n_frames === 0) {
    return { ...unknownSeparability(count), detection_snr, transient_dprime };
  }
  const { light, rises } = brightestPixels(plan, observed, activity, exposure);
  yield;
  const { trace_error, ...separability } = yield* separating(plan, light);
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
