// Detectability of every cell: the realized peak at the detector against its noise floor.
import { type Facts, photonBudgetAt, type Scene, summaryOf } from "@minisim/pipeline";
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
 * without a trace is never detectable. Without a sensor, detectable is in_focus. Without optics every cell counts as
 * in focus, with brightness 1.
 */
export function detect(scene: Scene, facts: Facts): Detection {
  const { cells } = scene;
  const { n_frames: frames } = scene.geometry;
  const detectable = new Uint8Array(cells.count);
  const snr = new Float64Array(cells.count).fill(facts.exposure ? 0 : Number.NaN);
  if (!cells.activity || frames === 0) return { detectable, detection_snr: snr };
  const { lowest, highest } = summaryOf(cells.activity.C);
  for (let cell = 0; cell < cells.count; cell++) {
    if (!facts.exposure) {
      detectable[cell] = cells.optics?.in_focus[cell] ?? 1;
      continue;
    }
    const value = detectionSnr({
      peak: highest[cell]! - lowest[cell]!,
      baseline: lowest[cell]!,
      gain: electronsPerUnit(scene, facts, facts.exposure, cell),
      read_noise_e: facts.exposure.read_noise_e,
    });
    snr[cell] = value;
    detectable[cell] = value >= DETECTABLE_SNR ? 1 : 0;
  }
  return { detectable, detection_snr: snr };
}

function electronsPerUnit(scene: Scene, facts: Facts, exposure: Exposure, cell: number): number {
  const { canvas, pixel_size_um } = scene.geometry;
  const [, y, x] = scene.cells.at(cell).position_um;
  const transmission = scene.transmission
    ? sampleFieldAt(scene.transmission, canvas, pixel_size_um, y, x)
    : 1;
  const brightness = scene.cells.optics?.brightness[cell] ?? 1;
  const budget = photonBudgetAt(facts, pixel_size_um, y, x);
  return expectedElectrons(brightness * budget * transmission, exposure);
}
