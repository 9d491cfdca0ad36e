// Guards in front of the kernels: WebAssembly would read and write past an array without a word.
import type { PixelNumbers, SensorResponse, Window } from "./operands.ts";

/** Throws unless the value is a whole number, at least 0. */
export function expectCount(name: string, value: number): void {
  if (!Number.isInteger(value) || value < 0) {
    throw new RangeError(`${name} must be a whole number, at least 0: got ${value}.`);
  }
}

export function expectInteger(name: string, value: number): void {
  if (!Number.isInteger(value)) {
    throw new RangeError(`${name} must be a whole number: got ${value}.`);
  }
}

export function expectLength(
  name: string,
  array: { readonly length: number },
  needed: number,
): void {
  if (array.length < needed) {
    throw new RangeError(`${name} has ${array.length} elements, ${needed} are needed.`);
  }
}

/** nFrames frames of nPixels pixels, contiguous. */
export function expectBlock(
  name: string,
  block: { readonly length: number },
  nFrames: number,
  nPixels: number,
): void {
  expectCount("nFrames", nFrames);
  expectCount("nPixels", nPixels);
  expectLength(name, block, nFrames * nPixels);
}

export function expectWindow(window: Window): void {
  expectPlace("window.top", window.top);
  expectPlace("window.left", window.left);
  expectCount("window.height", window.height);
  expectCount("window.width", window.width);
}

/** Whole rows of frames of nPixels pixels, whose numbers are whole and not negative. */
export function expectNumbers({ width, first, stride }: PixelNumbers, nPixels: number): void {
  expectCount("numbers.first", first);
  expectCount("numbers.stride", stride);
  if (!(Number.isInteger(width) && width > 0 && nPixels % width === 0)) {
    throw new RangeError(
      `numbers.width must divide the ${nPixels} pixels of a frame: got ${width}.`,
    );
  }
  const last = first + (nPixels / width) * stride;
  if (last >= farthestPlace) {
    throw new RangeError(
      `numbers must stay below 2³⁰: the last row would begin at ${last - stride}.`,
    );
  }
}

// Far from the ends of int32, so that a place plus a size cannot wrap in the kernels.
const farthestPlace = 2 ** 30;

function expectPlace(name: string, value: number): void {
  expectInteger(name, value);
  if (Math.abs(value) > farthestPlace) {
    throw new RangeError(`${name} must be within ±2³⁰: got ${value}.`);
  }
}

/** A finite (dy, dx) for every frame. */
export function expectShifts(shifts: ArrayLike<number>, nFrames: number): void {
  expectLength("shifts", shifts, 2 * nFrames);
  for (let i = 0; i < 2 * nFrames; i++) {
    if (!Number.isFinite(shifts[i])) {
      throw new RangeError(`shifts must be finite: got ${shifts[i]} at ${i}.`);
    }
  }
}

/** The largest count must fit the bytes that hold it. */
export function expectResponse(response: SensorResponse, bytesPerCount: number): void {
  const { max_count } = response;
  expectCount("max_count", max_count);
  if (max_count >= 256 ** bytesPerCount) {
    throw new RangeError(`max_count ${max_count} does not fit ${8 * bytesPerCount} bits.`);
  }
}
