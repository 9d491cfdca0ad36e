// Events in time: which frames with spikes an estimated activity tells, one to one, within a tolerance.

export interface EventScores {
  /** Of the estimated events, the share that has a true one of its own; null without estimated events. */
  readonly precision: number | null;
  /** Of the true events, the share that has an estimated one of its own; null without true events. */
  readonly recall: number | null;
  /** 2 pairs / (estimated + true events); null without either. */
  readonly f1: number | null;
  /** The activity from which a frame is an estimated event, in the estimate's unit; null where there is none. */
  readonly threshold: number | null;
}

const NONE: EventScores = { precision: null, recall: null, f1: null, threshold: null };

/** Of two numbers of events in turn that are tried, the larger has at most this share more, unless there is none between. */
const STEP = 0.05;

/**
 * A true event is a frame with a spike, an estimated one a frame whose activity reaches a threshold. The unit of an activity is arbitrary,
 * so the threshold is the one with the largest F1. Of many thresholds so many are tried that F1 is within 5 % of the largest. Events pair one to one where they are
 * at most `tolerance` frames apart; there are as many pairs as there can be. An activity that is not finite throughout has no scores.
 * @throws RangeError when the lengths differ.
 */
export function eventScores(
  estimate: ArrayLike<number>,
  truth: ArrayLike<number>,
  tolerance: number,
): EventScores {
  if (estimate.length !== truth.length) {
    throw new RangeError(
      `The estimated activity has ${estimate.length} values, the true one ${truth.length}.`,
    );
  }
  const activity = Array.from(estimate);
  if (!activity.every(Number.isFinite)) return NONE;
  const spikes = framesAbove(truth, 0);
  const active = framesAbove(activity, 0);
  let best: EventScores = {
    ...NONE,
    recall: spikes.length > 0 ? 0 : null,
    f1: spikes.length > 0 ? 0 : null,
  };
  const falling = Float64Array.from(active, (t) => activity[t]!)
    .sort()
    .reverse();
  for (const count of countsToTry(falling)) {
    const threshold = falling[count - 1]!;
    // With more events than spikes, F1 is at most this, and falls.
    const most = (2 * spikes.length) / (count + spikes.length);
    if (best.threshold !== null && count > spikes.length && most <= best.f1!) break;
    const events = active.filter((t) => activity[t]! >= threshold);
    const pairs = pairsWithin(tolerance, events, spikes);
    const f1 = (2 * pairs) / (events.length + spikes.length);
    if (best.threshold !== null && f1 <= best.f1!) continue;
    const recall = spikes.length > 0 ? pairs / spikes.length : null;
    best = { precision: pairs / events.length, recall, f1, threshold };
  }
  return best;
}

/**
 * How many events the thresholds give that are to be tried. A threshold between two of these has no more pairs than the lower one, and at most `STEP`
 * fewer events, so its F1 is at most larger by that share.
 */
function countsToTry(falling: Float64Array): number[] {
  const all = Array.from(falling, (_, k) => k + 1).filter((n) => falling[n] !== falling[n - 1]);
  const tried: number[] = [];
  for (const [k, count] of all.entries()) {
    const next = all[k + 1] ?? Infinity;
    if (next > (1 + STEP) * (tried.at(-1) ?? 0)) tried.push(count);
  }
  return tried;
}

/** The largest number of pairs of rising frame numbers that are at most `tolerance` apart: the earliest ones that can pair do. */
export function pairsWithin(tolerance: number, a: readonly number[], b: readonly number[]): number {
  let [i, j, pairs] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    const gap = a[i]! - b[j]!;
    if (Math.abs(gap) <= tolerance) pairs += 1;
    if (gap <= tolerance) i += 1;
    if (gap >= -tolerance) j += 1;
  }
  return pairs;
}

function framesAbove(values: ArrayLike<number>, least: number): number[] {
  const frames: number[] = [];
  for (let t = 0; t < values.length; t++) if (values[t]! > least) frames.push(t);
  return frames;
}
