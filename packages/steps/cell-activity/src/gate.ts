// Spikes of cells that switch between a quiescent and an active state, each by itself: the gate of the first edition.
import {
  type Draws,
  GrowingList,
  type SpikeSource,
  type TimeWindow,
  wholePerFrame,
} from "./trains.ts";

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
): Float64Array {
  const bins = new GrowingList();
  for (const { active, start, end } of dwells) {
    const p = active ? firing.p_active_spike : firing.p_quiescent_spike;
    const last = end * bins_per_frame;
    let bin = start * bins_per_frame + draws.geometric(p);
    for (; bin < last; bin += 1 + draws.geometric(p)) bins.push(bin);
  }
  return bins.values();
}

export interface GateParams {
  readonly gate_bin_hz: number;
  readonly gate_p_open: number;
  readonly gate_p_close: number;
  readonly gate_open_rate_hz: number;
  readonly gate_closed_rate_hz: number;
}

/** Cells fire at the centres of fine bins. */
export function gateSource(
  params: GateParams,
  { fps, n_frames, past_frames }: TimeWindow,
  draws: Draws<GateDraws>,
): SpikeSource {
  const bins_per_frame = wholePerFrame(params.gate_bin_hz, fps);
  const fine_hz = bins_per_frame * fps;
  const firing: Firing = {
    p_quiescent_to_active: params.gate_p_open,
    p_active_to_quiescent: params.gate_p_close,
    p_quiescent_spike: Math.min(params.gate_closed_rate_hz / fine_hz, 1),
    p_active_spike: Math.min(params.gate_open_rate_hz / fine_hz, 1),
  };
  const first = past_frames * bins_per_frame;
  return {
    spikesOf(cell) {
      const dwells = gateDwells(firing, past_frames + n_frames, draws.ofCell(cell, "gate"));
      const bins = spikeBins(dwells, firing, bins_per_frame, draws.ofCell(cell, "spikes"));
      return bins.map((bin) => (bin - first + 0.5) / fine_hz);
    },
  };
}
