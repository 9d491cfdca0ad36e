// What the pictures of steps are taken from: a corner-sized Miniscope V4 over CA1, a few seconds, one step more or less.
import { type Panel, panelFigure } from "@minisim/figures";
import { buildSpec, type Recording, regions, type StepInput, simulate, vary } from "minisim";

export const SIDE = 240;
export const FPS = 20;
export const PIXEL_SIZE_UM = 4.8 / 2.92;

type Population = NonNullable<StepInput<"place_neurons">["populations"]>[number];
type Field = Panel["field"];

export interface SceneOptions {
  readonly steps?: readonly StepInput[];
  readonly duration_s?: number;
  readonly focal_depth_um?: number;
  readonly population?: Population;
  /** Share of the scattered light that comes out as a halo around each cell. */
  readonly halo_fraction?: number;
  readonly until?: string;
}

/** Cells, activity, optics and composite, with `steps` on top. */
export function scene(options: SceneOptions = {}): Promise<Recording> {
  const { steps = [], duration_s = 4, focal_depth_um, population, until } = options;
  const { halo_fraction = 0 } = options;
  const base = buildSpec("miniscope_v4", "ca1", {
    duration_s,
    fps: FPS,
    seed: 5,
    populations: [{ ...regions.ca1.population, ...population }],
    activity: { rate_hz: 1, silent_fraction: 0 },
    include_neuropil: false,
    include_vasculature: false,
    include_scope_fields: false,
    include_session: false,
  });
  const spec = vary(base, {
    "acquisition.image_sensor.n_px_height": SIDE,
    "acquisition.image_sensor.n_px_width": SIDE,
    "acquisition.tissue.halo_fraction": halo_fraction,
    ...(focal_depth_um !== undefined && {
      "acquisition.focal_depth_in_tissue_um": focal_depth_um,
    }),
    "steps.sensor": null,
    ...Object.fromEntries(steps.map((step) => [`steps.${step.kind}`, step])),
  });
  return simulate(spec, until === undefined ? {} : { until });
}

/** One field per frame, SIDE × SIDE. */
export function frame({ observed }: Recording, t: number): Field {
  const [, height, width] = observed.shape as [number, number, number];
  const pixels = height * width;
  return { height, width, data: observed.data.slice(t * pixels, (t + 1) * pixels) };
}

/** Mean of frames `from` to `to`. */
export function mean(recording: Recording, from = 0, to = recording.observed.shape[0]!): Field {
  const { height, width, data } = frame(recording, from);
  const sum = Float64Array.from(data);
  for (let t = from + 1; t < to; t++) {
    const next = frame(recording, t).data;
    for (let i = 0; i < sum.length; i++) sum[i]! += next[i]!;
  }
  return { height, width, data: sum.map((value) => value / (to - from)) };
}

/** Σ_i weight_i · footprint_i on the canvas. */
export function footprints(
  stack: Recording["ground_truth"]["planted"],
  weight: (unit: number) => number = () => 1,
): Field {
  const { height, width } = stack.canvas;
  const data = new Float64Array(height * width);
  for (let unit = 0; unit < stack.length; unit++) {
    const patch = stack.at(unit);
    for (let i = 0; i < patch.data.length; i++) {
      const row = patch.row + Math.floor(i / patch.width);
      data[row * width + patch.col + (i % patch.width)]! += weight(unit) * patch.data[i]!;
    }
  }
  return { height, width, data };
}

/** The part of a field that begins at (top, left). */
export function crop(field: Field, top: number, left: number, side: number): Field {
  const data = new Float64Array(side * side);
  for (let row = 0; row < side; row++) {
    for (let col = 0; col < side; col++) {
      data[row * side + col] = field.data[(top + row) * field.width + left + col]!;
    }
  }
  return { height: side, width: side, data };
}

export const scaled = (field: Field, factor: number): Field => ({
  ...field,
  data: Float64Array.from(field.data, (value) => value * factor),
});

export function pair(
  title: string,
  subtitle: string,
  panels: readonly Panel[],
  range?: readonly [number, number],
): string {
  const figure = { title, subtitle, panels, pixelSizeUm: PIXEL_SIZE_UM };
  return panelFigure(range ? { ...figure, range } : figure);
}
