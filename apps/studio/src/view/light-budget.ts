// What counts say of the light that made them, by the chip of the spec.

import { exposureOf, noiseSigmaE } from "@minisim/sensor";
import type { Spec } from "@minisim/spec";

type Acquisition = Spec["acquisition"];

/** Photons that a pixel got in one frame, and the noise on them in e⁻, from its mean count. A count stands for the middle of its step. */
export function lightOf(
  count: number,
  acquisition: Pick<Acquisition, "image_sensor" | "fps" | "exposure_fraction">,
) {
  const { image_sensor: chip, fps, exposure_fraction } = acquisition;
  const exposure = exposureOf(chip, 1, exposure_fraction / fps);
  const collected = (count + 0.5 - exposure.black_counts) / exposure.counts_per_e;
  const electrons = Math.max(0, collected - exposure.dark_e);
  return {
    photons: electrons / exposure.quantum_efficiency,
    noise_e: noiseSigmaE(electrons, exposure),
  };
}
