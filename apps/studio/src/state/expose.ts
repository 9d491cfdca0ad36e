// A handle for tests and the curious in the browser's console: what is shown, and the hash of any of its frames.
import { simulator } from "../engine/client.ts";
import { shownFrame } from "../view/screen.ts";
import { judged, recordingCount, windowCount } from "./counted.ts";
import { cacheKey, latencyMs, limits, outlines, plan, scene } from "./live.ts";
import { at, type Path } from "./paths.ts";
import { draft, edit, issues } from "./spec.ts";
import {
  centre,
  frame,
  otherStage,
  outlineMode,
  playing,
  showVessels,
  stage,
  wiping,
  zoom,
} from "./view.ts";

export function exposeForTests(): void {
  const handle = {
    get spec() {
      return draft.value;
    },
    get plan() {
      return plan.value;
    },
    get scene() {
      return scene.value;
    },
    get ready() {
      return outlines.value !== null && outlines.value.plan === plan.value?.number;
    },
    /** Of the window's cells, in the scene's order; null until they are counted. */
    get judged() {
      return judged.value;
    },
    /** Of the window and of the recording, each with the plan that it is of. */
    get counts() {
      return { window: windowCount.value, recording: recordingCount.value };
    },
    get cacheKey() {
      return cacheKey.value;
    },
    get latencyMs() {
      return latencyMs.value;
    },
    get invalid() {
      return issues.value.some(({ severity }) => severity === "error");
    },
    get shown() {
      return { plan: shownFrame.value?.plan ?? 0, stage: stage.value, frame: frame.value };
    },
    get look() {
      return {
        stage: stage.value,
        other: wiping.value ? otherStage.value : "",
        wiping: wiping.value,
        outlines: outlineMode.value,
        vessels: showVessels.value,
        frame: playing.value ? null : Math.floor(frame.value),
        side: limits.value.side,
        place: limits.value.place,
      };
    },
    get view() {
      return { zoom: zoom.value, centre: centre.value };
    },
    edit: (path: Path, value: unknown) => edit(path, value),
    value: (path: Path) => at(draft.value, path),
    frameHash: (name: string, number: number) =>
      simulator.frameHash(plan.value?.number ?? 0, name, number),
  };
  Object.assign(globalThis, { minisimStudio: handle });
}
