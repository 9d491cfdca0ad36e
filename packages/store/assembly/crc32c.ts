// CRC-32C (Castagnoli, RFC 3720 appendix B.4): long division as far as it goes, then sixteen bytes a step with sixteen tables
// ("slicing by sixteen").
import { divide } from "./divide.ts";
import { CRC_TABLES } from "./layout.ts";

const POLYNOMIAL: u32 = 0x82f63b78; // bit-reversed

/** Table k, at 256 · k, takes a byte that k further bytes of the step follow. */
export function prepareCrc(): void {
  for (let byte = 0; byte < 256; byte++) {
    let crc = <u32>byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >> 1) ^ POLYNOMIAL : crc >> 1;
    store<u32>(CRC_TABLES + ((<usize>byte) << 2), crc);
  }
  for (let i = 256; i < 16 * 256; i++) {
    const before = load<u32>(CRC_TABLES + ((<usize>(i - 256)) << 2));
    const value = (before >> 8) ^ load<u32>(entry(before), CRC_TABLES);
    store<u32>(CRC_TABLES + ((<usize>i) << 2), value);
  }
}

function entry(bits: u32): usize {
  return <usize>((bits & 0xff) << 2);
}

/** Carries `crc`, which begins as all ones and is inverted at the very end, over further bytes, which it uses up. */
export function updateCrc(crc: u32, source: usize, length: i32): u32 {
  if (length >= 4) {
    store<u32>(source, load<u32>(source) ^ crc);
    crc = 0;
  }
  let at = source + <usize>divide(source, length);
  const end = source + <usize>length;
  const whole = at + ((end - at) & ~15);
  while (at < whole) {
    const a = crc ^ load<u32>(at);
    const b = load<u32>(at, 4);
    const c = load<u32>(at, 8);
    const d = load<u32>(at, 12);
    crc =
      load<u32>(entry(a), CRC_TABLES + 15 * 1024) ^
      load<u32>(entry(a >> 8), CRC_TABLES + 14 * 1024) ^
      load<u32>(entry(a >> 16), CRC_TABLES + 13 * 1024) ^
      load<u32>(entry(a >> 24), CRC_TABLES + 12 * 1024) ^
      load<u32>(entry(b), CRC_TABLES + 11 * 1024) ^
      load<u32>(entry(b >> 8), CRC_TABLES + 10 * 1024) ^
      load<u32>(entry(b >> 16), CRC_TABLES + 9 * 1024) ^
      load<u32>(entry(b >> 24), CRC_TABLES + 8 * 1024) ^
      load<u32>(entry(c), CRC_TABLES + 7 * 1024) ^
      load<u32>(entry(c >> 8), CRC_TABLES + 6 * 1024) ^
      load<u32>(entry(c >> 16), CRC_TABLES + 5 * 1024) ^
      load<u32>(entry(c >> 24), CRC_TABLES + 4 * 1024) ^
      load<u32>(entry(d), CRC_TABLES + 3 * 1024) ^
      load<u32>(entry(d >> 8), CRC_TABLES + 2 * 1024) ^
      load<u32>(entry(d >> 16), CRC_TABLES + 1 * 1024) ^
      load<u32>(entry(d >> 24), CRC_TABLES + 0 * 1024);
    at += 16;
  }
  for (; at < end; at++) crc = (crc >> 8) ^ load<u32>(entry(crc ^ load<u8>(at)), CRC_TABLES);
  return crc;
}
