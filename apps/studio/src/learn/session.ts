// A lesson works on a spec of its own: what was being built is put aside on the way in and back on the way out.
import { batch, effect, signal } from "@preact/signals";
import { DEFAULT_LIMITS, limitsOf } from "../engine/window-limits.ts";
import { type Bench, benchNow } from "../state/bench.ts";
import { limits } from "../state/live.ts";
import { page } from "../state/page.ts";
import { catalog, type Draft, draft, keepSteps, load, loadPreset } from "../state/spec.ts";
import { otherStage, selected, stage, wiping } from "../state/view.ts";

export const lesson = signal(0);
export const screen = signal(0);

/** The spec as the screen that is shown has laid it out. */
export const lessonSpec = signal<Draft | null>(null);

let aside: Bench | null = null;

/** What was being built when the lesson began. */
export const setAside = (): Draft | null => aside?.spec ?? null;

export function startLearning(): void {
  effect(() => {
    const now = page.value;
    const chosen = [lesson.value, screen.value] as const;
    if (now === "learn") {
      if (!catalog.value) return;
      aside ??= benchNow();
      void show(...chosen);
    } else if (aside) {
      const back = aside;
      aside = null;
      queueMicrotask(() => {
        batch(() => {
          limits.value = back.limits;
          load(back.spec, back.name, back.origin);
          wiping.value = false;
          stage.value = "";
        });
      });
    }
  });
}

const ALL = "all";

/** Lays the screen of now out as the lesson has it. @returns whether there is such a screen. */
export const showScreen = (): Promise<boolean> => show(lesson.peek(), screen.peek());

async function show(number: number, at: number): Promise<boolean> {
  const { LESSONS } = await import("./lessons.ts");
  const setup = LESSONS[number]?.screens[at]?.setup;
  if (!setup) return false;
  if (lesson.peek() !== number || screen.peek() !== at || page.peek() !== "learn") return true;
  batch(() => {
    loadPreset(setup.preset ?? "miniscope_v4/ca1");
    limits.value = setup.wholeField ? limitsOf("whole") : DEFAULT_LIMITS;
    const kinds = setup.steps ?? ALL;
    if (kinds !== ALL) keepSteps(kinds);
    stage.value = setup.stage ?? "sensor";
    wiping.value = setup.against !== undefined;
    if (setup.against) otherStage.value = setup.against;
    selected.value = setup.cells ?? [];
    lessonSpec.value = draft.value;
  });
  return true;
}
