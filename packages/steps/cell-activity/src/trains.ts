// Spike trains: where they come from, and where their spikes lie among frames and samples.

import { firstAtOrAfter } from "@minisim/kernels/statistics";

/** A source of spikes: what makes cells fire, or what somebody knows of them. */
export interface SpikeSource {
  /**
   * All spikes of one cell, ascending, in seconds from the start of frame 0. Those before it are negative, and only leave their calcium.
   * Asked once for each cell.
   */
  spikesOf(cell: number): Float64Array;
}

/** The stretch of time that a source fills. */
export interface TimeWindow {
  readonly fps: number;
  readonly n_frames: number;
  /** Frames before frame 0 whose calcium is still there. */
  readonly past_frames: number;
}

/** The draws of a source: a cell's own stream for each purpose (and piece of it), and those that all cells share. */
export interface Draws<Stream> {
  ofCell(cell: number, purpose: string, piece?: number): Stream;
  shared(purpose: string, piece?: number): Stream;
}

/**
 * Samples of calcium, evenly spaced, `per_frame` in each frame: sample j is at (j + ½) · step_s, the first of frame f is f · per_frame. A time's
 * place among them is (time / step_s) − ½: that of sample j is j.
 */
export interface SampleGrid {
  readonly per_frame: number;
  readonly step_s: number;
  /** The places of times in seconds. */
  placesOf(times_s: Float64Array): Float64Array;
  /** The time at a place. */
  timeAt(place: number): number;
  /** The place at which a frame starts. */
  startOf(frame: number): number;
  frameOf(place: number): number;
}

/** A spike this near to a sample is at it: times on the grid stay there whatever their rounding. 1e-6 of a step is nothing. */
const NEAR = 1e-6;

/** A rate as a whole number in every frame, one at least. */
export const wholePerFrame = (rate_hz: number, fps: number): number =>
  Math.max(1, Math.round(rate_hz / fps));

export function sampleGrid(fps: number, sampling_hz: number): SampleGrid {
  const per_frame = wholePerFrame(sampling_hz, fps);
  const hz = per_frame * fps;
  return {
    per_frame,
    step_s: 1 / hz,
    placesOf: (times_s) =>
      times_s.map((time) => {
        const place = time * hz - 0.5;
        const nearest = Math.round(place);
        return Math.abs(place - nearest) < NEAR ? nearest : place;
      }),
    timeAt: (place) => (place + 0.5) / hz,
    startOf: (frame) => frame * per_frame - 0.5,
    frameOf: (place) => Math.floor((place + 0.5) / per_frame),
  };
}

/** Spikes in each of the frames [start, end), into target from `at`. */
export function countSpikes(
  places: Float64Array,
  grid: SampleGrid,
  start: number,
  end: number,
  target: Float64Array,
  at: number,
): void {
  target.fill(0, at, at + end - start);
  for (let i = firstAtOrAfter(places, grid.startOf(start)); i < places.length; i++) {
    const frame = grid.frameOf(places[i]!);
    if (frame >= end) break;
    target[at + frame - start]! += 1;
  }
}

/** Numbers as they come. An array of the language may not hold more than a hundred million. */
export class GrowingList {
  #data = new Float64Array(64);
  #length = 0;

  push(value: number): void {
    if (this.#length === this.#data.length) {
      const larger = new Float64Array(2 * this.#length);
      larger.set(this.#data);
      this.#data = larger;
    }
    this.#data[this.#length] = value;
    this.#length += 1;
  }

  values(): Float64Array {
    return this.#data.slice(0, this.#length);
  }
}
