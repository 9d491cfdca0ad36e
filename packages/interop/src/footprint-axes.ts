// Which axis of an array of images is which: told by the traces, by the recording's field of view, or by the caller. Where nothing
// tells, it is refused: a transposed footprint scores as somebody else's cell.
import type { Reading } from "./reading.ts";

export const AXES = [
  "unit_height_width",
  "height_width_unit",
  "unit_width_height",
  "width_height_unit",
] as const;
export type Axes = (typeof AXES)[number];

export interface AxesSettings {
  readonly footprint_axes: "auto" | Axes;
  readonly height?: number | undefined;
  readonly width?: number | undefined;
}

export interface ImageLayout {
  readonly units: number;
  readonly height: number;
  readonly width: number;
  /** What the index of a value grows by along each axis. */
  readonly unitStride: number;
  readonly rowStride: number;
  readonly columnStride: number;
}

export type Triple = readonly [number, number, number];

/** The layout of an array of this row-major shape whose axes are these. */
export function layoutOf([first, second, third]: Triple, axes: Axes): ImageLayout {
  switch (axes) {
    case "unit_height_width":
      return layout(first, second, third, second * third, third, 1);
    case "unit_width_height":
      return layout(first, third, second, second * third, 1, third);
    case "height_width_unit":
      return layout(third, first, second, 1, second * third, third);
    case "width_height_unit":
      return layout(third, second, first, 1, third, second * third);
  }
}

const layout = (
  units: number,
  height: number,
  width: number,
  unitStride: number,
  rowStride: number,
  columnStride: number,
): ImageLayout => ({ units, height, width, unitStride, rowStride, columnStride });

/**
 * The axes of footprints of this shape; a problem, as the end of a sentence, where none fit or several do. `unitCounts`: how many
 * units the traces may be of; null without traces.
 */
export function axesOf(
  shape: Triple,
  unitCounts: readonly number[] | null,
  settings: AxesSettings,
  reading: Reading,
): { readonly axes: Axes } | { readonly problem: string } {
  const { footprint_axes, height, width } = settings;
  const possible = (footprint_axes === "auto" ? AXES : [footprint_axes]).filter((axes) => {
    const images = layoutOf(shape, axes);
    return (
      (unitCounts === null || unitCounts.includes(images.units)) &&
      (height === undefined || height === images.height) &&
      (width === undefined || width === images.width) &&
      // Footprints without pixels would let a header of a few bytes claim any number of units.
      images.height > 0 &&
      images.width > 0
    );
  });
  const upright = possible.filter((axes) => isUpright(axes) || footprint_axes !== "auto");
  const onField = (list: readonly Axes[]) =>
    list.filter((axes) => reading.fits(layoutOf(shape, axes)));
  // Turned images only where the size says so, and no upright ones are of that size.
  const [fits = []] = [
    onField(upright),
    onField(possible),
    upright,
    sized(settings) ? possible : [],
  ].filter((list) => list.length > 0);
  if (fits.length === 1) return { axes: fits[0]! };
  if (fits.length > 1) {
    const names = fits.map((axes) => axes.replaceAll("_", " × ")).join(" or ");
    return { problem: `can be ${names}; say which with the setting footprint_axes` };
  }
  return { problem: "does not go together" };
}

export const isUpright = (axes: Axes): boolean =>
  axes === "unit_height_width" || axes === "height_width_unit";

const sized = ({ height, width }: AxesSettings): boolean =>
  height !== undefined && width !== undefined;
