// The parameters: one population by the step's own fields, or a list of populations of the same shape.
import { choice, type Frozen, fraction, list, nullable, quantity, vector } from "@minisim/spec";
import { z } from "zod";

/** Deeper than this lies no brain of a mouse. */
export const MAX_DEPTH_UM = 10_000;

const microns = (description: string) => ({ unit: "µm", description });

const populationFields = {
  density_per_mm3: quantity({
    unit: "1/mm³",
    description: "Cells per volume of tissue",
    min: 0,
    max: 1e7,
    source: "upper limit: densely packed spheres of 5 µm",
  }).default(25_000),
  soma_radius_um: quantity({
    ...microns("Mean radius of the cell body"),
    min: 0.1,
    max: 100,
    source: "0.1: the thinnest axons; 100: the largest cells of a mammal",
  }).default(7),
  irregularity: fraction({
    description: "How far the outline strays from a circle, relative to the radius",
  }).default(0.3),
  morphology: choice(["soma", "cytosolic"], {
    description: "What the indicator fills: the body alone, or body and dendrites",
  }).default("soma"),
  dendrite_length_um: quantity({
    ...microns("Nominal length of a dendrite; each is 0.6 to 1.25 times that (cytosolic only)"),
    min: 0,
    max: 500,
    source: "500: the longest apical dendrites without their tuft",
  }).default(24),
  dendrite_width_um: quantity({
    ...microns("Width of a dendrite at its base (cytosolic only)"),
    min: 0,
    max: 50,
    source: "50: wider than any dendrite",
  }).default(3),
  depth_range_um: vector(["lowest", "highest"], {
    ...microns("Depths below the tissue surface between which cell centres lie"),
    min: 0,
    max: MAX_DEPTH_UM,
    source: "10000: through the whole brain of a mouse",
  }).default([0, 200]),
  min_distance_um: quantity({
    ...microns("Least distance between the centres of two cells of the population; 0: none"),
    min: 0,
    max: 1000,
    source: "1000: one cell in a field",
  }).default(0),
  positions_um: nullable(
    list(vector(["z", "y", "x"], { ...microns("Centre of a cell"), min: -100_000, max: 100_000 }), {
      description:
        "Exactly these centres (z down from the surface; y down, x right from the optical axis); the density, depth range and distance are then ignored. null: drawn",
    }),
  ).default(null),
};

export const populationSchema = z.strictObject(populationFields);

export type Population = Frozen<z.output<typeof populationSchema>>;

export const placeNeuronsParams = z.strictObject({
  ...populationFields,
  populations: nullable(
    list(populationSchema, {
      max: 100,
      description:
        "Several populations in one tissue; the population fields of the step itself then stay at their defaults. null: one population by those fields",
    }),
  ).default(null),
});

export type PlaceNeuronsParams = Frozen<z.output<typeof placeNeuronsParams>>;

/** The populations that the parameters describe. */
export function populationsOf(params: PlaceNeuronsParams): readonly Population[] {
  if (params.populations) return params.populations;
  const { populations: _, ...own } = params;
  return [own];
}
