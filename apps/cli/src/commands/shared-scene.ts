// Shards of one recording compile its scene together, in the cache, where that pays.
import type { Shard } from "@minisim/output";
import { expectedWork, type ShareWorks } from "@minisim/pipeline";
import { isMinisimError, type Spec } from "@minisim/spec";
import { openCache, type SharedWorks } from "@minisim/sweep/node";
import type { Simulator } from "minisim";

/** Together the shards go over all traces twice, where one alone goes over them once: two gain nothing. */
const LEAST_SHARDS = 3;
/** Some ten seconds of a core: an estimate of what it is worth to fill a folder for. */
const LEAST_OPERATIONS = 1e10;

export interface Sharing {
  /** For `simulateShard`; absent where each compiles for itself. */
  readonly share?: ShareWorks;
  /** What was worked out together. */
  readonly counts: SharedWorks["counts"];
  /** What the user should know. */
  warnings(): string[];
  release(): Promise<void>;
}

interface Place {
  readonly simulator: Simulator;
  readonly shard: Shard;
  /** Folder of the cache; that of the user where absent. */
  readonly cache: string | undefined;
}

export async function sharingOf(spec: Spec, { simulator, shard, cache }: Place): Promise<Sharing> {
  const alone = (warnings: string[] = []): Sharing => ({
    counts: { taken: 0, made: 0 },
    warnings: () => warnings,
    release: async () => {},
  });
  if (!pays(spec, simulator, shard)) return alone();
  try {
    const key = simulator.Spec.cacheKey(spec);
    const { works, release } = await openCache(cache, { simulator }).shareScene(key, shard);
    return {
      share: works.share,
      get counts() {
        return works.counts;
      },
      warnings: () => (works.problem ? [aloneBecause(works.problem.message)] : []),
      // What is wrong with the cache by now is no matter of this recording.
      release: async () => void (await release().catch(sentenceOf)),
    };
  } catch (error) {
    return alone([aloneBecause(sentenceOf(error))]);
  }
}

/** Of a failure of the cache, for which no recording has to fail. @throws any other */
function sentenceOf(error: unknown): string {
  if (!isMinisimError(error)) throw error;
  return error.message;
}

export const pays = (spec: Spec, simulator: Simulator, { of }: Shard): boolean =>
  of >= LEAST_SHARDS && expectedWork(spec, simulator.steps).operations >= LEAST_OPERATIONS;

const aloneBecause = (problem: string): string =>
  `This shard has prepared its scene without the others, which takes longer: ${problem}`;
