// The scene: all that steps have built so far, under general names. Nothing in it is of size frames × pixels.
import { CellTable } from "./cells.ts";
import { area, type SceneGeometry } from "./geometry.ts";

export class Scene {
  readonly geometry: SceneGeometry;
  readonly cells: CellTable;
  /** Depth of the focal plane on the optical axis, µm below the surface; null until a step resolves it. */
  focal_depth_um: number | null = null;
  #transmission: Float64Array | null = null;

  constructor(geometry: SceneGeometry) {
    this.geometry = geometry;
    this.cells = new CellTable(geometry.canvas, geometry.n_frames);
  }

  /** Fraction of light that static tissue in front of the cells lets through, over the canvas; null where nothing shades. */
  get transmission(): Float64Array | null {
    return this.#transmission;
  }

  /** Puts one more shading layer (values 0..1 over the canvas) in front of the cells. */
  occlude(field: Float64Array): void {
    if (field.length !== area(this.geometry.canvas)) {
      throw new RangeError("A transmission field must cover the canvas.");
    }
    if (!this.#transmission) {
      this.#transmission = Float64Array.from(field);
      return;
    }
    for (let i = 0; i < field.length; i++) this.#transmission[i]! *= field[i]!;
  }
}
