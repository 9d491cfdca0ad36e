// How the tissue turns and bends: smooth fields of displacement, each with a weight in every frame.
import { coarseGrid, splineLines } from "@minisim/kernels";
import { cos, sin } from "@minisim/kernels/math";
import type { Displacement, Shape } from "@minisim/pipeline";
import type { Random } from "@minisim/random";
import type { Oscillator } from "./oscillator.ts";
import { NONRIGID_REACH, ROTATION_REACH } from "./reach.ts";
import { factorTo, scaled, sway, swayOf } from "./sway.ts";

export interface Deforming extends Oscillator {
  readonly nonrigid_um: number;
  readonly nonrigid_scale_um: number;
  readonly rotation_deg: number;
}

export interface Recorded {
  readonly fov: Shape;
  readonly pixel_size_um: number;
  readonly n_frames: number;
  readonly fps: number;
}

/** Ways in which the tissue bends. Estimate: enough that no two moments look alike. */
export const BENDS = 4;

/** Fields of a rotation. */
export const TURNS = 2;

/** A field of displacement by its coefficients, (dy, dx) × nodes, and by its values, (dy, dx) × pixels of the field of view. */
interface Field {
  readonly nodes: Float64Array;
  readonly pixels: Float64Array;
}

/** Room for the values of one field after another, in the array of all. */
type Room = () => Float64Array;

export interface Deformation {
  readonly displacement: Displacement;
  /** field × (dy, dx) × pixels, px. */
  readonly fields: Float64Array;
}

/** Rotation first, then bends; null where the tissue does neither. `levels` is what is left of the motion in each frame. */
export function deformation(
  deforming: Deforming,
  recorded: Recorded,
  random: Random,
  levels: Float64Array | null,
): Deformation | null {
  const turns = deforming.rotation_deg > 0 ? TURNS : 0;
  const count = turns + (deforming.nonrigid_um > 0 ? BENDS : 0);
  if (count === 0) return null;
  const size = 2 * recorded.fov.height * recorded.fov.width;
  const fields = new Float64Array(count * size);
  let end = 0;
  const room = () => {
    end += size;
    return fields.subarray(end - size, end);
  };
  const turning = turns > 0 ? rotation(deforming, recorded, random, room) : [];
  const bending = count > turns ? bends(deforming, recorded, random, room) : [];
  const all = [...turning, ...bending];
  const weights = all.map(({ course }) => course(levels));
  const displacement = {
    spacing_px: spacingPx(deforming, recorded),
    count,
    basis: joined(all.map(({ field }) => field.nodes)),
    weights: joined(weights),
  };
  return { displacement, fields };
}

interface Part {
  readonly field: Field;
  readonly course: (levels: Float64Array | null) => Float64Array;
}

/**
 * By an angle θ around the centre, exactly: what is seen at (y, x) lay at rest at (y cos θ − x sin θ, y sin θ + x cos θ), so the displacement is
 * sin θ · (x, −y) + (1 − cos θ) · (y, x). Splines whose coefficients lie on a plane are that plane.
 */
function rotation(deforming: Deforming, recorded: Recorded, random: Random, room: Room): Part[] {
  const { n_frames, fps } = recorded;
  const amplitude = (deforming.rotation_deg * Math.PI) / 180;
  const { normal } = random.stream("rotation");
  const most = ROTATION_REACH * amplitude;
  const angles = swayOf(amplitude, deforming, n_frames, fps, normal).map((angle) =>
    Math.max(-most, Math.min(most, angle)),
  );
  const at = (levels: Float64Array | null) => scaled(angles, levels);
  return [
    {
      field: linearField(deforming, recorded, "turn", room()),
      course: (levels) => at(levels).map(sin),
    },
    {
      field: linearField(deforming, recorded, "spread", room()),
      course: (levels) => at(levels).map((angle) => 1 - cos(angle)),
    },
  ];
}

function linearField(
  deforming: Deforming,
  recorded: Recorded,
  kind: "turn" | "spread",
  pixels: Float64Array,
): Field {
  const spacing_px = spacingPx(deforming, recorded);
  const grid = coarseGrid(recorded.fov, spacing_px);
  const count = grid.height * grid.width;
  const nodes = new Float64Array(2 * count);
  for (let i = 0; i < count; i++) {
    const y = spacing_px * (Math.floor(i / grid.width) - (grid.height - 1) / 2);
    const x = spacing_px * ((i % grid.width) - (grid.width - 1) / 2);
    nodes[i] = kind === "turn" ? x : y;
    nodes[count + i] = kind === "turn" ? -y : x;
  }
  read(nodes, recorded.fov, spacing_px, pixels);
  return { nodes, pixels };
}

/**
 * Fields of independent normal coefficients without their mean over the field of view, so that the shifts stay the mean displacement. The 99th
 * percentile of the root mean square of their sum over the field of view is the amplitude.
 */
function bends(deforming: Deforming, recorded: Recorded, random: Random, room: Room): Part[] {
  const { n_frames, fps, pixel_size_um } = recorded;
  const numbers = Array.from({ length: BENDS }, (_, k) => k);
  const fields = numbers.map((k) => {
    return bend(deforming, recorded, random.stream("nonrigid", k, "field").normal, room());
  });
  const courses = numbers.map((k) => {
    return sway(deforming, n_frames, fps, random.stream("nonrigid", k).normal);
  });
  const amplitude = deforming.nonrigid_um / pixel_size_um;
  const factor = factorTo(amplitude, meanSizes(fields, courses));
  const peaks = fields.map(({ pixels }) =>
    pixels.reduce((most, value) => Math.max(most, Math.abs(value)), 0),
  );
  const most = NONRIGID_REACH * amplitude;
  // No pixel goes farther than the sum of all peaks, which the margin has room for.
  const factors = Float64Array.from({ length: n_frames }, (_, t) => {
    const farthest = courses.reduce((sum, one, k) => sum + Math.abs(one[t]!) * peaks[k]!, 0);
    return farthest * factor > most ? most / farthest : factor;
  });
  return fields.map((field, k) => ({
    field,
    course: (levels) => scaled(scaled(courses[k]!, factors), levels),
  }));
}

function bend(
  deforming: Deforming,
  recorded: Recorded,
  normal: () => number,
  pixels: Float64Array,
): Field {
  const { fov } = recorded;
  const spacing_px = spacingPx(deforming, recorded);
  const grid = coarseGrid(fov, spacing_px);
  const count = grid.height * grid.width;
  const nodes = Float64Array.from({ length: 2 * count }, normal);
  read(nodes, fov, spacing_px, pixels);
  for (const axis of [0, 1]) {
    const ofAxis = (values: Float64Array) =>
      values.subarray((axis * values.length) / 2, ((axis + 1) * values.length) / 2);
    const mean = meanOf(ofAxis(pixels));
    for (const values of [ofAxis(nodes), ofAxis(pixels)]) {
      for (let i = 0; i < values.length; i++) values[i]! -= mean;
    }
  }
  return { nodes, pixels };
}

/** Root mean square over the field of view of the sum of fields in each frame, √(Σ_kl w_k w_l ⟨field_k · field_l⟩). */
function meanSizes(fields: readonly Field[], courses: readonly Float64Array[]): Float64Array {
  const products = fields.map((a) => fields.map((b) => 2 * meanProduct(a.pixels, b.pixels)));
  return courses[0]!.map((_, t) => {
    let sum = 0;
    for (const [k, row] of products.entries()) {
      for (const [l, product] of row.entries()) sum += courses[k]![t]! * courses[l]![t]! * product;
    }
    return Math.sqrt(Math.max(0, sum));
  });
}

/** Reads the splines of both axes at the pixels of the field of view. */
function read(nodes: Float64Array, fov: Shape, spacing_px: number, pixels: Float64Array): void {
  const grid = coarseGrid(fov, spacing_px);
  const line = splineLines(grid, fov, spacing_px);
  for (const axis of [0, 1]) {
    const first = axis * grid.height * grid.width;
    for (let y = 0; y < fov.height; y++) {
      line(nodes, first, y, 0, fov.width, pixels, (axis * fov.height + y) * fov.width);
    }
  }
}

/** A grid has at least a pixel between its nodes. */
const spacingPx = ({ nonrigid_scale_um }: Deforming, { pixel_size_um }: Recorded): number =>
  Math.max(1, nonrigid_scale_um / pixel_size_um);

const meanOf = (values: Float64Array): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

function meanProduct(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum / Math.max(1, a.length);
}

function joined(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
