// The radius of vessels in time, and the light that the blood in them lets through.
import { exp } from "@minisim/kernels/math";
import type { Random } from "@minisim/random";
import type { Frozen } from "@minisim/spec";
import type { z } from "zod";
import type { params } from "./params.ts";
import { rhythm, type Shutter } from "./rhythm.ts";

export type Circulation = Frozen<z.output<typeof params>>;

/** Radius relative to rest, one value a frame, never below 0. Each rhythm has a stream of its own. */
export function vesselRadius(
  circulation: Circulation,
  shutter: Shutter,
  n_frames: number,
  random: Random,
): Float64Array {
  const radius = new Float64Array(n_frames).fill(1);
  for (const name of ["vasomotion", "heartbeat"] as const) {
    const dilation = circulation[`${name}_dilation`];
    if (dilation === 0) continue;
    const own = {
      frequency_hz: circulation[`${name}_frequency_hz`],
      memory_s: circulation[`${name}_memory_s`],
    };
    const course = rhythm(own, shutter, n_frames, random.stream(name));
    for (let t = 0; t < n_frames; t++) radius[t]! += dilation * course[t]!;
  }
  return radius.map((value) => Math.max(0, value));
}

/** Beer-Lambert: exp(−a (r² − 1)) of the light passes that passes at rest. The volume of blood goes with the square of its vessels' radius r. */
export const transmissionOf = (radius: Float64Array, absorbance: number): Float64Array =>
  radius.map((r) => exp(-absorbance * (r * r - 1)));
