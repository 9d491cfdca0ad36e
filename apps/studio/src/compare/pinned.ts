// A spec that is kept beside the one under work, with its counts: the same seed plants the same cells, so what differs is the change.
// Its picture is made by a simulator of its own, in the same window.
import { computed, effect, signal, untracked } from "@preact/signals";
import type { Census } from "../engine/census.ts";
import { simulatorNamed } from "../engine/client.ts";
import { wasEnded } from "../engine/restartable.ts";
import type { Outlines, PlanInfo, SceneInfo } from "../engine/types.ts";
import type { WindowLimits } from "../engine/window-limits.ts";
import { type Bench, benchNow } from "../state/bench.ts";
import { FEW_SECONDS, isWhole, recordingCount, windowCount } from "../state/counted.ts";
import { framesFrom } from "../state/frames.ts";
import { limits, plan, planned } from "../state/live.ts";
import { draft, put } from "../state/spec.ts";
import { hasMoved, redraws } from "../view/screen.ts";
import { heldSecond } from "../view/second.ts";
import { drawOutlines, drawVessels, enterPicture, type Seen, shiftOf } from "../view/seen.ts";

interface Pinned extends Bench {
  /** As they were known when it was pinned, in the window of then. */
  readonly counts: Counts;
}
export interface Counts {
  /** Null where they were not counted yet. */
  readonly window: Census | null;
  readonly recording: Census | null;
}

export const pinned = signal<Pinned | null>(null);
/** In the window of now; what is not known yet is counted. */
export const pinnedCounts = signal<Counts>({ window: null, recording: null });
/** Of what is pinned, in the window of now. */
export const pinnedFilm = signal<PlanInfo | null>(null);
/** Its cells; null until they are known. */
const pinnedScene = signal<SceneInfo | null>(null);
const pinnedLines = signal<Outlines | null>(null);
/** What is known of its picture's cells by now, to be drawn over it. */
const pinnedSeen = computed<Seen | null>(() => {
  const [info, lines] = [pinnedScene.value, pinnedLines.value];
  const { window } = pinnedCounts.value;
  return info && { info, lines, judged: window?.inView === info.inView ? window : null };
});
export const pinnedFailure = signal("");

const pictures = simulatorNamed("picture of what is pinned");
/** Counts what is asked for here, so that no picture waits for it. */
export const counter = simulatorNamed("counts beside the picture");
/** Beyond those of the draft, so that nobody takes the one for the other. */
let count = 1_000_000;

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

export function unpin(): void {
  pinned.value = null;
}

/** What was pinned is under work, and what was under work is pinned. */
export function swap(): void {
  const back = pinned.value;
  if (!back) return;
  pin();
  put(back.spec, back.name, back.origin);
  limits.value = back.limits;
}

effect(() => {
  const bench = pinned.value;
  const bounds = limits.value;
  untracked(() => {
    pictures.restart();
    pinnedFilm.value = null;
    pinnedScene.value = null;
    pinnedLines.value = null;
    pinnedFailure.value = "";
    const { window = null, recording = null } = bench?.counts ?? {};
    pinnedCounts.value = { window: bounds === bench?.limits ? window : null, recording };
    if (heldSecond.value?.close === unpin) heldSecond.value = null;
    if (bench) void open(bench, bounds);
  });
});

async function open(bench: Pinned, bounds: WindowLimits): Promise<void> {
  count += 1;
  const mine = count;
  // A focus that is still being looked for is that of the picture of now.
  const { wants_focus, spec } = plan.value?.window ?? {};
  const focus = wants_focus ? spec?.acquisition.focal_depth_in_tissue_um : null;
  const shown = { stages: [], frame: 0, framesPerMs: 0 };
  try {
    const opened = await pictures.call.open(
      bench.spec,
      bounds,
      shown,
      mine,
      typeof focus === "number" ? focus : null,
    );
    if (mine !== count || pinned.value !== bench) return;
    if (!opened.ok) throw new Error("What is pinned cannot be simulated.");
    show(opened.plan);
    await Promise.all([lookAt(mine), countMissing(opened.plan)]);
  } catch (error) {
    if (!wasEnded(error)) pinnedFailure.value = (error as Error).message;
  }
}

async function lookAt(number: number): Promise<void> {
  const info = await pictures.call.scene(number);
  if (number === count) pinnedScene.value = info;
  const lines = await pictures.call.outlines(number);
  if (number === count) pinnedLines.value = lines;
}

async function countMissing(film: PlanInfo): Promise<void> {
  const fresh = () => pinnedFilm.value === film;
  const { window, recording } = film;
  const whole =
    window.shown.height === window.recorded.height && window.shown.width === window.recorded.width;
  if (!pinnedCounts.value.window) {
    const census = await counter.call.census(window.counted);
    if (fresh()) pinnedCounts.value = { ...pinnedCounts.value, window: census };
  }
  if (!fresh() || pinnedCounts.value.recording || whole) return;
  if ((await counter.call.foresee(recording)).count_s > FEW_SECONDS) return;
  const census = await counter.call.census(recording);
  if (fresh()) pinnedCounts.value = { ...pinnedCounts.value, recording: census };
}

function show(film: PlanInfo): void {
  pinnedFilm.value = film;
  const frameOf = framesFrom({ film: () => film, ask: (...of) => pictures.call.frames(...of) });
  const names = film.stages.filter(({ hasMovie }) => hasMovie).map(({ name }) => name);
  heldSecond.value = {
    title: "pinned",
    mainTitle: "now",
    height: film.height,
    width: film.width,
    frameAt: (stage, frame) =>
      // A step that is off there has no stage: the last one is what there is.
      frameOf(names.includes(stage) ? stage : names.at(-1)!, frame % Math.max(1, film.frames), 1),
    draw(context, placement, ratio, { stage, number }) {
      const seen = pinnedSeen.value;
      if (!seen) return;
      const moved = hasMoved(stage, film.stages);
      context.save();
      enterPicture(context, placement, film, moved ? shiftOf(seen.info, number) : [0, 0]);
      drawVessels(context, film, seen);
      drawOutlines(context, seen, ratio / placement.scale);
      context.restore();
    },
    close: unpin,
  };
}

effect(() => {
  if (pinnedSeen.value) untracked(() => redraws.value++);
});
