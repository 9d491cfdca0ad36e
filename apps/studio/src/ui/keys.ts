// The keyboard: transport, zoom, stages. Keys that a field wants stay with the field.
import { redo, undo } from "../address/address.ts";
import { plan } from "../state/live.ts";
import { page } from "../state/page.ts";
import { centre, frame, movieStages, playing, stage, wiping, zoom } from "../state/view.ts";
import { flipped, second, way } from "../view/second.ts";

export const SHORTCUTS: readonly (readonly [string, string])[] = [
  ["Space", "play, pause"],
  ["← →", "one frame (with Shift ten)"],
  ["[ ]", "stage before, after"],
  ["W", "wipe between two stages"],
  ["B", "of two pictures, the other one"],
  ["+ − 0", "zoom in, out, whole picture"],
  ["Ctrl Z", "undo (with Shift redo)"],
];

export function onKey(event: KeyboardEvent): void {
  const target = event.target as HTMLElement;
  const typing = target.closest("input, select, textarea") !== null;
  // Where text is typed, undoing is the field's.
  const inText = target.closest("input[type=text], textarea") !== null;
  if ((event.ctrlKey || event.metaKey) && !event.altKey && !inText) undoOrRedo(event);
  if (page.value === "generate" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (typing || (event.key === " " && target.closest("button, summary, a"))) return;
  const action = ACTIONS[event.key];
  if (!action) return;
  event.preventDefault();
  action(event);
}

function undoOrRedo(event: KeyboardEvent): void {
  const key = event.key.toLowerCase();
  if (key !== "z" && key !== "y") return;
  event.preventDefault();
  if (key === "y" || event.shiftKey) redo();
  else undo();
}

function step(by: number): void {
  const frames = plan.value?.frames ?? 1;
  playing.value = false;
  frame.value = (Math.floor(frame.value) + by + frames * 10) % frames;
}

function otherStageBy(by: number): void {
  const names = movieStages.value.map(({ name }) => name);
  const next = names.indexOf(stage.value) + by;
  if (names[next] !== undefined) stage.value = names[next];
}

export function zoomBy(factor: number): void {
  zoom.value = Math.min(24, Math.max(1, zoom.value * factor));
  if (zoom.value === 1) centre.value = [0.5, 0.5];
}

const ACTIONS: Readonly<Record<string, (event: KeyboardEvent) => void>> = {
  " ": () => {
    playing.value = !playing.value;
  },
  ArrowRight: ({ shiftKey }) => step(shiftKey ? 10 : 1),
  ArrowLeft: ({ shiftKey }) => step(shiftKey ? -10 : -1),
  "]": () => otherStageBy(1),
  "[": () => otherStageBy(-1),
  w: () => {
    wiping.value = !wiping.value;
  },
  b: () => {
    if (!second.value) return;
    way.value = "blink";
    flipped.value = !flipped.value;
  },
  "+": () => zoomBy(1.5),
  "=": () => zoomBy(1.5),
  "-": () => zoomBy(1 / 1.5),
  "0": () => zoomBy(0),
};
