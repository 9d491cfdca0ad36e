// A spec that records the middle of the field of view alone, and the first frames.
import { geometryOf, type Spec } from "@minisim/spec";
import type { RecordingWindow } from "./geometry.ts";
import { usedSteps } from "./order.ts";
import type { StepDefinition } from "./step.ts";

/**
 * The spec of a window in the centre of the field of view, at the same pixel size. What lies over the whole field is rewritten by the steps
 * themselves, so that the window has its middle; so is what they have for each frame. The recording is one of its own: its cells, vessels, background and noise are drawn for the smaller
 * field, and its "auto" focus looks at the cells of the window.
 */
export function specInWindow(
  spec: Spec,
  steps: readonly StepDefinition[],
  window: RecordingWindow,
): Spec {
  const { acquisition } = spec;
  const geometry = geometryOf(acquisition);
  const rewritten = new Map(
    usedSteps(spec, steps).map(({ step, params, index }) => [
      index,
      step.inWindow?.({ params: params as never, acquisition, geometry, window }),
    ]),
  );
  return {
    ...spec,
    acquisition: {
      ...acquisition,
      ...(window.n_frames < geometry.n_frames && {
        duration_s: window.n_frames / acquisition.fps,
      }),
      image_sensor: {
        ...acquisition.image_sensor,
        n_px_height: window.height,
        n_px_width: window.width,
      },
    },
    steps: spec.steps.map((step, index) => ({ ...step, ...rewritten.get(index) })),
  };
}
