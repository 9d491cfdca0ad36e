// Frames without coding, read back here and by libzstd inside numcodecs.
import fc from "fast-check";
import Zstd from "numcodecs/zstd";
import { expect, test } from "vitest";
import { encodeLiterals } from "../src/literals.ts";
import { decodeRaw, encodeRaw } from "../src/raw.ts";
import { numbers } from "./make.ts";

const zstd = Zstd.fromConfig({ id: "zstd" });
const BLOCK = 128 * 1024;
const noise = (length: number, seed = 1) =>
  Uint8Array.from(numbers(length, seed), (u) => Math.floor(256 * u));

test.each([0, 1, 2, 255, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK, 3 * BLOCK + 7])(
  "%i bytes come back",
  async (length) => {
    const bytes = noise(length);
    const frame = encodeRaw(bytes);
    expect(Buffer.compare(await zstd.decode(frame), bytes)).toBe(0);
    expect(Buffer.compare(decodeRaw(frame)!, bytes)).toBe(0);
  },
);

test("the trailer is left free", () => {
  const bytes = noise(1000);
  const frame = encodeRaw(bytes, 4);
  expect(frame.length).toBe(encodeRaw(bytes).length + 4);
  expect(Buffer.compare(decodeRaw(frame.subarray(0, -4))!, bytes)).toBe(0);
});

test("frames of other encoders, cut and altered ones are left to others", () => {
  const frame = encodeRaw(noise(1000));
  expect(decodeRaw(encodeLiterals(new Uint8Array(1000)))).toBeUndefined();
  fc.assert(
    fc.property(fc.nat(frame.length - 1), (length) => {
      expect(decodeRaw(frame.subarray(0, length))).toBeUndefined();
    }),
  );
  // Magic, descriptor, content size and the header of the only block.
  fc.assert(
    fc.property(fc.nat(12), fc.nat(7), (byte, bit) => {
      const altered = frame.slice();
      altered[byte]! ^= 1 << bit;
      expect(decodeRaw(altered)).toBeUndefined();
    }),
  );
});
