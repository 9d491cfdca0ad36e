// Facts travel by name: what a step's parameters alone decide, and earlier steps need to know. A step announces facts
// before any step compiles; whoever needs one reads it here and never asks which step it came from.
import { type Exposure, sampleFieldAt } from "@minisim/sensor";
import type { Shape } from "./geometry.ts";

/** A static scalar field over the FOV, row-major, dimensionless. */
export interface Field extends Shape {
  readonly data: Float64Array;
}

/** A field whose values are computed when somebody first reads them. */
export function lazyField({ height, width }: Shape, compute: () => Float64Array): Field {
  let data: Float64Array | undefined;
  return {
    height,
    width,
    get data() {
      data ??= compute();
      return data;
    },
  };
}

export interface Announcement {
  /** Pixels of canvas this step needs beyond the FOV, on each side. Several steps: the sum. */
  readonly margin_px?: number;
  /** Relative excitation intensity over the FOV. Several steps: the product. */
  readonly excitation?: Field;
  /** Relative collection efficiency over the FOV. Several steps: the product. */
  readonly collection?: Field;
  /** The detector's exposure. At most one step announces it. */
  readonly exposure?: Exposure;
}

export interface Facts {
  readonly margin_px: number;
  readonly excitation: Field | null;
  readonly collection: Field | null;
  readonly exposure: Exposure | null;
}

export function gatherFacts(
  announcements: readonly { readonly kind: string; readonly facts: Announcement }[],
): Facts {
  let margin_px = 0;
  let excitation: Field | null = null;
  let collection: Field | null = null;
  let exposure: Exposure | null = null;
  let exposedBy = "";
  for (const { kind, facts } of announcements) {
    margin_px += facts.margin_px ?? 0;
    if (facts.excitation) excitation = product(excitation, facts.excitation);
    if (facts.collection) collection = product(collection, facts.collection);
    if (facts.exposure) {
      if (exposure) {
        throw new Error(`Both "${exposedBy}" and "${kind}" announce an exposure; use one of them.`);
      }
      exposure = facts.exposure;
      exposedBy = kind;
    }
  }
  return Object.freeze({ margin_px, excitation, collection, exposure });
}

function product(a: Field | null, b: Field): Field {
  if (!a) return b;
  return lazyField(b, () => b.data.map((value, i) => a.data[i]! * value));
}

/** The value of a fact's field at a lateral position (µm): nearest pixel, clamped to the FOV; 1 where nothing announces it. */
export function factAt(
  field: Field | null,
  pixel_size_um: number,
  y_um: number,
  x_um: number,
): number {
  return field ? sampleFieldAt(field.data, field, pixel_size_um, y_um, x_um) : 1;
}

/** The relative photon budget at a lateral position: excitation × collection. */
export function photonBudgetAt(
  facts: Facts,
  pixel_size_um: number,
  y_um: number,
  x_um: number,
): number {
  return (
    factAt(facts.excitation, pixel_size_um, y_um, x_um) *
    factAt(facts.collection, pixel_size_um, y_um, x_um)
  );
}
