// Frames of entropy-coded literals, read back by a decoder that this package did not write: libzstd inside numcodecs.
import fc from "fast-check";
import Zstd from "numcodecs/zstd";
import { describe, expect, test } from "vitest";
import { encodeLiterals } from "../src/literals.ts";
import { numbers } from "./make.ts";

const zstd = Zstd.fromConfig({ id: "zstd" });
const BLOCK = 64 * 1024;
const SEGMENT = 16 * BLOCK;

async function expectExact(bytes: Uint8Array): Promise<number> {
  const frame = encodeLiterals(bytes);
  const decoded = await zstd.decode(frame);
  expect(decoded.length).toBe(bytes.length);
  expect(Buffer.compare(decoded, bytes)).toBe(0);
  return frame.length;
}

/** Values 0 … values − 1, the smaller ones more often the higher the power. */
const skewed = (length: number, values: number, power: number, seed = 1): Uint8Array =>
  Uint8Array.from(numbers(length, seed), (u) => {
    let share = 1;
    for (let i = 0; i < power; i++) share *= u;
    return Math.floor(share * values);
  });

/** Bits a byte that no code can go below. */
function entropy(bytes: Uint8Array): number {
  const counts = new Float64Array(256);
  for (const byte of bytes) counts[byte]!++;
  return counts.reduce(
    (sum, n) => (n > 0 ? sum - (n / bytes.length) * Math.log2(n / bytes.length) : sum),
    0,
  );
}

describe("what comes out is what went in", () => {
  test.each([0, 1, 2, 63, 64, 65, 255, 256, BLOCK - 1, BLOCK, BLOCK + 1, SEGMENT, SEGMENT + 70])(
    "%i bytes",
    async (length) => {
      await expectExact(skewed(length, 100, 2));
    },
  );

  // 129 values are the most whose weights are described one by one; more go through a code of their own.
  test.each([1, 2, 3, 128, 129, 130, 131, 200, 256])("%i values", async (values) => {
    for (const power of [1, 2, 5, 12]) await expectExact(skewed(3 * BLOCK, values, power));
  });

  test("counts like Fibonacci numbers, whose best code has words of 24 bits", async () => {
    const bytes = new Uint8Array(BLOCK);
    let [count, next, at] = [1, 1, 0];
    for (let value = 0; at < BLOCK; value++) {
      bytes.fill(value, at, at + count);
      at += count;
      [count, next] = [next, count + next];
    }
    await expectExact(bytes);
  });

  test("blocks of different kinds in turn: a run, noise, one value in many, few values", async () => {
    const bytes = new Uint8Array(5 * BLOCK + 99);
    bytes.set(skewed(BLOCK, 256, 1), BLOCK);
    bytes[2 * BLOCK + 7] = 200;
    bytes.set(skewed(BLOCK, 5, 1), 3 * BLOCK);
    bytes.set(skewed(99, 7, 1), 5 * BLOCK);
    await expectExact(bytes);
  });

  test("any bytes", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 3 * BLOCK }),
        fc.integer({ min: 1, max: 256 }),
        fc.integer({ min: 1, max: 16 }),
        fc.integer({ min: 0, max: 255 }),
        async (length, values, power, shift) => {
          const bytes = skewed(length, values, power, length + 1).map((value) => value + shift);
          await expectExact(bytes);
        },
      ),
      { numRuns: 100 },
    );
  });
});

test("a block costs what its entropy says, and a little", async () => {
  const bytes = skewed(BLOCK, 180, 2);
  const length = await expectExact(bytes);
  // Whole bits a word cost up to 0.03 bits a byte on smooth distributions; headers and the description under 200 bytes.
  expect(length).toBeLessThan((BLOCK * (entropy(bytes) + 0.03)) / 8 + 200);
});

test("what has no entropy to gain does not grow by more than its headers", async () => {
  const length = await expectExact(skewed(SEGMENT + 5, 256, 1));
  expect(length).toBe(10 + 17 * 3 + SEGMENT + 5);
});

test("a frame does not depend on the one before, nor on the bytes behind it", () => {
  const bytes = skewed(2 * BLOCK + 33, 90, 2);
  const once = encodeLiterals(bytes);
  encodeLiterals(skewed(SEGMENT, 256, 1));
  expect(Buffer.compare(encodeLiterals(bytes), once)).toBe(0);
  const trailing = encodeLiterals(bytes, 4);
  expect(trailing.length).toBe(once.length + 4);
  expect([...trailing.subarray(once.length)]).toEqual([0, 0, 0, 0]);
});
