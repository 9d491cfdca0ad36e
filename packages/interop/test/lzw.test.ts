// LZW as the TIFF specification has it.
import { expect, test } from "vitest";
import { unpackLzw } from "../src/tiff/lzw.ts";

/** Codes of 9 bits one after another, the highest bit first. */
function packed(codes: readonly number[]): Uint8Array {
  const bits = codes.map((code) => code.toString(2).padStart(9, "0")).join("");
  const bytes = bits.match(/.{1,8}/g) ?? [];
  return Uint8Array.from(bytes, (byte) => Number.parseInt(byte.padEnd(8, "0"), 2));
}

// Section 13, page 60: its example. 258 is "7 7", and written while it is being made.
const EXAMPLE = packed([256, 7, 258, 8, 8, 258, 6, 6, 257]);

test("the example of the specification", () => {
  expect([...unpackLzw(EXAMPLE, 100)]).toEqual([7, 7, 7, 8, 8, 7, 7, 6, 6]);
});

test("no more is unpacked than is asked for", () => {
  expect([...unpackLzw(EXAMPLE, 2)]).toEqual([7, 7]);
});

test("a code that is not in the table", () => {
  expect(() => unpackLzw(packed([256, 7, 400]), 100)).toThrow(RangeError);
  expect(() => unpackLzw(packed([256, 300]), 100)).toThrow(RangeError);
});
