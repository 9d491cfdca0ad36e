// Photons to electrons to counts in float64, with the random words of the kernels.
import type { PhiloxKey, PhiloxWords, SensorResponse } from "../operands.ts";
import { boxMuller } from "./normals.ts";
import { philox } from "./philox.ts";

/** Pixel p of a frame uses word (p>>2)&3 of the block with counter (4·(p>>4) + (p&3), frame number, 0, 0). */
export function digitize(
  source: ArrayLike<number>,
  nFrames: number,
  nPixels: number,
  frameNumbers: ArrayLike<number>,
  key: PhiloxKey,
  response: SensorResponse,
  target: Uint16Array | Uint8Array,
): void {
  for (let f = 0; f < nFrames; f++) {
    for (let first = 0; first < nPixels; first += 16) {
      for (let lane = 0; lane < 4; lane++) {
        const words = philox([first / 4 + lane, frameNumbers[f]!, 0, 0], key);
        const normal = normalsOf(words);
        for (let word = 0; word < 4; word++) {
          const p = first + 4 * word + lane;
          if (p >= nPixels) continue;
          const pixel = f * nPixels + p;
          target[pixel] = counts(source[pixel]!, normal[word]!, response);
        }
      }
    }
  }
}

function normalsOf(words: PhiloxWords): number[] {
  return [...boxMuller(words[0], words[1]), ...boxMuller(words[2], words[3])];
}

function counts(light: number, normal: number, response: SensorResponse): number {
  const { photons_per_unit, quantum_efficiency, read_noise_e, gain_adu_per_e, max_count } =
    response;
  const photons = (Number.isNaN(light) ? 0 : Math.max(light, 0)) * photons_per_unit;
  const mean = photons * quantum_efficiency;
  const electrons = mean + Math.sqrt(mean + read_noise_e * read_noise_e) * normal;
  return Math.min(Math.max(Math.floor(electrons * gain_adu_per_e), 0), max_count);
}
