// The checksum is not public; its known answers are what ties it to the standard.
import { describe, expect, test } from "vitest";
import { crc32c } from "../src/crc32c.ts";
import { literals } from "../src/literals-module.ts";
import { numbers } from "./make.ts";

const ascending = Uint8Array.from({ length: 32 }, (_, i) => i);

test.each([
  ["nothing", new Uint8Array(), 0],
  ["the check string of the catalogues", new TextEncoder().encode("123456789"), 0xe3069283],
  // RFC 3720, appendix B.4
  ["32 zeros", new Uint8Array(32), 0x8a9136aa],
  ["32 ones", new Uint8Array(32).fill(0xff), 0x62a8ab43],
  ["32 rising bytes", ascending, 0x46dd794e],
  ["32 falling bytes", ascending.slice().reverse(), 0x113fdb5c],
])("%s", (_, bytes, checksum) => {
  expect(crc32c(bytes)).toBe(checksum);
  const inside = new Uint8Array(bytes.length + 8).fill(7);
  inside.set(bytes, 3);
  expect(crc32c(inside.subarray(3, 3 + bytes.length))).toBe(checksum);
});

/** Bit by bit, as the standard defines it. */
function slowly(bytes: Uint8Array): number {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  }
  return ~crc >>> 0;
}

describe("long messages, which are divided before they are looked up", () => {
  const segment = literals().input.length;
  const reach = 209 * 16;
  const lengths = [0, 1, 3, 4, 15, 16].flatMap((more) => [reach + more, 2 * reach + more]);
  test.each([...lengths, 100_003, segment - 1, segment, segment + 5, 2 * segment + reach + 17])(
    "%i bytes",
    (length) => {
      const bytes = Uint8Array.from(numbers(length, length), (u) => Math.floor(256 * u));
      expect(crc32c(bytes)).toBe(slowly(bytes));
    },
  );

  test("what was summed before leaves no trace", () => {
    const bytes = new Uint8Array(2 * reach).fill(3);
    const before = crc32c(bytes);
    crc32c(new Uint8Array(segment).fill(255));
    expect(crc32c(bytes)).toBe(before);
    expect(before).toBe(slowly(bytes));
  });
});
