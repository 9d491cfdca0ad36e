// What differs between two recordings, or what two specs would make.
import {
  compareMovies,
  compareTruths,
  type MovieDifference,
  type Recorded,
  type TruthDifference,
} from "@minisim/recording";
import { type SpecDifference, specDifferences } from "@minisim/spec";

export type Pair<T> = readonly [first: T, second: T];

export interface Comparison {
  readonly spec: readonly SpecDifference[];
  /** Null where only specs were compared. */
  readonly recordings: RecordingsCompared | null;
}

interface RecordingsCompared {
  /** Steps of both that were made under different revisions. */
  readonly revisions: readonly { readonly kind: string; readonly revisions: Pair<number> }[];
  readonly shapes: Pair<Recorded["shape"]>;
  /** Null where frames are of different sizes. */
  readonly movie: MovieDifference | null;
  readonly truth: readonly TruthDifference[];
  readonly n_units: Pair<number>;
  readonly n_detectable: Pair<number>;
}

type Watch = NonNullable<Parameters<typeof compareMovies>[2]>;

export async function compareRecordings(
  first: Recorded,
  second: Recorded,
  watch: Watch,
): Promise<Comparison> {
  const [a, b] = [await first.truth(), await second.truth()];
  const sizes = [first, second].map(({ shape: [, height, width] }) => `${height} ${width}`);
  const revisions = Object.entries(first.step_revisions).flatMap(([kind, one]) => {
    const other = second.step_revisions[kind];
    return other === undefined || other === one ? [] : [{ kind, revisions: [one, other] as const }];
  });
  return {
    spec: specDifferences(first.spec, second.spec),
    recordings: {
      revisions,
      shapes: [first.shape, second.shape],
      movie: sizes[0] === sizes[1] ? await compareMovies(first, second, watch) : null,
      truth: compareTruths(a, b),
      n_units: [a.n_units, b.n_units],
      n_detectable: [a.n_detectable, b.n_detectable],
    },
  };
}

export function isSame({ spec, recordings }: Comparison): boolean {
  if (spec.length > 0) return false;
  if (recordings === null) return true;
  const { movie, shapes, truth } = recordings;
  const sameMovie = movie?.first_frame === null && shapes[0].join() === shapes[1].join();
  return sameMovie && truth.every(({ verdict }) => verdict === "same");
}
