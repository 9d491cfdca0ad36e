// Detectability of every cell: the realized peak at the detector against its noise floor.
import { facts, photonBudgetAt, type Scene, slots, summaryOf } from "@minisim/pipeline";
import {
  DETECTABLE_SNR,
  detectionSnr,
  type Exposure,
  expectedElectrons,
  sampleFieldAt,
} from "@minisim/sensor";

export interface Detection {
  /** 0 or 1 per cell. */
  readonly detectable: Uint8Array;
  /** Per cell; NaN where there is no sensor to measure against. */
  readonly detection_snr: Float64Array;
}

/**
 * SNR = ΔF·g / √(base·g + read²) with g the electrons that one unit of emission brings to the cell's brightest pixel:
 * optical brightness × photon budget × transmission × photons per unit × QE. ΔF and base are of the clean trace. A cell
 * without a trace is never detectable. A photon budget that changes in time counts with its mean. Without a sensor, detectable is in_focus. Without optics every cell counts as
 * in focus, with brightness 1.
 */
export function detect(scene: Scene): Detection {
  const { count } = scene.get(slots.cells);
  const activity = scene.get(slots.activity);
  const exposure = scene.get(facts.exposure);
  const in_focus = scene.get(slots.optics)?.in_focus;
  const detectable = new Uint8Array(count);
  const snr = new Float64Array(count).fill(exposure ? 0 : Number.NaN);
  if (!activity || scene.geometry.n_frames === 0) return { detectable, detection_snr: snr };
  const { lowest, highest } = summaryOf(activity.C);
  for (let cell = 0; cell < count; cell++) {
    if (!exposure) {
      detectable[cell] = in_focus?.[cell] ?? 1;
      continue;
    }
    const value = detectionSnr({
      peak: highest[cell]! - lowest[cell]!,
      baseline: lowest[cell]!,
      gain: electronsPerUnit(scene, exposure, cell),
      read_noise_e: exposure.read_noise_e,
    });
    snr[cell] = value;
    detectable[cell] = value >= DETECTABLE_SNR ? 1 : 0;
  }
  return { detectable, detection_snr: snr };
}

function electronsPerUnit(scene: Scene, exposure: Exposure, cell: number): number {
  const { canvas, pixel_size_um } = scene.geometry;
  const [, y, x] = scene.get(slots.cells).at(cell).position_um;
  const field = scene.get(slots.transmission);
  const transmission = field ? sampleFieldAt(field, canvas, pixel_size_um, y, x) : 1;
  const brightness = scene.get(slots.optics)?.brightness[cell] ?? 1;
  return expectedElectrons(brightness * photonBudgetAt(scene, y, x) * transmission, exposure);
}
