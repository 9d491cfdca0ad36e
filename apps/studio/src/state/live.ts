// Draft → preview: one compile at a time, always of the newest draft; what came in between is skipped.
import { batch, effect, signal, untracked } from "@preact/signals";
import { simulator } from "../engine/client.ts";
import type { Block, Outlines, PlanInfo, SceneInfo, Shown } from "../engine/types.ts";
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
/** From a change to the first frame of it that was drawn, ms. */
export const latencyMs = signal(0);
/** Frames that came with the plan. */
export const firstFrames = signal<readonly Block[]>([]);
export const busy = signal(false);

interface Wanted {
  readonly spec: Draft;
  readonly limits: WindowLimits;
  readonly since: number;
}
let wanted: Wanted | undefined;
let running = false;
let hashTimer = 0;
let asked: { readonly plan: number; readonly since: number } | undefined;
let look: () => Shown = () => ({ stages: [], frame: 0, framesPerMs: 0 });

/** `shown`: what the page shows when a change goes out. */
export function startLive(shown: () => Shown): void {
  look = shown;
  effect(() => {
    const spec = draft.value;
    const bounds = limits.value;
    if (!spec) return;
    wanted = { spec, limits: bounds, since: performance.now() };
    untracked(() => void run());
    clearTimeout(hashTimer);
    hashTimer = window.setTimeout(() => void remember(spec), 250);
  });
}

async function remember(spec: Draft): Promise<void> {
  const hash = await toHash(spec);
  // A lesson's spec is not the user's.
  if (draft.value === spec && page.value !== "learn") history.replaceState(null, "", `#${hash}`);
}

/** To be told of every frame that is drawn. */
export function drawn(number: number): void {
  if (asked?.plan !== number) return;
  latencyMs.value = performance.now() - asked.since;
  asked = undefined;
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
  const opened = await simulator.open(spec, bounds, look());
  if (!opened.ok) {
    issues.value = opened.issues;
    return;
  }
  issues.value = opened.plan.warnings;
  cacheKey.value = opened.cacheKey;
  asked = { plan: opened.plan.number, since };
  batch(() => {
    firstFrames.value = opened.first;
    plan.value = opened.plan;
  });
  // The first frame goes before the panels: it is asked for by whoever draws the movie, in this very turn.
  await new Promise((resolve) => setTimeout(resolve, 0));
  if (wanted) return;
  const info = await simulator.scene(opened.plan.number);
  if (info) scene.value = info;
  if (wanted) return;
  const lines = await simulator.outlines(opened.plan.number);
  if (lines) outlines.value = lines;
}
