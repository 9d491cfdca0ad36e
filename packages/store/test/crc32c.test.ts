// The checksum is not public; its known answers are what ties it to the standard.
import { expect, test } from "vitest";
import { crc32c } from "../src/crc32c.ts";

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
