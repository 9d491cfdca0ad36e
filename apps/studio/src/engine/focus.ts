// What the window must know of the whole field before it can be compiled: how densely cells stand in it, and where its "auto"
// focus lies. Both are asked of the simulator, with coarse pixels, so that no step has to be known by name.
import { createCompiler, type StepDefinition, slots } from "@minisim/pipeline";
import { geometryOf, type JsonSchema, type Spec } from "@minisim/spec";
import { scaleByUnit } from "./per-volume.ts";

/**
 * One pixel of the field here is this many of the sensor's on a side. It stays small beside a cell: how bright a cell's peak is behind the optics
 * decides where the focus lies, and pixels of a cell's size put it 15 to 45 µm too deep (measured, V4 presets).
 */
const COARSE = 2;
/** Cells that are asked where to focus, fewer than the field's where it has more; and for how long they are listened to. */
const CELLS = 120;
const FRAMES = 3000;
/** Side of the patch that is counted, in coarse pixels. */
const PATCH = 96;

export interface Field {
  /** Cells below each µm² of the field. */
  cellsPerUm2(spec: Spec): number;
  /**
   * Focal depth (µm) of the full field; null where the spec gives one or has no step that looks for it. A curved field is
   * focused for its cells everywhere and for all that they do, so a window that searched on its own would lie elsewhere. An
   * estimate from a sample of cells; the same for every seed.
   */
  focus(spec: Spec): number | null;
}

export function createField(definitions: readonly StepDefinition[], schema: JsonSchema): Field {
  // What is not about cells still announces light and margins, and is spared the rest.
  const cellSteps = definitions.map((step) =>
    step.domain === "cell" ? step : { ...step, compile: () => undefined },
  );
  const whole = createCompiler(cellSteps);
  const patch = createCompiler(cellSteps.map(placingAlone));

  function cellsPerUm2(spec: Spec): number {
    // Where cells stand has nothing to do with time: a spec of another frame rate finds them remembered.
    const still = { ...spec, acquisition: { ...spec.acquisition, fps: 1 } };
    const small = coarse(still, 1, { height: PATCH, width: PATCH });
    const { scene } = patch.compile(small);
    const { canvas, pixel_size_um } = scene.geometry;
    const [height, width] = [canvas.height * pixel_size_um, canvas.width * pixel_size_um];
    let inside = 0;
    for (const { position_um } of scene.get(slots.cells)) {
      const [, y, x] = position_um;
      if (2 * Math.abs(y) <= height && 2 * Math.abs(x) <= width) inside += 1;
    }
    return inside / (height * width);
  }

  return {
    cellsPerUm2,
    focus(spec) {
      if (spec.acquisition.focal_depth_in_tissue_um !== "auto") return null;
      const { fov, fov_um, n_frames } = geometryOf(spec.acquisition);
      const cells = cellsPerUm2(spec) * fov_um[0] * fov_um[1];
      const fewer = cells > CELLS ? scaleByUnit(spec, schema, "1/mm³", CELLS / cells) : spec;
      const size = {
        height: Math.max(1, Math.round(fov.height / COARSE)),
        width: Math.max(1, Math.round(fov.width / COARSE)),
      };
      // A pixel of the sensor's light, though it is larger: it must not saturate.
      const dimmer = scaleByUnit(fewer, schema, "photon/(µm² s)", 1 / COARSE ** 2);
      const { scene } = whole.compile(coarse(dimmer, Math.min(n_frames, FRAMES), size));
      const focus = scene.get(slots.focal_depth_um);
      return focus === null ? null : Math.round(focus * 10) / 10;
    },
  };
}

/** The step without its turn if it once had one and put no cells: what cells do is most of the work, and not asked for here. */
function placingAlone(step: StepDefinition): StepDefinition {
  let places = true;
  return {
    ...step,
    compile(context) {
      if (!places) return undefined;
      const made = step.compile(context);
      places = [made?.put].flat().some((put) => put?.slot === slots.cells);
      return made;
    },
  };
}

function coarse(spec: Spec, frames: number, size: { height: number; width: number }): Spec {
  const { window: _, ...acquisition } = spec.acquisition;
  const { image_sensor: chip } = acquisition;
  return {
    ...spec,
    seed: 0,
    acquisition: {
      ...acquisition,
      duration_s: frames / acquisition.fps,
      image_sensor: {
        ...chip,
        n_px_height: size.height,
        n_px_width: size.width,
        pixel_pitch_um: chip.pixel_pitch_um * COARSE,
      },
    },
  };
}
