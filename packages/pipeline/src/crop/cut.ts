// A window of the sensor: what is kept of the field of view, and of the canvas around it.
import type { FootprintStack, Window } from "@minisim/footprint";
import type { Whole } from "@minisim/kernels";
import { cutPlanes, type SceneGeometry } from "../geometry.ts";

export type Space = "canvas" | "fov";

/** How everything on the two grids is cut. The same stack makes the same stack, which is how the scene and the program know theirs again. */
export interface Cut {
  /** Of the part. */
  readonly geometry: SceneGeometry;
  readonly window: Readonly<Record<Space, Window>>;
  /** Where the part lies on the whole grid. */
  readonly whole: Readonly<Record<Space, Whole>>;
  stack(stack: FootprintStack, space: Space): FootprintStack;
  /** Planes of the whole grid, one after another. */
  planes(values: Float64Array, space: Space): Float64Array;
}

/** @param window part of the FOV; the margin around it is as wide as that of the whole */
export function cutOf(whole: SceneGeometry, window: Window): Cut {
  const { top, left, height, width } = window;
  const margin = 2 * whole.margin_px;
  const canvas = { height: height + margin, width: width + margin };
  const windows = { canvas: { top, left, ...canvas }, fov: window };
  const known = { canvas: new WeakMap(), fov: new WeakMap() };
  return {
    geometry: Object.freeze({ ...whole, fov: Object.freeze({ height, width }), canvas }),
    window: windows,
    whole: { canvas: { top, left, ...whole.canvas }, fov: { top, left, ...whole.fov } },
    stack(stack, space) {
      const memory: WeakMap<FootprintStack, FootprintStack> = known[space];
      const made = memory.get(stack) ?? stack.crop(windows[space]);
      memory.set(stack, made);
      return made;
    },
    planes: (values, space) => cutPlanes(values, whole[space], windows[space]),
  };
}
