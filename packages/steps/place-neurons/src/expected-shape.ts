// How large a cell's patch will be, and what drawing it costs, before any is drawn.
import { blurOperations } from "@minisim/kernels";
import { exp } from "@minisim/kernels/math";
import type { Population } from "./params.ts";

export interface ExpectedShape {
  /** Side of the square that holds its lit pixels. */
  readonly side_px: number;
  /** Nanoseconds, about. */
  readonly operations: number;
  /** Of the window that it is drawn in. */
  readonly bytes: number;
}

// Measured, in nanoseconds: a normal draw and what is done with its pixel, a multiplication of the blur, a step of a dendrite, a
// pixel of it.
const DRAW_NS = 45;
const BLUR_NS = 0.2;
const STEP_NS = 250;
const PAINT_NS = 4;

// A pixel of the window: the noise, blurred noise and mask of the body.
const BYTES_PER_PIXEL = 40;
const BYTES_PER_STEP = 80;

// Means of what dendrites.ts draws: five of them, of 0.925 lengths, with branches of about as many steps again.
const DENDRITES = 5;
const LENGTH = 0.925;
const BRANCHED = 1.9;
/** Steps after which a dendrite has forgotten its direction: 2 / (0.16 rad)². */
const PERSISTENCE_PX = 78;
/** Of five directions, how far the one nearest to an axis reaches along it. */
const REACH = 0.8;

export function expectedShape(population: Population, pixel_size_um: number): ExpectedShape {
  const radius_px = population.soma_radius_um / pixel_size_um;
  const window = 2 * radius_px * (1 + population.irregularity) + 2;
  const shape = { height: window, width: window };
  const sigma_px = Math.max(radius_px / 2, 1);
  const blur = blurOperations({ source: shape, target: shape, sigma_px, edge: "nearest" });
  const body = {
    side_px: 2 * radius_px * (1 + 0.4 * population.irregularity) + 1,
    operations: window * window * DRAW_NS + blur * BLUR_NS,
    bytes: BYTES_PER_PIXEL * window * window,
  };
  if (population.morphology === "soma") return body;
  const length_px = (LENGTH * population.dendrite_length_um) / pixel_size_um;
  const width_px = population.dendrite_width_um / pixel_size_um;
  const side_px = Math.max(
    body.side_px,
    2 * (0.8 * radius_px + REACH * endToEnd(length_px)) + width_px,
  );
  const steps = DENDRITES * BRANCHED * length_px;
  // The width tapers: the disc of a step has about a third of the area at the base.
  const disc_px = (Math.PI / 12) * width_px * width_px + 3;
  return {
    side_px,
    operations: body.operations + steps * (STEP_NS + disc_px * PAINT_NS) + side_px * side_px,
    bytes: body.bytes + 4 * side_px * side_px + BYTES_PER_STEP * steps,
  };
}

/** Distance between the ends of a worm-like chain (Kratky & Porod 1949): ⟨R²⟩ = 2 p L (1 − p/L (1 − e^(−L/p))). */
function endToEnd(length_px: number): number {
  if (length_px === 0) return 0;
  const ratio = PERSISTENCE_PX / length_px;
  const square = 2 * PERSISTENCE_PX * length_px * (1 - ratio * (1 - exp(-1 / ratio)));
  return Math.sqrt(Math.max(square, 0));
}
