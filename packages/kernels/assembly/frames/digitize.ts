// Photons to electrons to counts, 16 pixels an iteration: one Philox block in each of four lanes gives 16 normals.
// Pixel p uses lane p&3 and word (p>>2)&3 of counter (4·(p>>4) + lane, frame, 0, 0).
import { boxMuller, normalCos, normalSin } from "./normal";
import { philoxLanes, word0, word1, word2, word3 } from "./philox";
import { Vector } from "./vector";

/** Counts of the four pixels in `frame`, as int32 lanes. NaN is dark. */
class Sensor {
  @inline
  static counts(
    frame: v128,
    normal: v128,
    electronsPerUnit: v128,
    readVariance: v128,
    gain: v128,
    maxCount: v128,
  ): v128 {
    const zero = f32x4.splat(0);
    const mean = f32x4.mul(f32x4.pmax(zero, frame), electronsPerUnit);
    const noise = f32x4.mul(f32x4.sqrt(f32x4.add(mean, readVariance)), normal);
    const signal = f32x4.floor(f32x4.mul(f32x4.add(mean, noise), gain));
    const clipped = f32x4.pmin(maxCount, f32x4.pmax(zero, signal));
    // Adding 2²³ puts an integer below 2²³ into the low bits of the float.
    return v128.xor(f32x4.add(clipped, f32x4.splat(8388608)), i32x4.splat(0x4b000000));
  }
}

export function digitizeU8(
  source: usize,
  nFrames: i32,
  nPixels: i32,
  frameNumbers: usize,
  key0: i32,
  key1: i32,
  electronsPerUnit: f32,
  readVariance: f32,
  gain: f32,
  maxCount: f32,
  target: usize,
): void {
  digitize<u8>(
    source,
    nFrames,
    nPixels,
    frameNumbers,
    key0,
    key1,
    electronsPerUnit,
    readVariance,
    gain,
    maxCount,
    target,
  );
}

export function digitizeU16(
  source: usize,
  nFrames: i32,
  nPixels: i32,
  frameNumbers: usize,
  key0: i32,
  key1: i32,
  electronsPerUnit: f32,
  readVariance: f32,
  gain: f32,
  maxCount: f32,
  target: usize,
): void {
  digitize<u16>(
    source,
    nFrames,
    nPixels,
    frameNumbers,
    key0,
    key1,
    electronsPerUnit,
    readVariance,
    gain,
    maxCount,
    target,
  );
}

function digitize<Count>(
  source: usize,
  nFrames: i32,
  nPixels: i32,
  frameNumbers: usize,
  key0: i32,
  key1: i32,
  electronsPerUnit: f32,
  readVariance: f32,
  gain: f32,
  maxCount: f32,
  target: usize,
): void {
  const keys0 = i32x4.splat(key0);
  const keys1 = i32x4.splat(key1);
  const scale = f32x4.splat(electronsPerUnit);
  const read = f32x4.splat(readVariance);
  const gains = f32x4.splat(gain);
  const top = f32x4.splat(maxCount);
  const zero = i32x4.splat(0);
  for (let f = 0; f < nFrames; f++) {
    const frame = i32x4.splat(load<i32>(frameNumbers + ((<usize>f) << 2)));
    let counter = i32x4(0, 1, 2, 3);
    for (let p = 0; p < nPixels; p += 16) {
      const remaining = nPixels - p;
      philoxLanes(counter, frame, zero, zero, keys0, keys1);
      counter = i32x4.add(counter, i32x4.splat(4));
      boxMuller(word0, word1);
      const counts0 = Sensor.counts(
        Vector.loadRun(source, remaining),
        normalCos,
        scale,
        read,
        gains,
        top,
      );
      const counts1 = Sensor.counts(
        Vector.loadRun(source + 16, remaining - 4),
        normalSin,
        scale,
        read,
        gains,
        top,
      );
      boxMuller(word2, word3);
      const counts2 = Sensor.counts(
        Vector.loadRun(source + 32, remaining - 8),
        normalCos,
        scale,
        read,
        gains,
        top,
      );
      const counts3 = Sensor.counts(
        Vector.loadRun(source + 48, remaining - 12),
        normalSin,
        scale,
        read,
        gains,
        top,
      );
      if (remaining >= 16) {
        const first = i16x8.narrow_i32x4_u(counts0, counts1);
        const second = i16x8.narrow_i32x4_u(counts2, counts3);
        if (sizeof<Count>() == 1) {
          v128.store(target, i8x16.narrow_i16x8_u(first, second));
        } else {
          v128.store(target, first);
          v128.store(target, second, 16);
        }
      } else {
        storeCounts<Count>(target, counts0, remaining);
        storeCounts<Count>(target + 4 * sizeof<Count>(), counts1, remaining - 4);
        storeCounts<Count>(target + 8 * sizeof<Count>(), counts2, remaining - 8);
        storeCounts<Count>(target + 12 * sizeof<Count>(), counts3, remaining - 12);
      }
      const done = <usize>min(remaining, 16);
      source += done << 2;
      target += done * sizeof<Count>();
    }
  }
}

function storeCounts<Count>(target: usize, counts: v128, count: i32): void {
  if (count > 0) store<Count>(target, <Count>i32x4.extract_lane(counts, 0));
  if (count > 1) store<Count>(target, <Count>i32x4.extract_lane(counts, 1), sizeof<Count>());
  if (count > 2) store<Count>(target, <Count>i32x4.extract_lane(counts, 2), 2 * sizeof<Count>());
  if (count > 3) store<Count>(target, <Count>i32x4.extract_lane(counts, 3), 3 * sizeof<Count>());
}
