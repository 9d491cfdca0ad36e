// Spec → Plan: what compile gives each step, and what it takes from it.
import { compile, facts, type Scene, type StepDefinition, slots } from "@minisim/pipeline";
import { createSpecFactory } from "@minisim/spec";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { ACQUISITION, cellAt, compiled, FRAMES, fake } from "./fakes.ts";

const declare = (name: string, dims: readonly string[]) => ({
  truth: { [name]: { dims, unit: "1", description: "A field for tests." } },
});
const leaving = (kind: string, name: string, dims: readonly string[], length: number) =>
  fake(kind, {
    ...declare(name, dims),
    compile: () => ({ truth: { [name]: new Float64Array(length) } }),
  });

describe("truth", () => {
  const shape = (dims: readonly string[], length: number, ...others: StepDefinition[]) =>
    compiled([...others, leaving("mine", "x", dims, length)]).truth.get("x")?.shape;
  const margin = fake("margin", { announce: () => facts.margin_px.of(1) });
  const cells = fake("cells", {
    domain: "cell",
    compile: () => ({ put: slots.cells.of([cellAt(0, 0), cellAt(1, 1)]) }),
  });

  test.each([
    [["frame"], FRAMES, [FRAMES]],
    [["height", "width"], 12, [3, 4]],
    [["canvas_height", "canvas_width"], 30, [5, 6]],
    [["unit", "frame"], 2 * FRAMES, [2, FRAMES]],
    [["frame", "axis_yx"], 2 * FRAMES, [FRAMES, 2]],
    [["unit", "axis_zyx"], 6, [2, 3]],
    [["component", "frame"], 3 * FRAMES, [3, FRAMES]],
    [["component", "unit"], 0, [0, 2]],
  ])("of dims %j and %i values has the shape %j", (dims, length, expected) => {
    expect(shape(dims, length, margin, cells)).toEqual(expected);
  });

  test("keeps its declaration and the very array", () => {
    const data = new Float64Array(FRAMES);
    const step = fake("mine", {
      ...declare("x", ["frame"]),
      compile: () => ({ truth: { x: data } }),
    });
    const field = compiled([step]).truth.get("x")!;
    expect(field.data).toBe(data);
    expect(field).toMatchObject({ dims: ["frame"], unit: "1", description: "A field for tests." });
  });

  test("of another length is an error with the dimensions", () => {
    expect(() => shape(["frame", "axis_yx"], 7)).toThrow(
      `Truth field "x" has 7 values, which do not fill (frame ${FRAMES}, axis_yx 2).`,
    );
    expect(() => shape(["component", "frame"], FRAMES + 1)).toThrow("(component ?, frame 5)");
  });

  test("with two dimensions of its own is an error", () => {
    expect(() => shape(["component", "mode"], 4)).toThrow(
      'Truth field "x" has more than one dimension of its own.',
    );
  });

  test("that was not declared is an error that names the step", () => {
    const step = fake("mine", { compile: () => ({ truth: { x: new Float64Array(1) } }) });
    expect(() => compiled([step])).toThrow('Step "mine" makes truth "x" undeclared.');
  });

  test("beside what a step returns is an error, not silence", () => {
    const compile = (): object => ({
      verb: "modulate",
      field: new Float64Array(12),
      weights: null,
    });
    expect(() => compiled([fake("mine", { compile })])).toThrow(
      'Step "mine" returns "verb"; a step returns put, truth and frames.',
    );
  });

  test("that two steps make is an error", () => {
    const twice = ["a", "b"].map((kind) => leaving(kind, "x", ["frame"], FRAMES));
    expect(() => compiled(twice)).toThrow('Two steps make the truth field "x".');
  });

  test("declared and not made is absent", () => {
    expect(compiled([fake("mine", declare("x", ["frame"]))]).truth.size).toBe(0);
  });
});

describe("what a step is given", () => {
  test("its parameters without the kind, and the acquisition", () => {
    let seen: unknown;
    const params = z.strictObject({ strength: z.number().default(2) });
    const step = fake("mine", {
      params,
      compile: (context) => {
        seen = [context.params, context.acquisition.fps];
      },
    });
    compiled([step]);
    expect(seen).toEqual([{ strength: 2 }, ACQUISITION.fps]);
  });

  test("randomness of its own: other steps, other seeds", () => {
    const draws = (seed: number, ...others: StepDefinition[]) => {
      let drawn: number[] = [];
      const step = fake("mine", {
        compile({ random }) {
          const stream = random.stream("purpose", 0);
          drawn = [stream.uniform(), stream.uniform()];
        },
      });
      compiled([...others, step], { seed });
      return drawn;
    };
    const greedy = fake("greedy", {
      domain: "cell",
      compile: ({ random }) => void random.stream("purpose", 0).uniform(),
    });
    expect(draws(7, greedy)).toEqual(draws(7));
    expect(draws(8)).not.toEqual(draws(7));
  });

  test("a stream that no other kind shares", () => {
    const drawn: number[] = [];
    const drawer = (kind: string) =>
      fake(kind, { compile: ({ random }) => void drawn.push(random.stream("same").uniform()) });
    compiled([drawer("a"), drawer("b")]);
    expect(new Set(drawn).size).toBe(2);
  });
});

test("the scene can be read while a step compiles, and not later", () => {
  let kept: Scene | undefined;
  const step = fake("mine", {
    compile({ scene }) {
      kept = scene;
      expect(scene.get(slots.focal_depth_um)).toBeNull();
    },
  });
  compiled([step]);
  expect(() => kept!.get(slots.focal_depth_um)).toThrow(
    '"focal_depth_um" is read from the scene after the step has compiled.',
  );
});

test("warnings point to the step's place in the spec, not to its turn", () => {
  const warner = (kind: string, domain: "cell" | "sensor") =>
    fake(kind, { domain, compile: ({ warn }) => warn("odd", `${kind} is odd`) });
  const { warnings } = compiled([warner("late", "sensor"), warner("early", "cell")]);
  expect(warnings).toEqual([
    { severity: "warning", code: "odd", path: ["steps", 1], message: "early is odd" },
    { severity: "warning", code: "odd", path: ["steps", 0], message: "late is odd" },
  ]);
});

test("a step that is not among those given is an error", () => {
  const spec = createSpecFactory([fake("mine")]).parse({ steps: [{ kind: "mine" }] });
  expect(() => compile(spec, [fake("other")])).toThrow(
    'The spec uses the step "mine", which is not among those given.',
  );
});

test("steps that the spec does not use neither announce nor compile", () => {
  const used = fake("used");
  const never = () => {
    throw new Error("not used");
  };
  const unused = fake("unused", { announce: never, compile: never });
  const spec = createSpecFactory([used, unused]).parse({ steps: [{ kind: "used" }] });
  expect(compile(spec, [used, unused]).program.stages.map(({ kind }) => kind)).toEqual(["used"]);
});

test("onStep hears of each step before it runs", () => {
  const calls: unknown[] = [];
  const step = (kind: string) => fake(kind, { compile: () => void calls.push(kind) });
  compiled([step("b"), step("a")], { onStep: (...call) => calls.push(call) });
  expect(calls).toEqual([["a", 0, 2], "a", ["b", 1, 2], "b"]);
});

test("an aborted signal stops before the next step, with its reason", () => {
  const control = new AbortController();
  const ran: string[] = [];
  const step = (kind: string) => fake(kind, { compile: () => void ran.push(kind) });
  const stop = fake("b_stop", { compile: () => control.abort(new Error("enough")) });
  const steps = [step("a"), stop, step("c")];
  expect(() => compiled(steps, { signal: control.signal })).toThrow("enough");
  expect(ran).toEqual(["a"]);
});
