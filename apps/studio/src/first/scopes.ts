// Which scope: the cells that can be detected in a window of each preset's, counted one after the other.
import { signal } from "@preact/signals";
import type { Census } from "../engine/census.ts";
import { simulatorNamed } from "../engine/client.ts";
import { wasEnded } from "../engine/restartable.ts";
import { DEFAULT_LIMITS } from "../engine/window-limits.ts";
import { catalog } from "../state/spec.ts";

interface Scope {
  readonly name: string;
  readonly title: string;
  readonly census: Census;
}
export const scopes = signal<readonly Scope[]>([]);
/** The preset that is being counted; null while none is. */
export const counting = signal<string | null>(null);

const counter = simulatorNamed("count of each scope");

export async function countScopes(): Promise<void> {
  if (counting.value !== null) return;
  scopes.value = [];
  try {
    for (const [number, { name, title, spec }] of (catalog.value?.presets ?? []).entries()) {
      counting.value = title;
      const shown = { stages: [], frame: 0, framesPerMs: 0 };
      const opened = await counter.call.open(spec, DEFAULT_LIMITS, shown, number + 1, null);
      if (!opened.ok) continue;
      const census = await counter.call.census(opened.plan.window.counted);
      scopes.value = [...scopes.value, { name, title, census }];
    }
  } catch (error) {
    if (!wasEnded(error)) throw error;
  } finally {
    counting.value = null;
    // Its memory is given back.
    counter.restart();
  }
}

export const stopScopes = (): void => counter.restart();
