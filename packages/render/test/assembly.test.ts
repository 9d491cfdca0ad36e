// Delivered frames, put together from rows of rendered ones: held against doing so by hand.
import { assemble, digitize, type FrameProgram, modulate } from "@minisim/pipeline";
import { exposureWith } from "@minisim/sensor";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { collect, FOV, FRAMES, MARGIN, type Part, programOf, rampLight } from "./programs.ts";

const { height, width } = FOV;
const PIXELS = height * width;
const MAX_COUNT = 255;
const exposure = exposureWith({
  photons_per_unit: 5,
  quantum_efficiency: 1,
  read_noise_e: 1,
  counts_per_e: 1,
  max_count: MAX_COUNT,
});

interface Faults {
  readonly upper: readonly number[];
  readonly lower: readonly number[];
  readonly tear: readonly number[];
  readonly amplitude: readonly number[];
}

function programWith({ upper, lower, tear, amplitude }: Faults, counts: boolean): FrameProgram {
  const parts: Part[] = [
    rampLight(),
    {
      kind: "b_sensor",
      domain: "sensor",
      make: () =>
        counts ? digitize(exposure, [1, 2]) : modulate(new Float64Array(PIXELS).fill(2)),
    },
    {
      kind: "c_faults",
      domain: "sensor",
      make: () =>
        assemble(
          {
            upper: Int32Array.from(upper),
            lower: Int32Array.from(lower),
            tear: Int32Array.from(tear),
          },
          {
            period_px: 3,
            amplitude: Float64Array.from(amplitude),
            phase: Float64Array.from(amplitude, (_, t) => t / 7),
          },
        ),
    },
  ];
  return programOf(parts, MARGIN);
}

/** The same from the frames of the stage before. */
function byHand(
  whole: readonly number[],
  { upper, lower, tear, amplitude }: Faults,
  frames: readonly number[],
  counts: boolean,
): number[] {
  return frames.flatMap((t) => {
    const frame = Array.from({ length: PIXELS }, (_, i) => {
      const source = Math.floor(i / width) < tear[t]! ? upper[t]! : lower[t]!;
      return source < 0 ? 0 : whole[source * PIXELS + i]!;
    });
    if (amplitude[t] === 0) return frame;
    const mean = frame.reduce((sum, value) => sum + value, 0) / PIXELS;
    return frame.map((value, i) => {
      const wave = Math.sin(2 * Math.PI * (Math.floor(i / width) / 3 + t / 7));
      const striped = value + amplitude[t]! * mean * wave;
      return counts ? Math.min(Math.max(Math.round(striped), 0), MAX_COUNT) : striped;
    });
  });
}

const source = fc.integer({ min: -1, max: FRAMES - 1 });
const column = <T>(one: fc.Arbitrary<T>) => fc.array(one, { minLength: FRAMES, maxLength: FRAMES });
const faults: fc.Arbitrary<Faults> = fc.record({
  upper: column(source),
  lower: column(source),
  tear: column(fc.integer({ min: 0, max: height })),
  amplitude: column(fc.constantFrom(0, 0.13)),
});
const order = fc.shuffledSubarray([...Array(FRAMES).keys()], { minLength: 1 });

test("any rows of any frames, in any order and blocks, and stages before keep their own frames", async () => {
  await fc.assert(
    fc.asyncProperty(
      faults,
      order,
      fc.integer({ min: 1, max: FRAMES }),
      fc.boolean(),
      fc.constantFrom("wasm" as const, "reference" as const),
      async (own, frames, blockFrames, counts, backend) => {
        const program = programWith(own, counts);
        const options = { frames, blockFrames, backend, taps: ["a_ramp", "b_sensor", "c_faults"] };
        const whole = await collect(program, { until: "b_sensor", backend });
        const delivered = await collect(program, options);
        expect(delivered.frames).toEqual(frames);
        const expected = byHand(whole.movie, own, frames, counts);
        // Light is rounded to float32 once more; counts are equal.
        const error = counts ? 0 : Math.max(...expected) * 2 ** -24;
        const worst = Math.max(...delivered.movie.map((v, i) => Math.abs(v - expected[i]!)));
        expect(worst).toBeLessThanOrEqual(error);
        const undamaged = await collect(program, { ...options, until: "b_sensor" });
        expect(delivered.taps.a_ramp).toEqual(undamaged.taps.a_ramp);
        expect(delivered.taps.b_sensor).toEqual(undamaged.taps.b_sensor);
        expect(delivered.taps.c_faults).toEqual(delivered.movie);
        expect(delivered.type).toBe(counts ? "Uint8Array" : "Float32Array");
      },
    ),
    { numRuns: 60 },
  );
});

describe("on threads", () => {
  test("the same frames, with the stages on the way", async () => {
    const numbers = [...Array(FRAMES).keys()];
    const own = {
      upper: numbers.map((t) => (t % 3 === 2 ? t - 1 : t)),
      lower: numbers.map((t) => (t % 4 === 3 ? -1 : Math.max(0, t - 1))),
      tear: numbers.map((t) => (t % 2 === 0 ? height : 2)),
      amplitude: numbers.map((t) => (t === 1 ? 0.2 : 0)),
    };
    const program = programWith(own, true);
    const options = { blockFrames: 2, taps: ["a_ramp", "c_faults"] };
    const alone = await collect(program, options);
    expect(await collect(program, { ...options, workers: 2 })).toEqual(alone);
  });
});

describe("an assembly that does not fit", () => {
  const fine = {
    upper: [...Array(FRAMES).keys()],
    lower: [...Array(FRAMES).keys()],
    tear: Array(FRAMES).fill(height),
    amplitude: Array(FRAMES).fill(0),
  };

  test.each<[string, Partial<Faults>, string]>([
    ["of another length", { tear: [1] }, `needs ${FRAMES} values a column.`],
    [
      "of frames that are not there",
      { upper: Array(FRAMES).fill(FRAMES) },
      `frames are numbered from 0 to ${FRAMES - 1}.`,
    ],
  ])("%s", (_, change, message) => {
    expect(() => programWith({ ...fine, ...change }, true)).toThrow(`Step "c_faults": ${message}`);
  });

  test("because frames change once they are delivered", () => {
    const after = (kind: string): Part => ({
      kind,
      domain: "sensor",
      make: () =>
        assemble({
          upper: new Int32Array(FRAMES),
          lower: new Int32Array(FRAMES),
          tear: new Int32Array(FRAMES),
        }),
    });
    expect(() => programOf([rampLight(), after("b_one"), after("c_two")])).toThrow(
      'Step "c_two" runs behind "b_one", which delivers the frames: nothing changes them after that. With before: ["b_one"] it runs ahead.',
    );
  });
});
