// What a change does under several seeds: the pinned spec and the one of now, each seed planting the same cells in both.
import { signal } from "@preact/signals";
import { wasEnded } from "../engine/restartable.ts";
import { plan } from "../state/live.ts";
import { counter, pinnedFilm } from "./pinned.ts";

export interface Pair {
  readonly seed: number;
  readonly pinned: number;
  readonly now: number;
}

export const SEEDS = 5;

export const pairs = signal<readonly Pair[]>([]);
/** The plans that the pairs are of. */
export const pairsOf = signal("");
/** Counts that are done; null while none is under way. */
export const counting = signal<number | null>(null);

export const plansNow = (): string => `${pinnedFilm.value?.number} ${plan.value?.number}`;

/** Counts the window under the seed of now and those that follow. */
export async function countSeeds(): Promise<void> {
  const [before, after] = [pinnedFilm.value, plan.value];
  if (!before || !after || counting.value !== null) return;
  const first = after.window.spec.seed;
  pairs.value = [];
  pairsOf.value = plansNow();
  counting.value = 0;
  const detectable = async (spec: object, seed: number) => {
    const census = await counter.call.census({ ...spec, seed });
    counting.value = (counting.value ?? 0) + 1;
    return census.detectableCount;
  };
  try {
    for (let seed = first; seed < first + SEEDS; seed++) {
      const pair = {
        seed,
        pinned: await detectable(before.window.counted, seed),
        now: await detectable(after.window.counted, seed),
      };
      pairs.value = [...pairs.value, pair];
    }
  } catch (error) {
    if (!wasEnded(error)) throw error;
  } finally {
    counting.value = null;
  }
}

export const stopSeeds = (): void => counter.restart();

export interface Spread {
  readonly mean: number;
  /** Of the sample; null for one value. */
  readonly sd: number | null;
}

export function spreadOf(values: readonly number[]): Spread {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, sd: values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : null };
}
