// A rhythm of the body: an oscillation whose size and phase wander.
import { cos, sin } from "@minisim/kernels/math";
import { ornsteinUhlenbeck, type Stream } from "@minisim/random";

export interface Rhythm {
  readonly frequency_hz: number;
  /** Time over which size and phase are forgotten. */
  readonly memory_s: number;
}

export interface Shutter {
  readonly fps: number;
  readonly exposure_s: number;
}

/**
 * Narrow-band Gaussian noise, u cos ωt + v sin ωt with independent Ornstein-Uhlenbeck processes u and v of variance 1: of mean 0 and
 * variance 1 at each instant, its spectrum a peak at the frequency, 1 / (π memory) wide at half of its height. A frame has the mean over its exposure, which is
 * sin(x) / x, x = π · frequency · exposure, of the value in its middle, as long as memory is long beside the exposure. What is faster than half
 * the frame rate is seen folded back, as by a camera.
 * @returns one value a frame
 */
export function rhythm(
  { frequency_hz, memory_s }: Rhythm,
  { fps, exposure_s }: Shutter,
  n_frames: number,
  { normal }: Stream,
): Float64Array {
  const values = new Float64Array(n_frames);
  const seen = meanOverExposure(Math.PI * frequency_hz * exposure_s);
  for (const wave of [cos, sin]) {
    const size = ornsteinUhlenbeck(n_frames, memory_s * fps, normal);
    for (let t = 0; t < n_frames; t++) {
      const cycles = frequency_hz * (t / fps + exposure_s / 2);
      values[t]! += seen * size[t]! * wave(2 * Math.PI * (cycles - Math.floor(cycles)));
    }
  }
  return values;
}

const meanOverExposure = (x: number): number => (x > 0 ? sin(x) / x : 1);
