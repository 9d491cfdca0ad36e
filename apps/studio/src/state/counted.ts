// How many cells there are and how many can be found: in the window, and in the whole recording, over all of its duration.
// Counted beside the picture, by workers of their own, once a draft rests.
import { computed, effect, signal } from "@preact/signals";
import type { Census } from "../engine/census.ts";
import { recordingCounter, windowCounter } from "../engine/client.ts";
import { busy, plan, scene } from "./live.ts";

interface Counted {
  readonly plan: number;
  readonly census: Census;
}
/** Of the window; and of the recording, where they are not the same. */
export const windowCount = signal<Counted | null>(null);
export const recordingCount = signal<Counted | null>(null);

/** The count of the whole recording: what it will take, and since when it is at it. */
export interface Wait {
  readonly seconds: number;
  readonly since: number | null;
}
export const recordingWait = signal<Wait | null>(null);

/** Counts that take longer wait to be asked for. */
export const FEW_SECONDS = 12;
/** How long a draft rests before its window and its recording are counted, ms. */
const REST_MS = 150;
const LONGER_REST_MS = 500;
/** A count of the window that is older than this, ms, is ended for a newer one. */
const PATIENCE_MS = 1500;

/** Of each unit of the scene that is shown; null until they are counted. */
export const judged = computed<Census | null>(() => {
  const info = scene.value;
  const known = windowCount.value;
  const fits = info && known?.plan === info.plan && known.census.inView === info.inView;
  return fits ? known.census : null;
});

/** Whether the window is all that is recorded, so that one count serves both. */
export const isWhole = computed(() => {
  const { shown, recorded } = plan.value?.window ?? {};
  return shown?.height === recorded?.height && shown?.width === recorded?.width;
});

let timer = 0;
let windowSince: number | null = null;

export function startCounting(): void {
  effect(() => {
    const number = plan.value?.number;
    const atRest = !busy.value;
    clearTimeout(timer);
    if (number === undefined) return;
    stopCountingRecording();
    recordingWait.value = null;
    if (windowSince !== null && performance.now() - windowSince > PATIENCE_MS) {
      windowCounter.restart();
    }
    if (atRest) timer = window.setTimeout(() => void countWindow(number), REST_MS);
  });
}

async function countWindow(number: number): Promise<void> {
  const film = plan.value;
  if (film?.number !== number) return;
  windowSince ??= performance.now();
  const census = await windowCounter.call.census(film.window.counted).catch(() => null);
  windowSince = null;
  if (!census || plan.value?.number !== number) return;
  windowCount.value = { plan: number, census };
  if (isWhole.value) return;
  const { count_s } = await windowCounter.call.foresee(film.recording);
  if (plan.value?.number !== number) return;
  recordingWait.value = { seconds: count_s, since: null };
  if (count_s <= FEW_SECONDS) {
    timer = window.setTimeout(() => void countRecording(), LONGER_REST_MS);
  }
}

export async function countRecording(): Promise<void> {
  const film = plan.value;
  const wait = recordingWait.value;
  if (!film || !wait || wait.since !== null) return;
  recordingWait.value = { ...wait, since: performance.now() };
  const census = await recordingCounter.call.census(film.recording).catch(() => null);
  if (!census || plan.value?.number !== film.number) return;
  recordingCount.value = { plan: film.number, census };
  recordingWait.value = null;
}

export function stopCountingRecording(): void {
  const wait = recordingWait.peek();
  if (!wait || wait.since === null) return;
  recordingCounter.restart();
  recordingWait.value = { ...wait, since: null };
}
