// A spec that is kept beside the one under work, with its counts: the same seed plants the same cells, so what differs is the change.
import { signal } from "@preact/signals";
import type { Census } from "../engine/census.ts";
import { type Bench, benchNow } from "../state/bench.ts";
import { isWhole, recordingCount, windowCount } from "../state/counted.ts";
import { limits, plan, planned } from "../state/live.ts";
import { draft, put } from "../state/spec.ts";

interface Pinned extends Bench {
  readonly counts: Counts;
}
export interface Counts {
  /** Null where they were not counted yet. */
  readonly window: Census | null;
  readonly recording: Census | null;
}

export const pinned = signal<Pinned | null>(null);

export function countsNow(): Counts {
  // Of an older draft there is nothing to say of this one.
  if (!plan.value || planned.value !== draft.value) return { window: null, recording: null };
  const { number } = plan.value;
  const ofWindow = windowCount.value?.plan === number ? windowCount.value!.census : null;
  const ofAll = recordingCount.value?.plan === number ? recordingCount.value!.census : null;
  return { window: ofWindow, recording: isWhole.value ? ofWindow : ofAll };
}

export function pin(): void {
  const bench = benchNow();
  if (bench) pinned.value = { ...bench, counts: countsNow() };
}

/** What was pinned is under work, and what was under work is pinned. */
export function swap(): void {
  const back = pinned.value;
  if (!back) return;
  pin();
  put(back.spec, back.name, back.origin);
  limits.value = back.limits;
}
