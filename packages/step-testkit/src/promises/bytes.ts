// A recording is a function of its spec: the same again, and after any change.
import { compile, createCompiler, type Plan } from "@minisim/pipeline";
import type { Setting } from "../bench.ts";
import { dataDifference, movieDifference, told } from "../differences.ts";
import { promise, type Subject, sentences } from "../promise.ts";

const CAUSES =
  "Chance comes from context.random alone; nothing is kept between calls, and no clock is read.";

export function sameBytes({ step, bench, params, options: { draws } }: Subject): void {
  promise("the same seed gives the same bytes", async () => {
    const [one, other] = [bench.compile({ params }), bench.compile({ params })];
    const called = ["at first", "the second time"] as const;
    const truths = dataDifference({ one: dataOf(one), other: dataOf(other), called });
    const movies = await movieDifference(bench, {
      one: { plan: one },
      other: { plan: other },
      called,
    });
    return sentences(
      truths && `Compiled twice from one spec, the truth differs: ${truths}. ${CAUSES}`,
      movies && `Compiled twice from one spec, the movie differs: ${movies}. ${CAUSES}`,
    );
  });

  promise(
    draws ? "another seed gives other bytes" : "its seed changes nothing: it draws nothing",
    () => {
      const one = bench.imprint(params, 1);
      const again = dataDifference({
        one,
        other: bench.imprint(params, 1),
        called: ["at first", "the second time"],
      });
      const other = dataDifference({
        one,
        other: bench.imprint(params, 2),
        called: ["with seed 1", "with seed 2"],
      });
      return sentences(
        again && `With one seed it makes two things: ${again}. ${CAUSES}`,
        draws &&
          !other &&
          "Conformance is told that it draws (draws: true), and all that it makes is the same with seed 1 and seed 2.",
        !draws &&
          other &&
          `Conformance is told that it draws nothing (draws: false), and its seed changes what it makes: ${other}.`,
      );
    },
  );

  promise("compiled again after any change it makes what a fresh compile makes", () => {
    const { Spec, steps } = bench.simulator;
    const compiler = createCompiler(steps);
    const settings: Setting[] = [
      { params },
      { params },
      { params, seed: 2 },
      { params: null },
      { params: {} },
      { params, acquisition: { focal_depth_in_tissue_um: 40 } },
      { params, acquisition: { optics: { na: 0.4, magnification: 3 } } },
      { params, acquisition: { duration_s: 1 } },
      { params },
    ];
    for (const [turn, setting] of settings.entries()) {
      const spec = Spec.parse(bench.spec(setting)) as Plan["spec"];
      const [one, other] = [compiler.compile(spec), compile(spec, steps)].map(
        ({ truth, program, warnings }) => ({
          truth: Object.fromEntries([...truth].map(([name, { data }]) => [name, data])),
          instructions: program.instructions,
          warnings,
        }),
      );
      const called = ["from memory", "compiled afresh"] as const;
      const difference = dataDifference({ one, other, called });
      if (difference) {
        return [
          `${step.kind} is no pure function of its context: as number ${turn + 1} in a row, with ${told(setting)}, ${difference}. It reads something that is not in its context, or changes something that is.`,
        ];
      }
    }
    return [];
  });
}

const dataOf = (plan: Plan) =>
  Object.fromEntries([...plan.truth].map(([name, { data }]) => [name, data]));
