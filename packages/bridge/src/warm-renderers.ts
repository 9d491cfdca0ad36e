// Renderers that stay warm: the first frame of a recording takes a second, the next ones milliseconds.
import type { Plan } from "@minisim/pipeline";
import { Renderer } from "@minisim/render";

/** Two recordings are compared, often; each holds the operands of its scene once more. */
const MOST = 3;

export class WarmRenderers {
  /** The one used last comes last. */
  readonly #renderers = new Map<Plan, Promise<Renderer>>();

  of(plan: Plan): Promise<Renderer> {
    const renderer = this.#renderers.get(plan) ?? Renderer.create(plan.program);
    this.#renderers.delete(plan);
    this.#renderers.set(plan, renderer);
    for (const other of this.#renderers.keys()) {
      if (this.#renderers.size <= MOST) break;
      this.release(other);
    }
    return renderer;
  }

  release(plan: Plan): void {
    const renderer = this.#renderers.get(plan);
    this.#renderers.delete(plan);
    // One that could not be made has failed for whoever asked for it.
    renderer?.then((made) => made.release()).catch(() => {});
  }
}
