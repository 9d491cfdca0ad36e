// From blood to shade.
import { exp } from "@minisim/kernels/math";

export interface Blood {
  /** Share of the light lost behind infinitely thick blood. */
  readonly opacity: number;
  readonly absorption_per_um: number;
}

/**
 * Beer-Lambert through the blood, with a share of light that gets around it: 1 − opacity (1 − exp(−k L)).
 * @param path_um L, one value a pixel
 * @returns the transmitted fraction, one value a pixel, in [1 − opacity, 1]
 */
export function transmission(
  path_um: Float64Array,
  { opacity, absorption_per_um }: Blood,
): Float64Array {
  return path_um.map((length) =>
    length > 0 ? 1 - opacity * (1 - exp(-absorption_per_um * length)) : 1,
  );
}
