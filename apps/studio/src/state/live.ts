// Draft → preview: one compile at a time, always of the newest draft; what came in between is skipped.
import { effect, signal } from "@preact/signals";
import { simulator } from "../engine/client.ts";
import type { Outlines, PlanInfo, SceneInfo } from "../engine/types.ts";
import { DEFAULT_LIMITS, type WindowLimits } from "../engine/window.ts";
import { toHash } from "./link.ts";
import { page } from "./page.ts";
import { type Draft, draft, issues } from "./spec.ts";

export const plan = signal<PlanInfo | null>(null);
export const scene = signal<SceneInfo | null>(null);
export const outlines = signal<Outlines | null>(null);
export const cacheKey = signal("");
export const limits = signal<WindowLimits>(DEFAULT_LIMITS);
/** A sentence when the simulator itself failed. */
export const failure = signal("");
/** From a change to the new plan, ms. */
export const latencyMs = signal(0);
export const busy = signal(false);

interface Wanted {
  readonly spec: Draft;
  readonly limits: WindowLimits;
  readonly since: number;
}
let wanted: Wanted | undefined;
let running = false;
let hashTimer = 0;

export function startLive(): void {
  effect(() => {
    const spec = draft.value;
    const bounds = limits.value;
    if (!spec) return;
    wanted = { spec, limits: bounds, since: performance.now() };
    void run();
    clearTimeout(hashTimer);
    hashTimer = window.setTimeout(() => void remember(spec), 250);
  });
}

async function remember(spec: Draft): Promise<void> {
  const hash = await toHash(spec);
  // A lesson's spec is not the user's.
  if (draft.value === spec && page.value !== "learn") history.replaceState(null, "", `#${hash}`);
}

async function run(): Promise<void> {
  if (running) return;
  running = true;
  busy.value = true;
  while (wanted) {
    const now: Wanted = wanted;
    wanted = undefined;
    try {
      await open(now);
      failure.value = "";
    } catch (error) {
      failure.value = error instanceof Error ? error.message : String(error);
    }
  }
  running = false;
  busy.value = false;
}

async function open({ spec, limits: bounds, since }: Wanted): Promise<void> {
  const opened = await simulator.open(spec, bounds);
  if (!opened.ok) {
    issues.value = opened.issues;
    return;
  }
  issues.value = opened.plan.warnings;
  cacheKey.value = opened.cacheKey;
  latencyMs.value = performance.now() - since;
  plan.value = opened.plan;
  // The first frame goes before the panels: it is asked for by whoever draws the movie, in this very turn.
  await new Promise((resolve) => setTimeout(resolve, 0));
  if (wanted) return;
  const info = await simulator.scene(opened.plan.number);
  if (info) scene.value = info;
  if (wanted) return;
  const lines = await simulator.outlines(opened.plan.number);
  if (lines) outlines.value = lines;
}
