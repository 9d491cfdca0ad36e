// What a long movie holds in memory while it is measured.
import { setImmediate } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { measure } from "@minisim/measures";
import { expect, test } from "vitest";
import { stream } from "./made-movie.ts";

const SIDE = 24;
const PIXELS = SIDE * SIDE;

setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

/** Array buffers are freed behind the collector's back, so it runs twice. */
async function heldBytes(): Promise<number> {
  collectGarbage();
  await setImmediate();
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** What is held when the last of so many frames of noise is asked for, by a reader that holds two itself. */
async function heldAtTheEnd(frames: number): Promise<number> {
  const draw = stream("long");
  const noise = Uint8Array.from({ length: 2 * PIXELS }, () => 100 + draw.integer(16));
  let held = 0;
  const movie = {
    shape: [frames, SIDE, SIDE],
    container: "uint8",
    fps: 20,
    async *frames() {
      for (let start = 0; start < frames; start++) {
        if (start === frames - 1) held = await heldBytes();
        const shift = (start * 97) % PIXELS;
        yield { start, end: start + 1, data: noise.subarray(shift, shift + PIXELS) };
      }
    },
  } as const;
  await measure(movie, { cellRadiusPx: 2, mostValues: 2 ** 15 });
  return held;
}

test("a movie of four times the length needs no more memory", { timeout: 120_000 }, async () => {
  await heldAtTheEnd(400); // Code and tables are held from the first movie on.
  const short = await heldAtTheEnd(400);
  const long = await heldAtTheEnd(1600);
  // The 1200 frames more are 0.66 MiB as bytes and 5.3 MiB as numbers. Their means, which are kept, are 10 kB, JavaScript's own objects vary by 0.1 MiB, and
  // whole traces are 14 400 values three times, of 4 bytes, where those of the short movie are 32 400: 0.2 MiB less.
  expect(long - short).toBeLessThan(2 ** 18);
});
