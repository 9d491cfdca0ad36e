// Coordinates of the movie and of the ground truth, where xarray looks for them: named in the attribute "coordinates" of their group
// (CF conventions 1.11, section 5), so that `open_zarr` gives axes in seconds and micrometres.
import { COORDINATES, type CoordinateName, coordinatesOf } from "@minisim/recording";
import type { StoreHeader } from "./header.ts";
import { MOVIE_DIMS } from "./movie.ts";
import { TRUTH } from "./truth-fields.ts";
import { nodeOf, type WholeArray } from "./whole-array.ts";

export const TRUTH_COORDINATES = Object.keys(COORDINATES) as CoordinateName[];
export const MOVIE_COORDINATES = TRUTH_COORDINATES.filter((name) =>
  MOVIE_DIMS.some((dim) => dim === COORDINATES[name].dim),
);

/** The arrays of both groups. */
export function coordinateArrays({ spec, ground_truth, movie }: StoreHeader): WholeArray[] {
  const values = coordinatesOf(spec, ground_truth);
  const array = (path: string, name: CoordinateName, length = values[name].length): WholeArray => {
    const { dim, ...meaning } = COORDINATES[name];
    const node = nodeOf(path, [length], { dtype: "float64", dims: [dim], ...meaning });
    // `units` is where the plots of xarray look.
    const attributes = { ...node.attributes, units: meaning.unit };
    return {
      node: { ...node, attributes },
      rows: (start, end) => values[name].subarray(start, end),
    };
  };
  // A simulation that stops before the frames leaves a movie without any.
  const lengths = new Map<string, number>(MOVIE_DIMS.map((dim, axis) => [dim, movie.shape[axis]!]));
  return [
    ...MOVIE_COORDINATES.map((name) => array(name, name, lengths.get(COORDINATES[name].dim))),
    ...TRUTH_COORDINATES.map((name) => array(`${TRUTH}/${name}`, name)),
  ];
}
