// One compiled recording and the machine that renders it: what the worker holds, and what Node's tests hold against it.
import { groundTruth } from "@minisim/finalize";
import type { Plan } from "@minisim/pipeline";
import type { GroundTruth } from "@minisim/recording";
import { Renderer, viewOf } from "@minisim/render";
import type { Spec } from "@minisim/spec";
import { compile } from "minisim";
import type { StageRow } from "./types.ts";

export class Preview {
  readonly plan: Plan;
  readonly #renderer: Renderer;
  #truth: GroundTruth | undefined;

  private constructor(plan: Plan, renderer: Renderer) {
    this.plan = plan;
    this.#renderer = renderer;
  }

  static async open(spec: Spec, compileSpec: (spec: Spec) => Plan = compile): Promise<Preview> {
    const plan = compileSpec(spec);
    return new Preview(plan, await Renderer.create(plan.program));
  }

  get truth(): GroundTruth {
    this.#truth ??= groundTruth(this.plan);
    return this.#truth;
  }

  get stages(): StageRow[] {
    return this.plan.program.stages.map(({ name, kind, space, container }) => ({
      name,
      kind,
      hasMovie: space !== null,
      container,
    }));
  }

  /** Frames first … first + count − 1 over the field of view, in the stage's own type. A copy. */
  frames(stage: string, first: number, count: number): Uint8Array | Uint16Array | Float32Array {
    const view = viewOf(this.plan.program, { until: stage });
    if (!view) throw new RangeError(`There is no movie yet at the stage ${stage}.`);
    const { n_frames } = this.plan.program.geometry;
    const numbers = Array.from({ length: Math.min(count, n_frames - first) }, (_, i) => first + i);
    let result: Uint8Array | Uint16Array | Float32Array | undefined;
    let at = 0;
    for (const block of this.#renderer.blocks(numbers, view)) {
      const size = block.data.length / block.frames.length;
      result ??= new (block.data.constructor as Float32ArrayConstructor)(size * numbers.length);
      result.set(block.data, at);
      at += block.data.length;
    }
    return result ?? new Float32Array(0);
  }

  release(): void {
    this.#renderer.release();
  }
}
