// The processes of a cell: a handful of tapering, branching random walks, as pieces to be painted.
import { cbrt, cos, sin } from "@minisim/kernels/math";
import type { Point } from "./soma.ts";

/** A piece of a process, lengths in pixels: lights the pixels whose centre lies in it. */
export interface Disc extends Point {
  readonly radius: number;
  readonly weight: number;
}

/** Draws the shape takes; a Stream of @minisim/random is one. */
export interface Draws {
  uniform(): number;
  normal(): number;
  poisson(mean: number): number;
  bernoulli(p: number): boolean;
}

export interface Arbor {
  readonly soma_radius_px: number;
  readonly length_px: number;
  readonly width_px: number;
}

// The shape is drawn for looks, after images of cytosolic GCaMP; only the branching law has a source.
const MEAN_DENDRITES = 5;
const LEAST_DENDRITES = 2;
const MOST_DENDRITES = 9;
const LAUNCH_JITTER_RAD = 0.4;
const LAUNCH_RADIUS = 0.8; // of the soma's: the base is buried in the body
const SHORTEST = 0.6; // of the nominal length
const LONGEST = 1.25;
const HEADING_NOISE_RAD = 0.16; // a step
const THREAD_PX = 0.5;
const LEAST_RADIUS_PX = 0.5; // painted a pixel wide at least, or threads would slip between pixel centres
const BASE_WEIGHT = 0.55;
const TIP_WEIGHT = 0.05;
const BRANCH_PROBABILITY = 0.06; // a step
const MOST_BRANCHES = 2; // a dendrite; side branches bear none
const BRANCH_ANGLE_RAD = 0.7;
const SIDE_LENGTH = 0.8; // of what remains of the main
const MAIN_SHARE = 0.62;

// Murray's law r³ = r₁³ + r₂³ (Murray 1926, PNAS 12:207), with the share of the cube that each child gets.
const MAIN_WIDTH = cbrt(MAIN_SHARE);
const SIDE_WIDTH = cbrt(1 - MAIN_SHARE);

interface Tip extends Point {
  readonly heading: number;
  /** Whole steps of 1 px to go. */
  readonly steps: number;
  /** Width in excess of a thread's, relative to that of a dendrite's base: 1 there, 0 at the tip. */
  readonly caliber: number;
  readonly branches: number;
}

/** All pieces of a cell's dendrites, in the order in which they grew. */
export function growDendrites(centre: Point, arbor: Arbor, draws: Draws): Disc[] {
  const discs: Disc[] = [];
  const base = LAUNCH_RADIUS * arbor.soma_radius_px;
  const count = Math.min(Math.max(draws.poisson(MEAN_DENDRITES), LEAST_DENDRITES), MOST_DENDRITES);
  const first = 2 * Math.PI * draws.uniform();
  for (let i = 0; i < count; i++) {
    const heading = first + (2 * Math.PI * i) / count + LAUNCH_JITTER_RAD * draws.normal();
    const relative = SHORTEST + (LONGEST - SHORTEST) * draws.uniform();
    const start: Tip = {
      row: centre.row + base * sin(heading),
      col: centre.col + base * cos(heading),
      heading,
      steps: Math.round(arbor.length_px * relative),
      caliber: 1,
      branches: MOST_BRANCHES,
    };
    walk(start, arbor.width_px, draws, discs);
  }
  return discs;
}

function walk(start: Tip, width_px: number, draws: Draws, discs: Disc[]): void {
  const excess = Math.max(width_px - THREAD_PX, 0);
  let { row, col, heading, caliber, branches } = start;
  const sides: Tip[] = [];
  for (let left = start.steps; left > 0; left--) {
    const weight = TIP_WEIGHT + (BASE_WEIGHT - TIP_WEIGHT) * caliber;
    const radius = Math.max((THREAD_PX + excess * caliber) / 2, LEAST_RADIUS_PX);
    discs.push({ row, col, radius, weight });
    heading += HEADING_NOISE_RAD * draws.normal();
    row += sin(heading);
    col += cos(heading);
    caliber *= (left - 1) / left;
    if (branches === 0 || !draws.bernoulli(BRANCH_PROBABILITY)) continue;
    branches -= 1;
    const turn = draws.bernoulli(0.5) ? BRANCH_ANGLE_RAD : -BRANCH_ANGLE_RAD;
    sides.push({
      row,
      col,
      heading: heading + turn,
      steps: Math.round(SIDE_LENGTH * (left - 1)),
      caliber: childCaliber(caliber, SIDE_WIDTH, excess),
      branches: 0,
    });
    heading -= turn / 2;
    caliber = childCaliber(caliber, MAIN_WIDTH, excess);
  }
  for (const side of sides) walk(side, width_px, draws, discs);
}

/** The caliber of a child whose width is `share` of its parent's, but no thinner than a thread. */
function childCaliber(caliber: number, share: number, excess: number): number {
  if (excess === 0) return caliber;
  return Math.max((share * (THREAD_PX + excess * caliber) - THREAD_PX) / excess, 0);
}
