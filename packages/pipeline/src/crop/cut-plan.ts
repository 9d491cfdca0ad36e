// The plan of a window of the sensor, out of that of the whole one.
import type { Window } from "@minisim/footprint";
import type { SceneGeometry } from "../geometry.ts";
import type { FrameProgram } from "../program.ts";
import { slots } from "../slots.ts";
import type { Scene, Token } from "../tokens.ts";
import type { TruthField } from "../truth.ts";
import { type Cut, cutOf, type Space } from "./cut.ts";
import { cutProgram } from "./cut-program.ts";

/** What of a plan is on its grids. */
interface OnGrids {
  readonly scene: Scene;
  readonly truth: ReadonlyMap<string, TruthField>;
  readonly program: FrameProgram;
}

/** All cells stay in the scene, those out of the window without a footprint. */
export function cutPlan<Plan extends OnGrids>(plan: Plan, window: Window): Plan {
  const cut = cutOf(plan.program.geometry, window);
  const truth = new Map([...plan.truth].map(([name, field]) => [name, cutField(field, cut)]));
  const scene = new CutScene(plan.scene, cut);
  return Object.freeze({ ...plan, scene, truth, program: cutProgram(plan.program, cut) });
}

/** The cells and what shades them as the window has them; all else as the whole scene has it. */
class CutScene implements Scene {
  readonly geometry: SceneGeometry;
  readonly #whole: Scene;
  readonly #cut: Cut;
  readonly #values = new Map<string, unknown>();

  constructor(whole: Scene, cut: Cut) {
    this.geometry = cut.geometry;
    this.#whole = whole;
    this.#cut = cut;
  }

  get<T>(token: Token<T>): T {
    const { name } = token;
    if (!this.#values.has(name)) this.#values.set(name, this.#seen(name, this.#whole.get(token)));
    return this.#values.get(name) as T;
  }

  #seen(name: string, value: unknown): unknown {
    if (name === slots.cells.name) {
      return this.#whole
        .get(slots.cells)
        .within(this.geometry.canvas, (stack) => this.#cut.stack(stack, "canvas"));
    }
    const isShade = name === slots.transmission.name && value !== null;
    return isShade ? this.#cut.planes(value as Float64Array, "canvas") : value;
  }
}

const PLANES = [
  ["canvas", "canvas_height", "canvas_width"],
  ["fov", "height", "width"],
] as const satisfies readonly (readonly [Space, string, string])[];

/** A field over one of the grids, cut when it is first read. */
function cutField(field: TruthField, cut: Cut): TruthField {
  const found = PLANES.find(([, height]) => field.dims.includes(height));
  if (!found) return field;
  const [space, ...last] = found;
  if (field.dims.at(-2) !== last[0] || field.dims.at(-1) !== last[1]) {
    throw new Error(`${last.join(" and ")} must be the last two dimensions of a truth field.`);
  }
  const { height, width } = cut.window[space];
  let data: Float64Array | undefined;
  return {
    ...field,
    shape: [...field.shape.slice(0, -2), height, width],
    series: null,
    get data() {
      data ??= cut.planes(field.data, space);
      return data;
    },
  };
}
