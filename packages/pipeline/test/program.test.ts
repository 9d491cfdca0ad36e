// Frame programs as compile builds them: operands checked against the grid, stages, containers, the implicit crop.

import { FootprintStack } from "@minisim/footprint";
import { coarseGrid } from "@minisim/kernels";
import {
  accumulate,
  area,
  custom,
  digitize,
  expectedLight,
  facts,
  findStage,
  type Instruction,
  modulate,
  type StepDefinition,
  translate,
} from "@minisim/pipeline";
import { exposureWith } from "@minisim/sensor";
import { describe, expect, test } from "vitest";
import { compiled, FRAMES, fake } from "./fakes.ts";

const FOV = 3 * 4;
const CANVAS = 5 * 6;
const values = (n: number) => new Float64Array(n).fill(1);
const dense = (height: number, width: number, count = 1) => ({
  count,
  height,
  width,
  data: values(count * height * width),
});
const stack = (height: number, width: number) => {
  const one = { row: 0, col: 0, height: 1, width: 1, data: Float32Array.of(1) };
  return FootprintStack.from([one, one], { height, width });
};
const SENSOR = exposureWith({
  photons_per_unit: 10,
  quantum_efficiency: 0.5,
  read_noise_e: 1,
  counts_per_e: 1,
  max_count: 255,
});
const counts = (bit_depth: number) =>
  digitize({ ...SENSOR, max_count: 2 ** bit_depth - 1 }, [1, 2]);

const doing = (
  kind: string,
  domain: StepDefinition["domain"],
  instructions: Instruction | Instruction[],
  margin_px = 0,
): StepDefinition =>
  fake(kind, {
    domain,
    compile: () => ({ frames: instructions }),
    announce: () => facts.margin_px.of(margin_px),
  });

describe("operands that do not fit name the step", () => {
  const frames = { per_frame: [values(FRAMES)] };
  const cases: [string, Instruction, string][] = [
    [
      "a dense component of another size",
      accumulate(dense(4, 3), frames),
      "components must lie on the fov, 3 × 4.",
    ],
    [
      "dense components with too few values",
      accumulate({ ...dense(3, 4), count: 2 }, { constant: values(2) }),
      "the components need 2 × 3 × 4 values.",
    ],
    [
      "a stack on another canvas",
      accumulate(stack(3, 5), { constant: values(2) }),
      "components must lie on the fov, 3 × 4.",
    ],
    [
      "a constant weight too few",
      accumulate(stack(3, 4), { constant: values(1) }),
      "needs 2 constant weights.",
    ],
    [
      "weights for other frames",
      accumulate(dense(3, 4), { per_frame: [values(FRAMES), values(1)] }),
      `each weight array needs 1 × ${FRAMES} values.`,
    ],
    ["a field of another size", modulate(values(FOV + 1)), "the field must cover the fov, 3 × 4."],
    [
      "frame weights too few",
      modulate(values(FOV), values(FRAMES - 1)),
      `needs ${FRAMES} frame weights.`,
    ],
    [
      "a swing of another size",
      modulate(values(FOV), values(FRAMES), values(FOV - 1)),
      "the swing must cover the fov, 3 × 4.",
    ],
    [
      "a swing without weights",
      modulate(values(FOV), null, values(FOV)),
      "a field that swings needs frame weights.",
    ],
    ["neither a field nor weights", modulate(null), "what has no field needs frame weights."],
    [
      "a swing without a field",
      modulate(null, values(FRAMES), values(FOV)),
      "a swing needs a field.",
    ],
    [
      "a translation after the crop",
      translate(null),
      "only one step may move the canvas onto the FOV.",
    ],
  ];
  test.each(cases)("%s", (_, instruction, message) => {
    expect(() => compiled([doing("mine", "sensor", instruction)])).toThrow(
      `Step "mine": ${message}`,
    );
  });

  test("shifts that are not two a frame", () => {
    expect(() => compiled([doing("mine", "motion", translate(values(FRAMES)))])).toThrow(
      `Step "mine": needs ${FRAMES} × 2 shifts.`,
    );
  });

  test("displacements that do not fit the field of view and the frames", () => {
    const nodes = area(coarseGrid({ height: 3, width: 4 }, 2));
    const soft = { spacing_px: 2, count: 1, basis: values(2 * nodes), weights: values(FRAMES) };
    const moved = (own: Partial<typeof soft>, shifts: Float64Array | null = values(2 * FRAMES)) =>
      compiled([doing("mine", "motion", translate(shifts, { ...soft, ...own }))]);
    expect(moved({}).program.instructions).toHaveLength(1);
    expect(() => moved({}, null)).toThrow("a displacement comes on top of shifts.");
    expect(() => moved({ basis: values(3) })).toThrow(
      "a displacement needs 1 × 2 × 5 × 5 coefficients.",
    );
    expect(() => moved({ weights: values(3) })).toThrow(
      `a displacement needs 1 × ${FRAMES} weights.`,
    );
  });

  test("before motion, operands lie on the canvas", () => {
    const message = 'Step "mine": the field must cover the canvas, 5 × 6.';
    expect(() => compiled([doing("mine", "tissue", modulate(values(FOV)), 1)])).toThrow(message);
    const plan = compiled([doing("mine", "tissue", modulate(values(CANVAS)), 1)]);
    expect(plan.program.instructions.length).toBe(1);
  });

  test("coarse components lie on the grid of their spacing", () => {
    const on = (height: number, width: number) =>
      doing(
        "mine",
        "tissue",
        {
          verb: "accumulate",
          components: {
            spacing_px: 2,
            coefficients: FootprintStack.from([], { height, width }),
          },
          weights: { constant: new Float64Array(0) },
        },
        1,
      );
    const message = 'Step "mine": the coefficients must lie on a coarse grid of 7 × 7.';
    expect(() => compiled([on(5, 6)])).toThrow(message);
    expect(compiled([on(7, 7)]).program.instructions.length).toBe(1);
  });

  test("counts exist only on the field of view", () => {
    expect(() => compiled([doing("mine", "tissue", counts(8), 1)])).toThrow(
      'Step "mine": only frames on the FOV can be digitized.',
    );
  });

  test("a second translation", () => {
    const moving = (kind: string) => doing(kind, "motion", translate(null), 1);
    expect(() => compiled([moving("a_move"), moving("b_move")])).toThrow(
      'Step "b_move": only one step may move the canvas onto the FOV.',
    );
  });
});

describe("the way from canvas to field of view", () => {
  const verbs = (steps: StepDefinition[]) =>
    compiled(steps).program.instructions.map(({ verb }) => verb);

  test("is a crop where a margin was announced and nothing moves", () => {
    const { program } = compiled([
      doing("light", "tissue", modulate(values(CANVAS)), 1),
      doing("lens", "sensor", modulate(values(FOV))),
    ]);
    expect(program.instructions[1]).toEqual(translate(null));
    expect(program.stages.map(({ space }) => space)).toEqual(["canvas", "fov"]);
    expect(program.stages.map(({ end }) => end)).toEqual([1, 3]);
  });

  test("is the translation where a step moves", () => {
    const shifts = values(2 * FRAMES);
    expect(
      verbs([
        doing("light", "tissue", modulate(values(CANVAS))),
        doing("move", "motion", translate(shifts), 1),
        doing("lens", "sensor", modulate(values(FOV))),
      ]),
    ).toEqual(["modulate", "translate", "modulate"]);
  });

  test("is nothing without a margin", () => {
    expect(verbs([doing("lens", "sensor", modulate(values(FOV)))])).toEqual(["modulate"]);
  });

  test("comes once, before the first sensor step", () => {
    expect(
      verbs([
        doing("a", "sensor", modulate(values(FOV)), 1),
        doing("b", "sensor", modulate(values(FOV))),
      ]),
    ).toEqual(["translate", "modulate", "modulate"]);
  });
});

describe("stages", () => {
  const { program } = compiled([
    fake("cells", { domain: "cell" }),
    fake("light", { stage: "cells_only", compile: () => ({ frames: modulate(values(FOV)) }) }),
    fake("noop", { domain: "tissue" }),
    doing("z_eight", "sensor", counts(8)),
  ]);

  test("are one a step, in order, with a name, a kind and an end", () => {
    expect(program.stages).toEqual([
      { name: "cells", kind: "cells", end: 0, space: null, container: "float32" },
      { name: "cells_only", kind: "light", end: 1, space: "canvas", container: "float32" },
      { name: "noop", kind: "noop", end: 1, space: "canvas", container: "float32" },
      { name: "z_eight", kind: "z_eight", end: 2, space: "fov", container: "uint8" },
    ]);
  });

  test("are found by name and by kind", () => {
    expect(findStage(program, "cells_only")).toBe(program.stages[1]);
    expect(findStage(program, "light")).toBe(program.stages[1]);
  });

  test("an unknown one is an error that lists what there is", () => {
    expect(() => findStage(program, "lihgt")).toThrow(
      'There is no stage "lihgt"; this recording has cells, cells_only (light), noop, z_eight.',
    );
  });

  test("counts of more than 8 bits need 16, and light after counts is float again", () => {
    const stages = (bits: number) =>
      compiled([
        doing("a", "sensor", counts(bits)),
        doing("b", "sensor", []),
        doing("c", "sensor", custom("module", "verb", {})),
      ]).program.stages.map(({ container }) => container);
    expect(stages(8)).toEqual(["uint8", "uint8", "float32"]);
    expect(stages(9)).toEqual(["uint16", "uint16", "float32"]);
  });
});

test("the light that is expected is that of the mean field, where it swings", () => {
  const [weights, swing] = [
    Float64Array.of(0, 1, 2, 3, 4),
    Float64Array.from({ length: FOV }, (_, i) => i),
  ];
  const { program } = compiled([
    doing("a_light", "sensor", accumulate(dense(3, 4), { constant: values(1) })),
    doing("b_mask", "sensor", modulate(values(FOV), weights, swing)),
  ]);
  expect([...expectedLight(program).light]).toEqual([...swing.map((value) => 1 + 2 * value)]);
});
