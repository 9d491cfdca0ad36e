// A second picture beside that of the draft: of a pinned spec, or of a movie that was opened. Beside it, behind a wipe, or in its place.
import { computed, signal } from "@preact/signals";
import type { Frame } from "../state/frames.ts";
import { page } from "../state/page.ts";
import { wiping } from "../state/view.ts";
import type { Placement } from "./paint.ts";

export interface Second {
  /** What it is called on the picture, and what the picture of the draft is called beside it. */
  readonly title: string;
  readonly mainTitle: string;
  readonly height: number;
  readonly width: number;
  /** What is to be seen when the draft's picture is at this frame; undefined until it is there. */
  frameAt(stage: string, frame: number): Frame | undefined;
  /** Draws over it. */
  draw?(context: CanvasRenderingContext2D, placement: Placement, ratio: number, frame: Frame): void;
  close(): void;
}

export type Way = "beside" | "wipe" | "blink";

/** What there is; it is seen where something is built. */
export const heldSecond = signal<Second | null>(null);
export const second = computed(() => (page.value === "build" ? heldSecond.value : null));
export const way = signal<Way>("beside");
/** Whether black and white are those of the draft's picture, so that more light looks brighter. */
export const sameContrast = signal(false);
/** While they blink: whether the second one is shown. */
export const flipped = signal(false);

/** Whether the two stand side by side. */
export const isBeside = computed(() => second.value !== null && way.value === "beside");
/** Whether a line divides one picture into two. */
export const isDivided = computed(() => (second.value ? way.value === "wipe" : wiping.value));

/** Which of the two is out of sight. */
export const hiddenOf = (): "main" | "second" | null => {
  if (second.value === null || way.value !== "blink") return null;
  return flipped.value ? "main" : "second";
};
