// Photons to electrons to counts, for pixels whose normals are drawn: ⌊gain · (λ + √(λ + read²) · z)⌋ within 0…top.
import { SCHEDULE_BYTES, scheduleKeys } from "./philox";

/** What the sensor record of `prepareSensor` takes. */
export function sensorBytes(): usize {
  return SCHEDULE_BYTES + 64;
}

/** The key schedule, then scale, read variance, gain and largest count, each in four lanes. */
export function prepareSensor(
  at: usize,
  key0: i32,
  key1: i32,
  electronsPerUnit: f32,
  readVariance: f32,
  gain: f32,
  maxCount: f32,
): void {
  scheduleKeys(at, key0, key1);
  v128.store(at + SCHEDULE_BYTES, f32x4.splat(electronsPerUnit));
  v128.store(at + SCHEDULE_BYTES, f32x4.splat(readVariance), 16);
  v128.store(at + SCHEDULE_BYTES, f32x4.splat(gain), 32);
  v128.store(at + SCHEDULE_BYTES, f32x4.splat(maxCount), 48);
}

class Sensor {
  /** Counts of four pixels, as int32 lanes. NaN is dark. */
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

/** Counts of whole groups of 16 pixels, u8 or u16. */
export function countGroups<Count>(
  light: usize,
  normals: usize,
  nGroups: i32,
  sensor: usize,
  target: usize,
): void {
  const scale = v128.load(sensor + SCHEDULE_BYTES);
  const read = v128.load(sensor + SCHEDULE_BYTES, 16);
  const gain = v128.load(sensor + SCHEDULE_BYTES, 32);
  const top = v128.load(sensor + SCHEDULE_BYTES, 48);
  for (let group = 0; group < nGroups; group++) {
    const a = Sensor.counts(v128.load(light), v128.load(normals), scale, read, gain, top);
    const b = Sensor.counts(v128.load(light, 16), v128.load(normals, 16), scale, read, gain, top);
    const c = Sensor.counts(v128.load(light, 32), v128.load(normals, 32), scale, read, gain, top);
    const d = Sensor.counts(v128.load(light, 48), v128.load(normals, 48), scale, read, gain, top);
    const first = i16x8.narrow_i32x4_u(a, b);
    const second = i16x8.narrow_i32x4_u(c, d);
    if (sizeof<Count>() == 1) {
      v128.store(target, i8x16.narrow_i16x8_u(first, second));
    } else {
      v128.store(target, first);
      v128.store(target, second, 16);
    }
    light += 64;
    normals += 64;
    target += 16 * sizeof<Count>();
  }
}
