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
let counting = false;

export function startCounting(): void {
  effect(() => {
    if (plan.value === null) return;
    stopCountingRecording();
    recordingWait.value = null;
  });
  effect(() => {
    const number = plan.value?.number;
    clearTimeout(timer);
    if (busy.value) makeWay();
    else if (number !== undefined) timer = window.setTimeout(() => void count(number), REST_MS);
  });
}

/** A new picture has the machine for itself: counts of the one before would only come too late. One that was asked for goes on. */
function makeWay(): void {
  if (counting) windowCounter.restart();
  if ((recordingWait.peek()?.seconds ?? 0) <= FEW_SECONDS) stopCountingRecording();
}

async function count(number: number): Promise<void> {
  const film = plan.value;
  if (film?.number !== number) return;
  if (windowCount.value?.plan !== number) {
    counting = true;
    const census = await windowCounter.call.census(film.window.counted).catch(() => null);
    counting = false;
    if (!census || plan.value?.number !== number) return;
    windowCount.value = { plan: number, census };
  }
  if (isWhole.value || recordingCount.value?.plan === number) return;
  const foreseen = await windowCounter.call.foresee(film.recording).catch(() => null);
  if (!foreseen || plan.value?.number !== number || recordingWait.value?.since) return;
  const seconds = foreseen.count_s;
  recordingWait.value = { seconds, since: null };
  if (seconds <= FEW_SECONDS) {
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
