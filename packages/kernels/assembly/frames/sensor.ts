// Photons to electrons to counts, for pixels whose normals are drawn:
// λ = light · scale · response + dark, e = min(λ + √(λ + read²) · z, well) + offset, count = ⌊gain · e + black⌋ within 0…top.
import { SCHEDULE_BYTES, scheduleKeys } from "./philox";

// Behind the key schedule: seven numbers, each in four lanes; then the addresses of the patterns; then how pixels are numbered.
const SCALARS = 7;
const PATTERNS: usize = SCHEDULE_BYTES + 16 * SCALARS;

/** What the sensor record of `prepareSensor` takes. */
export function sensorBytes(): usize {
  return PATTERNS + 32;
}

/** The part of the record that is the same for all pixels. */
export function prepareSensor(
  at: usize,
  key0: i32,
  key1: i32,
  electronsPerUnit: f32,
  dark: f32,
  readVariance: f32,
  fullWell: f32,
  gain: f32,
  black: f32,
  maxCount: f32,
): void {
  scheduleKeys(at, key0, key1);
  v128.store(at + SCHEDULE_BYTES, f32x4.splat(electronsPerUnit));
  v128.store(at + SCHEDULE_BYTES, f32x4.splat(dark), 16);
  v128.store(at + SCHEDULE_BYTES, f32x4.splat(readVariance), 32);
  v128.store(at + SCHEDULE_BYTES, f32x4.splat(fullWell), 48);
  v128.store(at + SCHEDULE_BYTES, f32x4.splat(gain), 64);
  v128.store(at + SCHEDULE_BYTES, f32x4.splat(black), 80);
  v128.store(at + SCHEDULE_BYTES, f32x4.splat(maxCount), 96);
  preparePatterns(at, 0, 0, 0, 0, 1);
  prepareNumbers(at, 0, 0, 0);
}

/**
 * What differs between pixels: sensitivity, mean dark electrons and offset, one value a pixel; and one offset a row and frame of the
 * block. A `response` of 0 says that there are none.
 */
export function preparePatterns(
  at: usize,
  response: usize,
  dark: usize,
  offset: usize,
  rowOffsets: usize,
  width: i32,
): void {
  store<u32>(at + PATTERNS, <u32>response);
  store<u32>(at + PATTERNS, <u32>dark, 4);
  store<u32>(at + PATTERNS, <u32>offset, 8);
  store<u32>(at + PATTERNS, <u32>rowOffsets, 12);
  store<i32>(at + PATTERNS, width, 16);
}

/** The noise of pixel (y, x) of frames of this width is that of number first + y · stride + x; pixels are numbered row by row where it is 0. */
export function prepareNumbers(at: usize, width: i32, first: i32, stride: i32): void {
  store<i32>(at + PATTERNS, width, 20);
  store<i32>(at + PATTERNS, first, 24);
  store<i32>(at + PATTERNS, stride, 28);
}

export class Numbers {
  @inline
  static width(sensor: usize): i32 {
    return load<i32>(sensor + PATTERNS, 20);
  }
  @inline
  static first(sensor: usize): i32 {
    return load<i32>(sensor + PATTERNS, 24);
  }
  @inline
  static stride(sensor: usize): i32 {
    return load<i32>(sensor + PATTERNS, 28);
  }
}

export class Patterns {
  @inline
  static response(sensor: usize): usize {
    return <usize>load<u32>(sensor + PATTERNS);
  }
  @inline
  static dark(sensor: usize): usize {
    return <usize>load<u32>(sensor + PATTERNS, 4);
  }
  /** The offsets of the pixels from `pixel` on in frame f of the block, written to `target`. */
  static offsets(sensor: usize, pixel: i32, length: i32, f: i32, height: i32, target: usize): void {
    const fixed = <usize>load<u32>(sensor + PATTERNS, 8) + ((<usize>pixel) << 2);
    const rows = <usize>load<u32>(sensor + PATTERNS, 12);
    const width = load<i32>(sensor + PATTERNS, 16);
    memory.copy(target, fixed, (<usize>length) << 2);
    if (rows == 0) return;
    let row = pixel / width;
    let left = (row + 1) * width - pixel;
    let at = target;
    const end = target + ((<usize>length) << 2);
    const first = rows + ((<usize>(f * height)) << 2);
    while (at < end) {
      const offset = load<f32>(first + ((<usize>row) << 2));
      const stop = min(at + ((<usize>left) << 2), end);
      const four = f32x4.splat(offset);
      for (; at + 16 <= stop; at += 16) v128.store(at, f32x4.add(v128.load(at), four));
      for (; at < stop; at += 4) store<f32>(at, load<f32>(at) + offset);
      row++;
      left = width;
    }
  }
}

class Sensor {
  /** Counts of four pixels, as int32 lanes, from the mean electrons. */
  @inline
  static counts(
    mean: v128,
    normal: v128,
    offset: v128,
    readVariance: v128,
    fullWell: v128,
    gain: v128,
    black: v128,
    maxCount: v128,
  ): v128 {
    const zero = f32x4.splat(0);
    const noise = f32x4.mul(f32x4.sqrt(f32x4.add(mean, readVariance)), normal);
    const held = f32x4.pmin(fullWell, f32x4.add(mean, noise));
    const electrons = f32x4.add(held, offset);
    const signal = f32x4.floor(f32x4.add(f32x4.mul(electrons, gain), black));
    const clipped = f32x4.pmin(maxCount, f32x4.pmax(zero, signal));
    // Adding 2²³ puts an integer below 2²³ into the low bits of the float.
    return v128.xor(f32x4.add(clipped, f32x4.splat(8388608)), i32x4.splat(0x4b000000));
  }

  /** Mean electrons of four pixels. NaN is dark. */
  @inline
  static mean(light: v128, scale: v128, dark: v128): v128 {
    return f32x4.add(f32x4.mul(f32x4.pmax(f32x4.splat(0), light), scale), dark);
  }
}

/** Counts of whole groups of 16 pixels, u8 or u16; all pixels alike where `response` is 0. */
export function countGroups<Count>(
  light: usize,
  normals: usize,
  response: usize,
  dark: usize,
  offsets: usize,
  nGroups: i32,
  sensor: usize,
  target: usize,
): void {
  const scale = v128.load(sensor + SCHEDULE_BYTES);
  const evenDark = v128.load(sensor + SCHEDULE_BYTES, 16);
  const read = v128.load(sensor + SCHEDULE_BYTES, 32);
  const well = v128.load(sensor + SCHEDULE_BYTES, 48);
  const gain = v128.load(sensor + SCHEDULE_BYTES, 64);
  const black = v128.load(sensor + SCHEDULE_BYTES, 80);
  const top = v128.load(sensor + SCHEDULE_BYTES, 96);
  const none = f32x4.splat(0);
  for (let group = 0; group < nGroups; group++) {
    let a = v128.load(light);
    let b = v128.load(light, 16);
    let c = v128.load(light, 32);
    let d = v128.load(light, 48);
    let offsetA = none;
    let offsetB = none;
    let offsetC = none;
    let offsetD = none;
    if (response) {
      a = Sensor.mean(a, f32x4.mul(scale, v128.load(response)), v128.load(dark));
      b = Sensor.mean(b, f32x4.mul(scale, v128.load(response, 16)), v128.load(dark, 16));
      c = Sensor.mean(c, f32x4.mul(scale, v128.load(response, 32)), v128.load(dark, 32));
      d = Sensor.mean(d, f32x4.mul(scale, v128.load(response, 48)), v128.load(dark, 48));
      offsetA = v128.load(offsets);
      offsetB = v128.load(offsets, 16);
      offsetC = v128.load(offsets, 32);
      offsetD = v128.load(offsets, 48);
      response += 64;
      dark += 64;
      offsets += 64;
    } else {
      a = Sensor.mean(a, scale, evenDark);
      b = Sensor.mean(b, scale, evenDark);
      c = Sensor.mean(c, scale, evenDark);
      d = Sensor.mean(d, scale, evenDark);
    }
    a = Sensor.counts(a, v128.load(normals), offsetA, read, well, gain, black, top);
    b = Sensor.counts(b, v128.load(normals, 16), offsetB, read, well, gain, black, top);
    c = Sensor.counts(c, v128.load(normals, 32), offsetC, read, well, gain, black, top);
    d = Sensor.counts(d, v128.load(normals, 48), offsetD, read, well, gain, black, top);
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
