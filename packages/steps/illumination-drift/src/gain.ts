// The power of the lamp in each frame, relative to the warm lamp.
//   gain(t) = (1 + a e^(−t/τ)) · (1 + w x(t)) · (1 + f z(t)) · p(t)
import { exp } from "@minisim/kernels/math";
import { ornsteinUhlenbeck, type Random } from "@minisim/random";
import type { Frozen } from "@minisim/spec";
import type { z } from "zod";
import type { params } from "./params.ts";

export type Lamp = Frozen<z.output<typeof params>>;

/**
 * One factor a frame, for t at its start: warming up, an Ornstein-Uhlenbeck wander x, white flicker z, and steps p. A factor that its
 * noise would make negative is 0. Each noise has a stream of its own, and a longer recording begins as a shorter one.
 */
export function illuminationGain(
  lamp: Lamp,
  n_frames: number,
  fps: number,
  random: Random,
): Float64Array {
  const gain = new Float64Array(n_frames);
  const powerAt = steps(lamp.power_steps);
  for (let t = 0; t < n_frames; t++) {
    const time_s = t / fps;
    const warming = 1 + lamp.warm_up_amplitude * exp(-time_s / lamp.warm_up_tau_s);
    gain[t] = warming * powerAt(time_s);
  }
  if (lamp.wander_cv > 0) {
    const { normal } = random.stream("wander");
    vary(gain, lamp.wander_cv, ornsteinUhlenbeck(n_frames, lamp.wander_tau_s * fps, normal));
  }
  if (lamp.flicker_cv > 0) {
    const { normal } = random.stream("flicker");
    vary(
      gain,
      lamp.flicker_cv,
      Float64Array.from(gain, () => normal()),
    );
  }
  return gain;
}

function vary(gain: Float64Array, cv: number, deviates: Float64Array): void {
  for (let t = 0; t < gain.length; t++) gain[t]! *= Math.max(0, 1 + cv * deviates[t]!);
}

/** The power at times that are asked for in ascending order. */
function steps(changes: Lamp["power_steps"]): (time_s: number) => number {
  let next = 0;
  let power = 1;
  return (time_s) => {
    while (next < changes.length && changes[next]!.start_s <= time_s)
      power = changes[next++]!.power;
    return power;
  };
}
