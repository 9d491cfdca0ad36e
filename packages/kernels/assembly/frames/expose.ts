// From the canvas to the sensor's counts in strips that stay in the first-level cache: shift, fields, noise, counts. All
// frames of the block take a strip before the next one, so that a piece of a field is read from memory once a block.
// The pixel of number p uses lane p&3 and word (p>>2)&3 of the Philox counter (4·(p>>4) + lane, frame, 0, 0).
import { displace } from "./displace";
import { Exposure } from "./exposure";
import { boxMuller } from "./normal";
import { frameWords } from "./philox";
import { countGroups, Numbers, Patterns } from "./sensor";
import { stripFields } from "./strip-fields";
import { translate } from "./translate";

// A multiple of 32 pixels, the pairs of groups of `frameWords`. Light and words together fill half a first-level cache.
export const STRIP: i32 = 2048;
const strip = memory.data(8192, 64);
const words = memory.data(8192, 64);
// The normals of a piece of a row, from a pair of groups on: 31 more before it and after it.
const piece = memory.data(8448, 64);
const offsets = memory.data(8192, 64);
const tail = memory.data(32, 64);
// Light, sensitivities and dark electrons of the last pixels, which do not fill a group.
const tailLight = memory.data(64, 64);
const tailResponse = memory.data(64, 64);
const tailDark = memory.data(64, 64);

/** Takes whole frames to the target of the exposure. */
export function expose(
  source: usize,
  nFrames: i32,
  height: i32,
  width: i32,
  exposure: usize,
): void {
  const nPixels = Exposure.pixels(exposure);
  for (let pixel = 0; pixel < nPixels; pixel += STRIP) {
    exposeStrip(pixel, source, max(1, height), nFrames, height, width, exposure);
  }
}

/** The strip from `pixel` on, of all frames. Of the source's rows the last `held` are there, row y in place y modulo `held`. */
export function exposeStrip(
  pixel: i32,
  source: usize,
  held: i32,
  nFrames: i32,
  height: i32,
  width: i32,
  exposure: usize,
): void {
  const sourceBytes = (<usize>held * <usize>width) << 2;
  const nPixels = Exposure.pixels(exposure);
  const operations = Exposure.operations(exposure);
  const nOperations = Exposure.operationCount(exposure);
  const sensor = Exposure.sensor(exposure);
  const countBytes = Exposure.countBytes(exposure);
  const pixelBytes = countBytes ? <usize>countBytes : 4;
  const displacement = Exposure.displacement(exposure);
  const length = min(STRIP, nPixels - pixel);
  for (let f = 0; f < nFrames; f++) {
    const place = <usize>f * <usize>nPixels + <usize>pixel;
    const out = Exposure.target(exposure) + place * pixelBytes;
    const light = countBytes ? strip : out;
    const frameSource = source + <usize>f * sourceBytes;
    if (displacement) {
      displace(
        frameSource,
        held,
        height,
        width,
        light,
        Exposure.top(exposure),
        Exposure.left(exposure),
        Exposure.width(exposure),
        displacement,
        f,
        pixel,
        length,
      );
    } else {
      const shift = Exposure.shift(exposure, f);
      translate(
        frameSource,
        held,
        height,
        width,
        light,
        Exposure.top(exposure),
        Exposure.left(exposure),
        Exposure.width(exposure),
        load<f64>(shift),
        load<f64>(shift, 8),
        pixel,
        length,
      );
    }
    if (nOperations) stripFields(light, pixel, length, f, operations, nOperations);
    if (countBytes) {
      const frame = Exposure.frameNumber(exposure, f);
      const rows = Exposure.height(exposure);
      count(light, pixel, length, f, frame, rows, sensor, out, countBytes);
    }
  }
}

/** Counts of whole frames, whose light is left as it is. */
export function digitize(
  source: usize,
  nFrames: i32,
  nPixels: i32,
  height: i32,
  frameNumbers: usize,
  sensor: usize,
  target: usize,
  countBytes: i32,
): void {
  for (let f = 0; f < nFrames; f++) {
    const frame = load<i32>(frameNumbers + ((<usize>f) << 2));
    for (let pixel = 0; pixel < nPixels; pixel += STRIP) {
      const length = min(STRIP, nPixels - pixel);
      count(source, pixel, length, f, frame, height, sensor, target, countBytes);
      source += (<usize>length) << 2;
      target += <usize>length * <usize>countBytes;
    }
  }
}

function count(
  light: usize,
  pixel: i32,
  length: i32,
  f: i32,
  frame: i32,
  height: i32,
  sensor: usize,
  target: usize,
  countBytes: i32,
): void {
  normals(pixel, length, frame, sensor);
  const nGroups = length >> 4;
  const whole = <usize>(nGroups << 4);
  const patterned = Patterns.response(sensor) != 0;
  const from = (<usize>pixel) << 2;
  const response = patterned ? Patterns.response(sensor) + from : 0;
  const dark = patterned ? Patterns.dark(sensor) + from : 0;
  if (patterned) Patterns.offsets(sensor, pixel, length, f, height, offsets);
  countAll(light, words, response, dark, offsets, nGroups, sensor, target, countBytes);
  const rest = <usize>length - whole;
  if (rest == 0) return;
  // The last pixels go through a group of their own, so that nothing beyond the frame is read or written.
  const done = whole << 2;
  memory.copy(tailLight, light + done, rest << 2);
  if (patterned) {
    memory.copy(tailResponse, response + done, rest << 2);
    memory.copy(tailDark, dark + done, rest << 2);
  }
  countAll(
    tailLight,
    words + done,
    patterned ? tailResponse : 0,
    tailDark,
    offsets + done,
    1,
    sensor,
    tail,
    countBytes,
  );
  memory.copy(target + whole * <usize>countBytes, tail, rest * <usize>countBytes);
}

/** Of a strip, to `words`. */
function normals(pixel: i32, length: i32, frame: i32, sensor: usize): void {
  const width = Numbers.width(sensor);
  if (width == 0) {
    const nPairs = (length + 31) >> 5;
    frameWords(words, nPairs, pixel >> 2, frame, sensor);
    boxMuller(words, nPairs << 2);
    return;
  }
  for (let done = 0; done < length; ) {
    const row = (pixel + done) / width;
    const column = pixel + done - row * width;
    const taken = min(width - column, length - done);
    const number = Numbers.first(sensor) + row * Numbers.stride(sensor) + column;
    const before = number & 31;
    const nPairs = (before + taken + 31) >> 5;
    frameWords(piece, nPairs, (number - before) >> 2, frame, sensor);
    boxMuller(piece, nPairs << 2);
    memory.copy(words + ((<usize>done) << 2), piece + ((<usize>before) << 2), (<usize>taken) << 2);
    done += taken;
  }
}

function countAll(
  light: usize,
  normals: usize,
  response: usize,
  dark: usize,
  offset: usize,
  nGroups: i32,
  sensor: usize,
  target: usize,
  countBytes: i32,
): void {
  if (countBytes == 1) {
    countGroups<u8>(light, normals, response, dark, offset, nGroups, sensor, target);
  } else {
    countGroups<u16>(light, normals, response, dark, offset, nGroups, sensor, target);
  }
}
