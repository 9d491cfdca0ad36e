// The suite itself: a sound step passes it, and each mistake fails the promise that it breaks.
import {
  accumulate,
  defineStep,
  type FrameSeries,
  facts,
  modulate,
  type Shape,
  type StepDefinition,
  slots,
} from "@minisim/pipeline";
import { beforeAll, expect, test, vi } from "vitest";
import { z } from "zod";

type Check = readonly [promise: string, check: () => unknown];

let conformance: typeof import("@minisim/step-testkit").conformance;
type ConformanceOptions = import("@minisim/step-testkit").ConformanceOptions;
let registered: Check[] = [];
beforeAll(async () => {
  // The suite registers tests; here they are kept, to be run and looked at.
  vi.doMock("vitest", async (original) => ({
    ...(await original<typeof import("vitest")>()),
    describe: (_: string, body: () => void) => body(),
    test: (promise: string, check: () => unknown) => registered.push([promise, check]),
  }));
  ({ conformance } = await import("@minisim/step-testkit"));
});

/** The promises that a step breaks, and what is said of each. */
async function broken(
  step: StepDefinition,
  options: Partial<ConformanceOptions> = { shown: { factors: ["filter"] } },
): Promise<Map<string, string>> {
  registered = [];
  conformance(step, { neutral: { transmission: 1 }, draws: false, ...options });
  expect(registered.length).toBeGreaterThan(10);
  const failed = new Map<string, string>();
  for (const [promise, check] of registered) {
    try {
      await check();
    } catch (error) {
      failed.set(promise, (error as Error).message);
    }
  }
  return failed;
}

const transmission = z
  .number()
  .min(0)
  .max(1)
  .default(0.5)
  .meta({ description: "Share of the light that passes", unit: "1" });

/** A grey filter: the light of every pixel, times the transmission. */
const filter = defineStep({
  kind: "grey_filter",
  revision: 1,
  domain: "tissue",
  after: ["stand_in_light"],
  summary: "A grey filter.",
  sources: ["A test"],
  params: z.strictObject({ transmission }),
  truth: { filter: { dims: ["height", "width"], unit: "1", description: "Transmission." } },
  work: ({ geometry: { canvas } }) => ({ field_px: canvas.height * canvas.width }),
  compile({ params, geometry: { canvas, fov } }) {
    const filled = ({ height, width }: Shape) =>
      new Float64Array(height * width).fill(params.transmission);
    return { truth: { filter: filled(fov) }, frames: modulate(filled(canvas)) };
  },
});

test("a sound step breaks no promise", async () => {
  expect(await broken(filter)).toEqual(new Map());
});

const ENGINES = "nothing decides its bytes that differs between engines or runs";
const fromMinusOne = z.number().min(-1).max(1).default(0.5).meta(transmission.meta()!);
const { compile } = filter as StepDefinition;
let calls = 0;

/** A light whose brightness at a frame is the latest frame that was ever asked for. */
function forgetsNothing(frames: number): FrameSeries {
  let latest = 0;
  return {
    rows: 1,
    frames,
    read(_, start, end, target, at) {
      for (let t = start; t < end; t++) {
        latest = Math.max(latest, t);
        target[at + t - start] = latest;
      }
    },
  };
}

/** Light times `transmission` at the frames of a recording, one number for all pixels. */
const dimmed = (transmission: number): Partial<StepDefinition> => ({
  compile: (context) => compile({ ...context, params: { transmission } }),
});

type Mistake = readonly [
  string,
  Partial<StepDefinition>,
  promise: string,
  sentence: RegExp,
  options?: Partial<ConformanceOptions>,
];

const MISTAKES: readonly Mistake[] = [
  [
    "a revision that is none",
    { revision: 0 },
    "has a revision, a summary and sources",
    /^revision is a whole number from 1 on \(got 0\)\.$/,
  ],
  [
    "a parameter without a unit",
    { params: z.strictObject({ transmission: z.number().default(0.5).describe("Share") }) },
    "every parameter has a description, and every number a unit",
    /^Parameter grey_filter\.transmission is a number and has no unit/,
  ],
  [
    "something else at every call",
    {
      compile(context) {
        calls += 1;
        return compile({ ...context, params: { transmission: 1 / calls } });
      },
    },
    "the same seed gives the same bytes",
    /the truth differs: filter\[0\] is [\d.]+ at first, and [\d.]+ the second time\.[\s\S]*the movie differs: after stage "grey_filter" frame 0, pixel \(row \d+, column \d+\) is [\d.]+ at first, and [\d.]+ the second time\. Chance comes from context\.random/,
  ],
  [
    "parameters that it reads elsewhere",
    {
      compile(context) {
        calls += 1;
        return compile({ ...context, params: { transmission: calls % 2 } });
      },
    },
    "compiled again after any change it makes what a fresh compile makes",
    /^grey_filter is no pure function of its context: as number \d in a row, with .*, truth\.filter\[0\] is [01] from memory, and [01] compiled afresh\./,
  ],
  [
    "draws that it denies",
    {
      compile: (context) =>
        compile({ ...context, params: { transmission: context.random.stream("t").uniform() } }),
    },
    "its seed changes nothing: it draws nothing",
    /draws nothing \(draws: false\), and its seed changes what it makes: result\.field\[0\] is [\d.]+ with seed 1, and [\d.]+ with seed 2\.$/,
  ],
  [
    "no draws where it promises some",
    {},
    "another seed gives other bytes",
    /draws: true\), and all that it makes is the same with seed 1 and seed 2\.$/,
    { draws: true },
  ],
  [
    "the traces of others changed",
    {
      compile(context) {
        context.scene.get(slots.activity)!.amplitude.fill(2);
        return compile(context);
      },
    },
    "its presence touches no other step's draws, keys or columns",
    /^grey_filter changes what belongs to other steps: activity\.amplitude\[0\] is 1 without grey_filter, and 2 with it\.$/,
  ],
  [
    "another announcement at every call",
    { announce: () => facts.excitation.of(++calls) },
    "announcing has no side effects",
    /^Asked twice, grey_filter announces two things: given is \d+ at first, and \d+ the second time\.$/,
  ],
  [
    "a truth that it does not leave",
    {
      truth: {
        ...filter.truth,
        dust: { name: "dust", dims: ["cell"], unit: "1", description: "Dust." },
      },
    },
    "leaves every truth field it declares, with the declared dimensions and a unit",
    /^Truth field "dust" is declared and not left\./,
  ],
  [
    "a field that it does not tell",
    { work: () => ({}) },
    "tells the fields that its instructions read for every frame, and a share of work that is made of numbers",
    /^work tells field_px 0, and the instructions of grey_filter read 3286 pixels of fields for every frame\.$/,
  ],
  [
    "a light that depends on the frames before",
    {
      compile(context) {
        const { canvas, n_frames } = context.geometry;
        const data = new Float64Array(canvas.height * canvas.width).fill(1);
        const light = accumulate(
          { count: 1, ...canvas, data },
          { per_frame: [forgetsNothing(n_frames)] },
        );
        const made = compile(context) ?? {};
        return { ...made, frames: [made.frames ?? [], light].flat() };
      },
      work: ({ geometry: { canvas } }) => ({ field_px: 2 * canvas.height * canvas.width }),
    },
    "frame order and block size change nothing",
    /^A frame depends on which frames were asked for before it: in the finished movie frame \d+, pixel \(row 0, column 0\) is \d+ when all frames are asked for in order, and \d+ (in blocks of \d+|backwards)\./,
  ],
  [
    "light lost where none is to be lost",
    dimmed(0.9),
    "neutral parameters change nothing",
    /^With \{"transmission":1\}, which is to change nothing, the movie changes: after stage "grey_filter" frame 0, pixel \(row \d+, column \d+\) is [\d.]+ with grey_filter, and [\d.]+ without it\.$/,
  ],
  [
    "negative light",
    {
      params: z.strictObject({ transmission: fromMinusOne }),
    },
    "light is a number and never negative, at the ends of each parameter's range too",
    /^After stage "grey_filter" there is negative light: frame 0, pixel \(row \d+, column \d+\) is -[\d.]+ \([\d.]+ before it\) with transmission -1, the least that it may be\.$/,
  ],
  [
    "light that is no number",
    dimmed(Number.NaN),
    "light is a number and never negative, at the ends of each parameter's range too",
    /^After stage "grey_filter" there is no number: frame 0, .* is NaN \([\d.]+ before it\) with the default parameters\.$/,
  ],
  [
    "a truth that contradicts the movie",
    {
      compile(context) {
        const truth = { filter: new Float64Array(53 * 62).fill(0.75) };
        return { ...compile(context), truth };
      },
    },
    "what the truth says is what the movie shows",
    /^The truth of grey_filter contradicts the movie: with the default parameters, frame 0, pixel \(row \d+, column \d+\) is 0\.5 before stage "grey_filter"; by the truth \(filter 0\.75\) it is 0\.375 after it, and the movie has 0\.25\.$/,
  ],
  [
    "a truth of which nobody says how it shows",
    {},
    "what the truth says is what the movie shows",
    /^grey_filter changes frames and leaves truth \(filter\), and conformance is not told how the movie shows it/,
    {},
  ],
  [
    "a clock",
    {
      compile(context) {
        return Date.now() > 0 && new Date() ? compile(context) : {};
      },
    },
    ENGINES,
    /^packages.step-testkit.test.conformance\.test\.ts:\d+:\d+: Date is a clock, which differs from run to run\./,
  ],
  [
    "a drawn number of nobody's",
    {
      compile(context) {
        return Math.random() < 2 ? compile(context) : {};
      },
    },
    ENGINES,
    /Math\.random differs from run to run\. Draw from context\.random\.$/,
  ],
];

for (const [mistake, change, promise, sentence, options] of MISTAKES) {
  test(`${mistake} breaks its promise`, async () => {
    const said = await broken({ ...filter, ...change } as StepDefinition, options);
    expect(said.get(promise)).toMatch(sentence);
    // A step that could not even be compiled would break them all.
    expect(said.size).toBeLessThan(registered.length / 2);
  });
}
