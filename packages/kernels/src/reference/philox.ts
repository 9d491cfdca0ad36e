// Philox4x32-10 (Salmon et al. 2011), one block. 64-bit products by BigInt: obvious rather than fast.
import type { PhiloxKey, PhiloxWords } from "../operands.ts";

/** Four counter words and two key words, unsigned 32 bits each, to four random words. */
export function philox(counter: PhiloxWords, key: PhiloxKey): PhiloxWords {
  let [c0, c1, c2, c3] = counter;
  let [k0, k1] = key;
  for (let round = 0; round < 10; round++) {
    const product0 = BigInt(c0 >>> 0) * 0xd2511f53n;
    const product1 = BigInt(c2 >>> 0) * 0xcd9e8d57n;
    c0 = high(product1) ^ c1 ^ k0;
    c1 = low(product1);
    c2 = high(product0) ^ c3 ^ k1;
    c3 = low(product0);
    k0 = (k0 + 0x9e3779b9) | 0;
    k1 = (k1 + 0xbb67ae85) | 0;
  }
  return [c0 >>> 0, c1 >>> 0, c2 >>> 0, c3 >>> 0];
}

function high(product: bigint): number {
  return Number(product >> 32n);
}

function low(product: bigint): number {
  return Number(product & 0xffffffffn);
}
