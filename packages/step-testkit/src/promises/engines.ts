// Its bytes are those of every engine, and of every run: nothing decides them that differs between engines or between runs.
import { compile, type Plan } from "@minisim/pipeline";
import { Renderer, viewOf } from "@minisim/render";
import { type EngineUse, isEngineMath } from "../engine-names.ts";
import { writtenInWhatRuns } from "../node-sources.ts";
import { callsDuring } from "../node-watch.ts";
import { promise, type Subject } from "../promise.ts";

export function enginesAgree({ bench, params }: Subject): void {
  promise("nothing decides its bytes that differs between engines or runs", async () => {
    const uses: EngineUse[] = [];
    for (const setting of [params, {}]) {
      const { Spec, steps } = bench.simulator;
      const spec = Spec.parse(bench.spec({ params: setting })) as Plan["spec"];
      const plan = compile(spec, steps);
      const view = viewOf(plan.program, {});
      const renderer = await Renderer.create(plan.program);
      try {
        // Compiled once more, so that what only this does is seen; and all frames, of which the step may hand over recipes.
        const run = () => {
          for (const { data } of compile(spec, steps).truth.values()) data.at(0);
          if (view) for (const _ of renderer.blocks(undefined, view));
        };
        const written = writtenInWhatRuns(run);
        const called = callsDuring(run).filter(
          ({ what }) => !written.some((other) => other.what === what),
        );
        uses.push(...written, ...called);
      } finally {
        renderer.release();
      }
    }
    return [...new Set(uses.map(sentenceOf))];
  });
}

function sentenceOf({ what, place }: EngineUse): string {
  const name = what.replace("Math.", "");
  if (what.startsWith("**")) {
    return `${place}: engines disagree on the last bit of ${what}. Multiply, or take pow of @minisim/kernels/math.`;
  }
  if (isEngineMath(name)) {
    return `${place}: engines disagree on the last bit of ${what}. Take ${name} of @minisim/kernels/math.`;
  }
  if (what === "Math.random" || what.startsWith("crypto.")) {
    return `${place}: ${what} differs from run to run. Draw from context.random.`;
  }
  return `${place}: ${what} is a clock, which differs from run to run. Time is the number of the frame, divided by geometry.fps.`;
}
