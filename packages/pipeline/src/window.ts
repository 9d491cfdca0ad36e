// A spec that records the middle of the field of view alone.
import { geometryOf, type Shape, type Spec } from "@minisim/spec";
import { usedSteps } from "./order.ts";
import type { StepDefinition } from "./step.ts";

/**
 * The spec of a window in the centre of the field of view, at the same pixel size. What lies over the whole field is rewritten by the steps
 * themselves, so that the window has its middle. The recording is one of its own: its cells, vessels, background and noise are drawn for the smaller
 * field, and its "auto" focus looks at the cells of the window.
 */
export function specInWindow(spec: Spec, steps: readonly StepDefinition[], window: Shape): Spec {
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
      image_sensor: {
        ...acquisition.image_sensor,
        n_px_height: window.height,
        n_px_width: window.width,
      },
    },
    steps: spec.steps.map((step, index) => ({ ...step, ...rewritten.get(index) })),
  };
}
