// A spec that records a smaller field of view alone, and the first frames.
import { geometryOf, type Spec, type Window } from "@minisim/spec";
import type { RecordingWindow } from "./geometry.ts";
import { usedSteps } from "./order.ts";
import type { StepDefinition } from "./step.ts";

/**
 * The spec of a window in the centre of the field of view, at the same pixel size. What lies over the whole field is rewritten by the steps
 * themselves, so that the window has its middle; so is what they have for each frame. The recording is one of its own: its cells, vessels, background and noise are drawn for the smaller
 * field, and its "auto" focus looks at the cells of the window.
 *
 * A spec that records a window of the sensor (`acquisition.window`) keeps its sensor, and all that is drawn on it: of that window it records the middle.
 */
export function specInWindow(
  spec: Spec,
  steps: readonly StepDefinition[],
  window: RecordingWindow,
): Spec {
  const { acquisition } = spec;
  const geometry = geometryOf(acquisition);
  const part = acquisition.window && middleOf(acquisition.window, window);
  const seen = part ? { ...window, ...geometry.fov } : window;
  const rewritten = new Map(
    usedSteps(spec, steps).map(({ step, params, index }) => [
      index,
      step.inWindow?.({ params: params as never, acquisition, geometry, window: seen }),
    ]),
  );
  return {
    ...spec,
    acquisition: {
      ...acquisition,
      ...(window.n_frames < geometry.n_frames && {
        duration_s: window.n_frames / acquisition.fps,
      }),
      ...(part && { window: part }),
      image_sensor: {
        ...acquisition.image_sensor,
        n_px_height: seen.height,
        n_px_width: seen.width,
      },
    },
    steps: spec.steps.map((step, index) => ({ ...step, ...rewritten.get(index) })),
  };
}

/** The middle of a window, no larger than `most`. */
function middleOf(window: Window, most: RecordingWindow): Window {
  const height = Math.min(window.height, most.height);
  const width = Math.min(window.width, most.width);
  return {
    top: window.top + Math.floor((window.height - height) / 2),
    left: window.left + Math.floor((window.width - width) / 2),
    height,
    width,
  };
}
