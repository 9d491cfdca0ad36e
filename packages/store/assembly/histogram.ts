// How often each byte value occurs.
import { COUNTS } from "./layout.ts";

/** Counts into COUNTS. Four tables, so that equal neighbours do not wait for each other's increments. */
export function histogram(source: usize, length: i32): void {
  memory.fill(COUNTS, 0, 4096);
  let at = source;
  const end = source + <usize>length;
  const whole = source + <usize>(length & ~7);
  while (at < whole) {
    const low = load<u32>(at);
    const high = load<u32>(at, 4);
    count0(low);
    count1(low >> 8);
    count2(low >> 16);
    count3(low >> 24);
    count0(high);
    count1(high >> 8);
    count2(high >> 16);
    count3(high >> 24);
    at += 8;
  }
  for (; at < end; at++) count0(load<u8>(at));
  for (let entry: usize = 0; entry < 1024; entry += 4) {
    const low = load<u32>(entry, COUNTS) + load<u32>(entry, COUNTS + 1024);
    const high = load<u32>(entry, COUNTS + 2048) + load<u32>(entry, COUNTS + 3072);
    store<u32>(entry, low + high, COUNTS);
  }
}

// An offset must be a constant where it stands.

function count0(bits: u32): void {
  const entry = <usize>((bits & 0xff) << 2);
  store<u32>(entry, load<u32>(entry, COUNTS) + 1, COUNTS);
}

function count1(bits: u32): void {
  const entry = <usize>((bits & 0xff) << 2);
  store<u32>(entry, load<u32>(entry, COUNTS + 1024) + 1, COUNTS + 1024);
}

function count2(bits: u32): void {
  const entry = <usize>((bits & 0xff) << 2);
  store<u32>(entry, load<u32>(entry, COUNTS + 2048) + 1, COUNTS + 2048);
}

function count3(bits: u32): void {
  const entry = <usize>((bits & 0xff) << 2);
  store<u32>(entry, load<u32>(entry, COUNTS + 3072) + 1, COUNTS + 3072);
}
