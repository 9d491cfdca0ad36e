// Spike trains of a cell that switches between a quiescent and an active state.
export interface GateDraws {
  bernoulli(p: number): boolean;
  geometric(p: number): number;
}

export interface Firing {
  /** Switching probabilities per frame. */
  readonly p_quiescent_to_active: number;
  readonly p_active_to_quiescent: number;
  /** Spike probabilities per fine bin. */
  readonly p_quiescent_spike: number;
  readonly p_active_spike: number;
}

/** A stay in one state: frames [start, end). */
export interface Dwell {
  readonly active: boolean;
  readonly start: number;
  readonly end: number;
}

/**
 * The two-state Markov chain over `n_frames` frames as its stays, started in the stationary distribution
 * P(active) = p_qa/(p_qa + p_aq). A stay lasts 1 + Geometric(p) frames, which is a switch with probability p a frame.
 * A gate that never switches is quiescent.
 */
export function* gateDwells(firing: Firing, n_frames: number, draws: GateDraws): Generator<Dwell> {
  const { p_quiescent_to_active: opening, p_active_to_quiescent: closing } = firing;
  let active = draws.bernoulli(opening === 0 ? 0 : opening / (opening + closing));
  for (let start = 0; start < n_frames; active = !active) {
    const end = Math.min(start + 1 + draws.geometric(active ? closing : opening), n_frames);
    yield { active, start, end };
    start = end;
  }
}

/**
 * The fine bins (from 0, ascending) in which a cell fires. Per bin one Bernoulli trial; what is drawn is the geometric gap
 * to the next spike, begun anew at each change of state, which the memoryless law allows.
 */
export function spikeBins(
  dwells: Iterable<Dwell>,
  firing: Firing,
  bins_per_frame: number,
  draws: GateDraws,
): Int32Array {
  const bins = new GrowingList();
  for (const { active, start, end } of dwells) {
    const p = active ? firing.p_active_spike : firing.p_quiescent_spike;
    const last = end * bins_per_frame;
    let bin = start * bins_per_frame + draws.geometric(p);
    for (; bin < last; bin += 1 + draws.geometric(p)) bins.push(bin);
  }
  return bins.values();
}

/** Whole numbers as they come. An array of the language may not hold more than a hundred million. */
class GrowingList {
  #data = new Int32Array(256);
  #length = 0;

  push(value: number): void {
    if (this.#length === this.#data.length) {
      const larger = new Int32Array(2 * this.#length);
      larger.set(this.#data);
      this.#data = larger;
    }
    this.#data[this.#length] = value;
    this.#length += 1;
  }

  values(): Int32Array {
    return this.#data.slice(0, this.#length);
  }
}

/** Where the first of ascending bins that is at least `bin` stands. */
export function firstAtOrAfter(bins: Int32Array, bin: number): number {
  let low = 0;
  let high = bins.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (bins[middle]! < bin) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Spikes in each of the frames [start, end), into target from `at`. Bins ascend and count from the start of frame 0. */
export function countSpikes(
  bins: Int32Array,
  bins_per_frame: number,
  start: number,
  end: number,
  target: Float64Array,
  at: number,
): void {
  target.fill(0, at, at + end - start);
  for (let i = firstAtOrAfter(bins, start * bins_per_frame); i < bins.length; i++) {
    const frame = Math.floor(bins[i]! / bins_per_frame);
    if (frame >= end) break;
    target[at + frame - start]! += 1;
  }
}
