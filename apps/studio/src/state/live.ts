// Draft → preview: one compile at a time, always of the newest draft; what came in between is skipped, and what takes too long
// for a newer draft is ended.
import { batch, effect, signal, untracked } from "@preact/signals";
import { restartSimulator, simulator, windowCounter } from "../engine/client.ts";
import { wasEnded } from "../engine/restartable.ts";
import type { Block, Expected, Outlines, PlanInfo, SceneInfo, Shown } from "../engine/types.ts";
import { DEFAULT_LIMITS, type WindowLimits } from "../engine/window-limits.ts";
import { type Draft, draft, issues } from "./spec.ts";

export const plan = signal<PlanInfo | null>(null);
/** The draft that the plan is of. */
export const planned = signal<Draft | null>(null);
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
/** What is being compiled: since when, and what it is expected to take. */
export const compiling = signal<{ readonly since: number; readonly seconds: number } | null>(null);
/** What the draft of now would take. */
export const expected = signal<Expected | null>(null);

/** A compile that goes on for longer than this, ms, is ended for a newer draft; a fresh worker costs a few hundred. */
const PATIENCE_MS = 2000;

interface Wanted {
  readonly spec: Draft;
  readonly limits: WindowLimits;
  readonly since: number;
}
let wanted: Wanted | undefined;
/** Since when `open` is at work, and what it last brought to the screen. */
let working: number | undefined;
let shownLast: Wanted | undefined;
/** Whether the simulator that has made what is on the screen was ended. */
let orphaned = false;
let timer = 0;
let count = 0;
let asked: { readonly plan: number; readonly since: number } | undefined;
/** Where the full field was in focus when somebody last looked, and of which spec that was. */
let focus: { readonly of: Draft | null; readonly um: number | null } = { of: null, um: null };
let look: () => Shown = () => ({ stages: [], frame: 0, framesPerMs: 0 });

/** `shown`: what the page shows when a change goes out. */
export function startLive(shown: () => Shown): void {
  look = shown;
  effect(() => {
    const spec = draft.value;
    const bounds = limits.value;
    if (!spec) return;
    want({ spec, limits: bounds, since: performance.now() });
  });
}

function want(next: Wanted): void {
  wanted = next;
  untracked(() => (working === undefined ? void run() : hurry()));
}

/** Ends what is at work once it has had its time. */
function hurry(): void {
  clearTimeout(timer);
  const began = working;
  if (began === undefined) return;
  timer = window.setTimeout(
    () => {
      if (wanted && working === began) end();
    },
    Math.max(0, began + PATIENCE_MS - performance.now()),
  );
}

function end(): void {
  orphaned = true;
  restartSimulator();
}

/** Ends what is at work, and goes back to what is on the screen. */
export function stopCompiling(): void {
  if (working === undefined) return;
  end();
  const back = shownLast;
  if (!back) return;
  batch(() => {
    draft.value = back.spec;
    limits.value = back.limits;
  });
  want({ ...back, since: performance.now() });
}

/** To be told of every frame that is drawn. */
export function drawn(number: number): void {
  if (asked?.plan !== number) return;
  latencyMs.value = performance.now() - asked.since;
  asked = undefined;
}

async function run(): Promise<void> {
  busy.value = true;
  while (wanted) {
    const now: Wanted = wanted;
    wanted = undefined;
    working = performance.now();
    try {
      await open(now);
      failure.value = "";
    } catch (error) {
      if (!wasEnded(error)) failure.value = error instanceof Error ? error.message : String(error);
    }
    clearTimeout(timer);
  }
  working = undefined;
  busy.value = false;
  compiling.value = null;
}

async function open(now: Wanted): Promise<void> {
  const { spec, limits: bounds, since } = now;
  count += 1;
  // Asked together: the simulator need not wait for the page in between.
  const [, opened] = await Promise.all([
    simulator.expected(spec, bounds).then(foresee),
    simulator.open(spec, bounds, look(), count, focus.um),
  ]);
  compiling.value = null;
  if (!opened.ok) {
    // What stays on the screen needs a simulator all the same.
    const again = orphaned && shownLast;
    orphaned = false;
    if (again) await open(again);
    // Its panels may have been skipped for this draft.
    else if (plan.value && outlines.value?.plan !== plan.value.number) await panels(plan.value);
    issues.value = opened.issues;
    return;
  }
  orphaned = false;
  shownLast = now;
  issues.value = opened.plan.warnings;
  cacheKey.value = opened.cacheKey;
  asked = { plan: opened.plan.number, since };
  batch(() => {
    firstFrames.value = opened.first;
    plan.value = opened.plan;
    planned.value = spec;
  });
  // The first frame goes before the panels: it is asked for by whoever draws the movie, in this very turn.
  await new Promise((resolve) => setTimeout(resolve, 0));
  if (wanted) return;
  if (opened.plan.window.wants_focus && focus.of !== spec) void refocus(now);
  await panels(opened.plan);
}

function foresee(foreseen: Expected | null): void {
  expected.value = foreseen;
  compiling.value = { since: performance.now(), seconds: foreseen?.window.compile_s ?? 0 };
}

async function panels({ number }: PlanInfo): Promise<void> {
  const info = await simulator.scene(number);
  if (info) scene.value = info;
  if (wanted) return;
  const lines = await simulator.outlines(number);
  if (lines) outlines.value = lines;
}

/** Looks where the full field is in focus, beside the picture, which is drawn anew where that is elsewhere. */
async function refocus(of: Wanted): Promise<void> {
  const um = await windowCounter.call.focus(of.spec).catch(() => undefined);
  // Ended for another draft or another window; the next plan looks again.
  if (um === undefined || draft.value !== of.spec) return;
  const moved = um !== focus.um;
  focus = { of: of.spec, um };
  if (moved && !wanted) want({ ...of, since: performance.now() });
}
