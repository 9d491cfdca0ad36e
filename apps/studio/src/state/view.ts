// How the movie is looked at: nothing here changes a recording.
import { computed, effect, signal } from "@preact/signals";
import type { Shown } from "../engine/types.ts";
import { firstFrames, plan } from "./live.ts";

/** Names of the stages on the left and right of the wipe; right is what is seen without one. */
export const stage = signal("");
export const otherStage = signal("");
export const wiping = signal(false);
/** Where the wipe is, 0..1 of the picture's width. */
export const wipe = signal(0.5);

export const frame = signal(0);
export const playing = signal(!matchMedia("(prefers-reduced-motion: reduce)").matches);
export const speed = signal(1);

export const zoom = signal(1);
/** Centre of the view in the picture, 0..1. */
export const centre = signal<readonly [y: number, x: number]>([0.5, 0.5]);

export type Palette = "gray" | "ember" | "lagoon";
export const palette = signal<Palette>("gray");
export const percentiles = signal<readonly [low: number, high: number]>([1, 99.8]);
/** Keeps the present contrast, so that brighter light looks brighter. */
export const locked = signal(false);

export const outlineMode = signal<"off" | "detectable" | "snr" | "depth">("detectable");
export const showVessels = signal(false);
export const showMotion = signal(true);
export const selected = signal<readonly number[]>([]);

export const stages = computed(() => plan.value?.stages ?? []);
export const movieStages = computed(() => stages.value.filter((one) => one.hasMovie));

/** What a new plan has to bring along. */
export const shownNow = (): Shown => ({
  stages: wiping.value ? [stage.value, otherStage.value] : [stage.value],
  frame: Math.floor(frame.value),
  framesPerMs: playing.value ? ((plan.value?.fps ?? 0) * speed.value) / 1000 : 0,
});

/** Keeps what is looked at inside what there is. */
export function startView(): void {
  effect(() => {
    const rows = movieStages.value;
    const now = plan.value;
    if (!now) return;
    const has = (name: string) => rows.some((row) => row.name === name);
    if (!has(stage.peek())) stage.value = rows.at(-1)?.name ?? "";
    if (!has(otherStage.peek())) otherStage.value = rows[0]?.name ?? "";
    // The movie goes on where the first frame of the new plan is, which is about where it was.
    const [first] = firstFrames.peek();
    if (first?.plan === now.number && playing.peek()) frame.value = first.first;
    else if (frame.peek() >= now.frames) frame.value = 0;
  });
}

export function toggleUnit(unit: number): void {
  const now = selected.value;
  selected.value = now.includes(unit)
    ? now.filter((one) => one !== unit)
    : [...now, unit].slice(-5);
}
