// Every frame is a function of the spec and its number, on every backend.
import { maxCount } from "@minisim/sensor";
import { movieDifference } from "../differences.ts";
import { promise, type Subject, sentences } from "../promise.ts";

// The renderer keeps weights of 64 frames at a time. This many frames cross two borders between such stretches.
const MANY_FRAMES = 130;

// float32 against float64: a pixel sees at most about 32 roundings (12 overlapping cells, a handful of verbs, operands
// rounded once), each at most 2^-24 of the brightest pixel.
const ROUNDINGS = 32;
export const RELATIVE_TOLERANCE = ROUNDINGS * 2 ** -24;
// A count differs where the float32 electrons fall on the other side of a whole number: with at most 2^8 electrons and
// ROUNDINGS roundings of 2^-24 each, in a share of about 2^8 · 32 · 2^-24 = 5e-4 of pixels.
const COUNT_SHARE = 2 ** 8 * RELATIVE_TOLERANCE;

export function framesAreAlone({ step, bench, params }: Subject): void {
  promise("frame order and block size change nothing", async () => {
    const plan = bench.compile({ params, frames: MANY_FRAMES });
    const { n_frames } = plan.program.geometry;
    const numbers = Array.from({ length: n_frames }, (_, i) => i);
    const orders = [
      ...[1, 7, 64].map((blockFrames) => [`in blocks of ${blockFrames}`, { blockFrames }] as const),
      ["backwards", { frames: numbers.toReversed(), blockFrames: 5 }] as const,
      ["shuffled", { frames: numbers.map((i) => (i * 7 + 3) % n_frames), blockFrames: 5 }] as const,
    ];
    for (const [called, options] of orders) {
      const difference = await movieDifference(bench, {
        one: { plan },
        other: { plan, options },
        called: ["when all frames are asked for in order", called],
      });
      if (difference) {
        return [
          `A frame depends on which frames were asked for before it: ${difference}. Whatever ${step.kind} hands over is read by frame number and remembers nothing.`,
        ];
      }
    }
    return [];
  });

  promise("the wasm backend agrees with the reference backend", async () => {
    const plan = bench.compile({ params });
    const wasm = await bench.movie(plan);
    const reference = await bench.movie(plan, { backend: "reference" });
    const counts = plan.program.stages.at(-1)!.container !== "float32";
    let peak = 0;
    let worst = 0;
    let at = 0;
    let differing = 0;
    for (let i = 0; i < wasm.length; i++) {
      const difference = Math.abs(wasm[i]! - reference[i]!);
      peak = Math.max(peak, Math.abs(reference[i]!));
      if (difference > 0) differing += 1;
      if (difference <= worst) continue;
      worst = difference;
      at = i;
    }
    const most = counts ? 1 : peak * RELATIVE_TOLERANCE;
    const share = differing / wasm.length;
    return sentences(
      worst > most &&
        `The kernels and the reference disagree: in the finished movie ${bench.placeOf(plan, at)} is ${wasm[at]} by the kernels and ${reference[at]} by the reference, and rounding explains ${most} at most.`,
      counts && peak > maxCount(16) && `A count is ${peak}, more than 16 bits hold.`,
      counts &&
        share >= COUNT_SHARE &&
        `The kernels and the reference disagree in ${share} of all counts; rounding explains ${COUNT_SHARE}.`,
    );
  });
}
