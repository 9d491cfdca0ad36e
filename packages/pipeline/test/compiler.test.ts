// A compiler that remembers: what runs again after a change, and what does not.
import {
  type Compiler,
  createCompiler,
  fact,
  facts,
  type Plan,
  type StepDefinition,
  slot,
  slots,
} from "@minisim/pipeline";
import { createSpecFactory, type Spec } from "@minisim/spec";
import { expect, test } from "vitest";
import { z } from "zod";
import { ACQUISITION, cellAt, fake } from "./fakes.ts";

const level = slot<number>("acme_level");
const flicker = fact<number>("acme_flicker");
let ran: string[] = [];
const amount = z.strictObject({ amount: z.number().default(1) });
const counted = (kind: string, rest: Parameters<typeof fake>[1]) =>
  fake(kind, {
    params: amount,
    ...rest,
    compile(context) {
      ran.push(kind);
      return rest?.compile?.(context);
    },
  });

const steps: readonly StepDefinition[] = [
  counted("a_cells", {
    domain: "cell",
    compile: ({ params }) => ({
      put: slots.cells.of(Array.from({ length: Number(params.amount) }, (_, i) => cellAt(i, i))),
    }),
  }),
  counted("b_level", {
    compile({ params, acquisition, warn }) {
      warn("level", `The level is ${params.amount}.`);
      return { put: level.of(Number(params.amount) * acquisition.optics.na) };
    },
  }),
  counted("c_reader", {
    truth: { doubled: { dims: ["value"], unit: "1", description: "Twice the level." } },
    compile: ({ scene }) => ({
      truth: { doubled: Float64Array.of(2 * (scene.get(level) ?? 0)) },
    }),
  }),
  counted("d_drawer", {
    truth: { drawn: { dims: ["value"], unit: "1", description: "A draw." } },
    compile: ({ random }) => ({
      truth: { drawn: Float64Array.of(random.stream("x").uniform()) },
    }),
  }),
  counted("e_lamp", {
    announce: ({ params }) => facts.excitation.of(Number(params.amount)),
  }),
  counted("f_lit", { compile: ({ scene }) => void scene.get(facts.excitation) }),
  counted("g_flickering", {
    announce: ({ random }) => flicker.of(random.stream("flicker").normal()),
    truth: { flicker: { dims: ["value"], unit: "1", description: "What was announced." } },
    compile: ({ random, scene }) => ({
      truth: {
        flicker: Float64Array.of(random.stream("flicker").normal(), scene.get(flicker)!),
      },
    }),
  }),
];
const { parse } = createSpecFactory(steps);

type Change = Readonly<Record<string, object | null>>;
const specOf = (change: Change = {}, rest: object = {}): Spec =>
  parse({
    acquisition: ACQUISITION,
    steps: steps.flatMap(({ kind }) => (change[kind] === null ? [] : [{ kind, ...change[kind] }])),
    ...rest,
  });

/** The kinds that run when the spec is compiled next. */
function runs(compiler: Compiler, spec: Spec): [string[], Plan] {
  ran = [];
  const plan = compiler.compile(spec);
  return [ran.map((kind) => kind.slice(0, 1)), plan];
}

function started(): Compiler {
  const compiler = createCompiler(steps);
  expect(runs(compiler, specOf())[0].join("")).toBe("abcdefg");
  return compiler;
}

test("nothing runs again for the same spec, and the plan has the very same parts", () => {
  const compiler = createCompiler(steps);
  const first = compiler.compile(specOf());
  const [again, plan] = runs(compiler, specOf());
  expect(again).toEqual([]);
  expect(plan.scene.get(slots.cells)).toBe(first.scene.get(slots.cells));
  expect(plan.truth.get("doubled")!.data).toBe(first.truth.get("doubled")!.data);
  expect(plan.warnings).toEqual(first.warnings);
});

test.each<[string, Spec, string]>([
  [
    "a parameter runs its step, and who reads what it puts",
    specOf({ b_level: { amount: 2 } }),
    "bc",
  ],
  ["a parameter that changes no slot runs its step alone", specOf({ a_cells: { amount: 2 } }), "a"],
  ["a fact runs who asked for it", specOf({ e_lamp: { amount: 2 } }), "ef"],
  ["a step that is gone runs who read what it put", specOf({ b_level: null }), "c"],
  ["a lamp that is gone runs who asked for its light", specOf({ e_lamp: null }), "f"],
  ["a seed runs who draws", specOf({}, { seed: 9 }), "dg"],
  [
    "a value of the acquisition runs who read it",
    specOf({}, { acquisition: { ...ACQUISITION, optics: { ...ACQUISITION.optics, na: 0.3 } } }),
    "bc",
  ],
  [
    "another geometry runs all",
    specOf({}, { acquisition: { ...ACQUISITION, duration_s: 1 } }),
    "abcdefg",
  ],
])("%s", (_, spec, expected) => {
  expect(runs(started(), spec)[0].join("")).toBe(expected);
});

test("a draw under one path is the same where a step announces it and where it compiles, and follows the seed", () => {
  const compiler = started();
  const drawn = [1, 9].map((seed) => {
    const [compiled, announced] = compiler.compile(specOf({}, { seed })).truth.get("flicker")!.data;
    expect(announced).toBe(compiled);
    return announced;
  });
  expect(drawn[1]).not.toBe(drawn[0]);
});

test("a value that comes out the same runs nobody further", () => {
  const compiler = started();
  const half = { ...ACQUISITION.optics, na: specOf().acquisition.optics.na / 2 };
  const spec = specOf(
    { b_level: { amount: 2 } },
    { acquisition: { ...ACQUISITION, optics: half } },
  );
  expect(runs(compiler, spec)[0].join("")).toBe("b");
});

test.each<[string, (acquisition: Plan["spec"]["acquisition"]) => unknown]>([
  ["one by one", ({ optics }) => optics.na],
  ["as a copy", ({ optics }) => ({ ...optics })],
  ["as a list", ({ optics }) => Object.values(optics)],
  ["as text", (acquisition) => JSON.stringify(acquisition)],
])("values of the acquisition count as read %s", (_, read) => {
  let count = 0;
  const reader = fake("reader", {
    compile({ acquisition }) {
      count += 1;
      read(acquisition);
      read(acquisition);
    },
  });
  const { parse } = createSpecFactory([reader]);
  const compiler = createCompiler([reader]);
  const compile = (na: number, seed: number) =>
    compiler.compile(
      parse({
        acquisition: { ...ACQUISITION, optics: { ...ACQUISITION.optics, na } },
        seed,
        steps: [{ kind: "reader" }],
      }),
    );
  compile(0.3, 1);
  compile(0.3, 2);
  expect(count).toBe(1);
  compile(0.4, 2);
  expect(count).toBe(2);
});

test("an aborted compile leaves what it has made, and the next one is whole", () => {
  const compiler = createCompiler(steps);
  const control = new AbortController();
  const onStep = (kind: string) => kind === "b_level" && control.abort(new Error("enough"));
  const { signal } = control;
  expect(() => compiler.compile(specOf(), { signal, onStep: (k) => void onStep(k) })).toThrow(
    "enough",
  );
  const [again, plan] = runs(compiler, specOf());
  expect(again.join("")).toBe("cdefg");
  expect([...plan.truth.keys()]).toEqual(["doubled", "drawn", "flicker"]);
});
