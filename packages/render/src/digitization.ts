// What the kernels' sensor takes of an exposure, for both backends.
import type { NoiseWindow, SensorResponse } from "@minisim/kernels";
import type { Exposure } from "@minisim/sensor";

export function responseOf(exposure: Exposure): SensorResponse {
  const { photons_per_unit, quantum_efficiency, ...response } = exposure;
  return { ...response, electrons_per_unit: photons_per_unit * quantum_efficiency };
}

/** Where the offsets of a frame's rows stand in the field of noise of the row key. */
export function rowNoise(frame: number, height: number): NoiseWindow {
  return { rows: 1, cols: height, rowStart: frame, colStart: -Math.floor(height / 2) };
}
