// The integers that a sensor gives out.

/** The largest count of a sensor: 2^bits − 1. A depth outside 1 to 16 bits is a RangeError. */
export function maxCount(bit_depth: number): number {
  if (!(Number.isInteger(bit_depth) && bit_depth >= 1 && bit_depth <= 16)) {
    throw new RangeError(`A sensor's bit depth is a whole number from 1 to 16, not ${bit_depth}.`);
  }
  return 2 ** bit_depth - 1;
}

/** The narrowest unsigned integers that hold every count of this depth. */
export function countsDtype(bit_depth: number): "uint8" | "uint16" {
  return maxCount(bit_depth) <= 0xff ? "uint8" : "uint16";
}
