// Its presence is no matter of other steps.
import { type Plan, slots } from "@minisim/pipeline";
import { createRandom } from "@minisim/random";
import { dataDifference } from "../differences.ts";
import { promise, type Subject, sentences } from "../promise.ts";

export function leavesOthersAlone({ step, bench, params }: Subject): void {
  promise("its presence touches no other step's draws, keys or columns", () => {
    const without = bench.compile({ params: null });
    const present = bench.compile({ params });
    const names = [...without.truth.keys()];
    const count = without.scene.get(slots.cells).count;
    const of = ({ truth, scene }: Plan) => ({
      truth: Object.fromEntries(names.map((name) => [name, truth.get(name)?.data])),
      keys_of_cells: [...scene.get(slots.cells)].slice(0, count).map(({ key }) => key),
      // Where there is none, a step may put it.
      activity: without.scene.get(slots.activity) && scene.get(slots.activity),
    });
    const called = [`without ${step.kind}`, "with it"] as const;
    const difference = dataDifference({ one: of(without), other: of(present), called });
    return sentences(
      difference && `${step.kind} changes what belongs to other steps: ${difference}.`,
    );
  });

  promise("announcing has no side effects", () => {
    const { Spec } = bench.simulator;
    const plan = bench.compile({ params });
    const { kind: _, ...own } = Spec.parse(bench.spec({ params })).steps.find(
      ({ kind }) => kind === step.kind,
    )!;
    const context = {
      params: own,
      acquisition: plan.spec.acquisition,
      random: createRandom(plan.spec.seed).child(step.kind),
      geometry: { ...plan.program.geometry, fov_um: [0, 0] as const, exposure_s: 1 },
    };
    const announce = () => step.announce?.(context as never) ?? null;
    const called = ["at first", "the second time"] as const;
    const difference = dataDifference({ one: announce(), other: announce(), called });
    return sentences(
      difference && `Asked twice, ${step.kind} announces two things: ${difference}.`,
    );
  });
}
