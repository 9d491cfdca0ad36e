// Whether a movie's pixels and frames are near enough to those of a reference for a measure to mean the same.
import type { Measures } from "./measure.ts";
import type { Reference } from "./reference.ts";

type Scale = "fps" | "pixel_size_um";

/** What a measure depends on. Noise of photons falls with the area of a pixel and the time of a frame; structure in px is another one in µm. */
const DEPENDS: readonly (readonly [prefix: string, scales: readonly Scale[]])[] = [
  ["variance_shares.", ["fps", "pixel_size_um"]],
  ["raw_local_correlation.", ["fps", "pixel_size_um"]],
  ["filtered_local_correlation.", ["fps", "pixel_size_um"]],
  ["pnr.", ["fps", "pixel_size_um"]],
  ["photon_transfer.relative_noise", ["fps", "pixel_size_um"]],
  ["photon_transfer_rows_removed.relative_noise", ["fps", "pixel_size_um"]],
  ["truth.light.variance_shares.", ["fps", "pixel_size_um"]],
  ["octave_contrast.", ["pixel_size_um"]],
  ["fluctuation_correlation.", ["pixel_size_um"]],
];

/** Estimate: between pixels whose sides differ by this factor the variance of photon noise differs by 2.25, as much as between recordings. */
const NEAR = 1.5;

/** True, too, where one of the two does not tell its scale. */
export function isComparable(movie: Pick<Measures, Scale>, reference: Reference): boolean {
  const scales = DEPENDS.find(([prefix]) => reference.measure.startsWith(prefix))?.[1] ?? [];
  return scales.every((scale) => {
    const [ours, theirs] = [movie[scale], reference[scale]];
    if (ours == null || theirs === undefined) return true;
    return Math.max(ours / theirs, theirs / ours) <= NEAR;
  });
}
