// What the kernels' sensor takes of an exposure, for both backends.
import type { NoiseWindow, PixelNumbers, SensorResponse, Whole } from "@minisim/kernels";
import type { Exposure } from "@minisim/sensor";

export function responseOf(exposure: Exposure): SensorResponse {
  const { photons_per_unit, quantum_efficiency, ...response } = exposure;
  return { ...response, electrons_per_unit: photons_per_unit * quantum_efficiency };
}

/** Where the offsets of a frame's rows stand in the field of noise of the row key. */
export function rowNoise(
  frame: number,
  height: number,
  whole: Pick<Whole, "height" | "top"> = { height, top: 0 },
): NoiseWindow {
  const colStart = whole.top - Math.floor(whole.height / 2);
  return { rows: 1, cols: height, rowStart: frame, colStart };
}

/** The numbers that pixels of a part of the sensor have on the whole of it. */
export const numbersOn = ({ width: stride, top, left }: Whole, width: number): PixelNumbers => ({
  width,
  first: top * stride + left,
  stride,
});
