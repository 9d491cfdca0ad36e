// The suite itself: a sound step passes it, and each mistake fails the promise that it breaks.
import {
  accumulate,
  defineStep,
  type FrameSeries,
  modulate,
  type Shape,
  type StepDefinition,
  slots,
} from "@minisim/pipeline";
import { beforeAll, expect, test, vi } from "vitest";
import { z } from "zod";

type Check = readonly [promise: string, check: () => unknown];

let conformance: typeof import("@minisim/step-testkit").conformance;
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

/** The promises that a step breaks. */
async function broken(step: StepDefinition): Promise<string[]> {
  registered = [];
  conformance(step, { neutral: { transmission: 1 }, draws: false });
  expect(registered.length).toBeGreaterThan(10);
  const failed: string[] = [];
  for (const [promise, check] of registered) {
    try {
      await check();
    } catch {
      failed.push(promise);
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
  expect(await broken(filter)).toEqual([]);
});

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

const MISTAKES: readonly (readonly [string, Partial<StepDefinition>, promise: string])[] = [
  ["a revision that is none", { revision: 0 }, "has a revision, a summary and sources"],
  [
    "a parameter without a unit",
    { params: z.strictObject({ transmission: z.number().default(0.5).describe("Share") }) },
    "every parameter has a description, and every number a unit",
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
  ],
  [
    "draws that it denies",
    {
      compile: (context) =>
        compile({ ...context, params: { transmission: context.random.stream("t").uniform() } }),
    },
    "its seed changes nothing: it draws nothing",
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
  ],
  [
    "a field that it does not tell",
    { work: () => ({}) },
    "tells the fields that its instructions read for every frame, and a share of work that is made of numbers",
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
  ],
  [
    "light lost where none is to be lost",
    { compile: (context) => compile({ ...context, params: { transmission: 0.9 } }) },
    "neutral parameters change nothing",
  ],
];

test.each(MISTAKES)("%s breaks its promise", async (_, change, promise) => {
  const promises = await broken({ ...filter, ...change } as StepDefinition);
  expect(promises).toContain(promise);
  // A step that could not even be compiled would break them all.
  expect(promises.length).toBeLessThan(registered.length / 2);
});
