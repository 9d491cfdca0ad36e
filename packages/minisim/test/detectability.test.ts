// The oracle's population through the real chain: focal plane, what the optics make of each cell, and who can be detected.
import { DETECTABLE_DPRIME } from "@minisim/finalize";
import { defineStep, slots } from "@minisim/pipeline";
import type { StepInputOf } from "@minisim/spec";
import { cellActivity } from "@minisim/step-cell-activity";
import { builtinSteps, createSimulator, groundTruth } from "minisim";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import oracle from "./fixtures/detectability.json" with { type: "json" };

const { auto_focus: given, detectability: expected } = oracle;
const FRAMES = given.cells[0]!.trace.length;

const givenTraces = defineStep({
  kind: "given_traces",
  revision: 1,
  domain: "cell",
  after: ["place_neurons"],
  before: ["optics"],
  summary: "The oracle's traces.",
  sources: [],
  params: z.strictObject({}),
  compile({ scene }) {
    const { count } = scene.get(slots.cells);
    const activity = {
      C: Float64Array.from(given.cells.flatMap(({ trace }) => trace)),
      S: new Float64Array(count * FRAMES),
      amplitude: new Float64Array(count).fill(1),
      spike_times_s: { offsets: new Int32Array(count + 1), data: new Float64Array(0) },
    };
    return { put: slots.activity.of(activity) };
  },
});
const others = builtinSteps.filter((step) => step.kind !== cellActivity.kind);
const steps = [...others, givenTraces];
const { compile } = createSimulator({ steps });
type StepInput = StepInputOf<typeof steps>;

const centerOf = ({
  center_um: [z, y, x],
}: (typeof given.cells)[number]): [number, number, number] => [z!, y!, x!];
const truthOf = (...steps: StepInput[]) =>
  groundTruth(
    compile({
      acquisition: {
        fps: 20,
        duration_s: FRAMES / 20,
        optics: {
          na: given.na,
          magnification: given.magnification,
          field_curvature_radius_um: given.field_curvature_radius_um,
        },
        image_sensor: {
          n_px_height: given.n_px,
          n_px_width: given.n_px,
          pixel_pitch_um: given.pixel_pitch_um,
        },
      },
      steps: [
        { kind: "place_neurons", positions_um: given.cells.map(centerOf) },
        { kind: "given_traces" },
        { kind: "optics" },
        { kind: "composite" },
        ...steps,
      ],
    }),
  );
const photons_per_um2_s =
  given.photons_per_unit * 20 * (given.magnification / given.pixel_pitch_um) ** 2;
const lightAndSensor: StepInput[] = [
  { kind: "illumination_profile", falloff: given.illumination_falloff },
  { kind: "vignette", falloff: given.vignette_falloff },
  { kind: "sensor", photons_per_um2_s },
];
// float64 formulas of a dozen operations
const near = (value: number | null, wanted: number) =>
  expect(Math.abs(value! / wanted - 1)).toBeLessThan(1e-12);

describe("the oracle's 25 cells", () => {
  const truth = truthOf(...lightAndSensor);

  test("all reach the field of view", () => expect(truth.n_units).toBe(25));
  test("have the oracle's gain", () => {
    for (const [i, gain] of expected.observed_gain.entries()) {
      near(truth.observed_gain!.data[i]!, gain);
    }
  });
  test("have a d′ that says whether they are detectable, where half of them is in view", () => {
    const cost = truth.overlap_cost!.data;
    const found = [...truth.transient_dprime!.data].map(
      (dprime, i) =>
        dprime * cost[i]! >= DETECTABLE_DPRIME && truth.visible_fraction!.data[i]! >= 0.5,
    );
    expect([...truth.detectable.data].map(Boolean)).toEqual(found);
    expect(found).toContain(true);
  });
});

test("without a sensor the focus is the median depth, and detectable is in focus", () => {
  const truth = truthOf();
  near(truth.focal_depth_um, given.focal_no_sensor);
  expect(truth.detectable.data).toEqual(truth.in_focus.data);
  expect(truth.in_focus.data).toContain(1);
});
