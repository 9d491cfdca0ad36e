// Grows one vessel tree across the field, in µm, so that no grid and no margin has a say in it.
import { asin, cos, sin } from "@minisim/kernels/math";
import { murrayChildren } from "./murray.ts";

/** A straight piece of vessel, y0, x0 → y1, x1, all µm; (0, 0) is the optical axis. */
export interface Segment {
  readonly y0: number;
  readonly x0: number;
  readonly y1: number;
  readonly x1: number;
  readonly radius: number;
}

export interface TreeShape {
  readonly root_radius_um: number;
  readonly min_radius_um: number;
  readonly branch_prob: number;
  readonly tortuosity_deg: number;
  readonly branch_angle_deg: number;
  readonly branch_area_main: number;
  readonly step_per_radius: number;
}

/** What a tree draws from. */
export interface Draws {
  uniform(): number;
  normal(): number;
  integer(n: number): number;
  bernoulli(p: number): boolean;
}

interface Tip {
  readonly y: number;
  readonly x: number;
  /** Radians, from +x toward +y. */
  readonly heading: number;
  readonly radius: number;
}

const MAX_SEGMENTS = 2000;
const RADIANS_PER_DEGREE = Math.PI / 180;

/**
 * One tree. Its field is the FOV grown on each side by the root's radius: it enters through a random point of that
 * rectangle's border and heads inward. Each step advances step_per_radius · r, turns by N(0, tortuosity) and may
 * bifurcate; a branch ends below the minimal radius or outside the field. A branch grows to its end before those that left
 * it, and growth stops at 2000 steps.
 *
 * Outside its field a vessel runs straight on, both where it came from and where it leaves. So there are vessels in any
 * margin, and since those pieces stay farther than their radius from the FOV, the margin's size changes none inside it.
 * @param fov_um [height, width]
 */
export function growTree(
  shape: TreeShape,
  fov_um: readonly [number, number],
  draws: Draws,
): Segment[] {
  const halfHeight = fov_um[0] / 2 + shape.root_radius_um;
  const halfWidth = fov_um[1] / 2 + shape.root_radius_um;
  // Longer than any sensible margin; what lies off the canvas costs nothing.
  const beyond = fov_um[0] + fov_um[1];
  const root = enter(halfHeight, halfWidth, shape.root_radius_um, draws);
  const segments = [advance(root, -beyond)];
  const tips = [root];
  let steps = 0;
  for (let next = 0; next < tips.length && steps < MAX_SEGMENTS; next++) {
    let tip = tips[next]!;
    while (steps < MAX_SEGMENTS) {
      const piece = advance(tip, shape.step_per_radius * tip.radius);
      segments.push(piece);
      steps++;
      tip = { ...tip, y: piece.y1, x: piece.x1 };
      if (Math.abs(tip.y) > halfHeight || Math.abs(tip.x) > halfWidth) {
        segments.push(advance(tip, beyond));
        break;
      }
      const turn = shape.tortuosity_deg * RADIANS_PER_DEGREE * draws.normal();
      tip = { ...tip, heading: tip.heading + turn };
      if (!draws.bernoulli(shape.branch_prob)) continue;
      const [main, side] = bifurcate(tip, shape, draws);
      if (side.radius >= shape.min_radius_um) tips.push(side);
      if (main.radius < shape.min_radius_um) break;
      tip = main;
    }
  }
  return segments;
}

/**
 * A uniform point of one of the four sides, each as likely as the others, heading inward at the angles at which lines
 * without a preferred direction cross a border: the sine of the angle to the normal is uniform.
 */
function enter(halfHeight: number, halfWidth: number, radius: number, draws: Draws): Tip {
  const side = draws.integer(4);
  const along = 2 * draws.uniform() - 1;
  const oblique = asin(2 * draws.uniform() - 1);
  const sign = side % 2 === 0 ? -1 : 1;
  if (side < 2) {
    const heading = (-sign * Math.PI) / 2 + oblique;
    return { y: sign * halfHeight, x: along * halfWidth, heading, radius };
  }
  const heading = (sign < 0 ? 0 : Math.PI) + oblique;
  return { y: along * halfHeight, x: sign * halfWidth, heading, radius };
}

function advance({ y, x, heading, radius }: Tip, length: number): Segment {
  return { y0: y, x0: x, y1: y + length * sin(heading), x1: x + length * cos(heading), radius };
}

/** The thinner branch turns the more, in proportion to r / r_side; the main one turns the other way. */
function bifurcate(tip: Tip, shape: TreeShape, draws: Draws): readonly [main: Tip, side: Tip] {
  const [mainRadius, sideRadius] = murrayChildren(tip.radius, shape.branch_area_main);
  const angle = shape.branch_angle_deg * RADIANS_PER_DEGREE * (draws.bernoulli(0.5) ? 1 : -1);
  return [
    { ...tip, heading: tip.heading - angle, radius: mainRadius },
    { ...tip, heading: tip.heading + angle * (tip.radius / sideRadius), radius: sideRadius },
  ];
}
