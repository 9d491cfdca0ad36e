// Plan → GroundTruth: keep the cells that reach the field of view, crop canvas fields to it, and add what only the whole
// scene can tell: detectability and occlusion. Needs no pixels.
import {
  cutPlanes,
  type FrameSeries,
  observedFootprints,
  type Plan,
  type SceneGeometry,
  slots,
  type TruthField,
} from "@minisim/pipeline";
import {
  type ComputedRows,
  type Float64NdArray,
  type GivenField,
  GroundTruth,
  nd,
  takeRagged,
  takeRows,
} from "@minisim/recording";
import { type Detection, detecting } from "./detection.ts";
import { later } from "./later.ts";
import { overlapFractions } from "./occlusion.ts";

/** The truth of everything that reaches the field of view. Who could be found is worked out when it is first asked for. */
export function groundTruth(plan: Plan): GroundTruth {
  const { scene, truth } = plan;
  const { geometry } = scene;
  const cells = scene.get(slots.cells);
  const { fov, margin_px: margin, n_frames: frames } = geometry;
  const kept = cellsInView(plan);
  const everyone = kept.length === cells.count;
  const perUnit = (data: Float64Array, columns = 1): Float64NdArray => {
    const array = nd(data, columns === 1 ? [cells.count] : [cells.count, columns]);
    return everyone ? array : takeRows(array, kept);
  };
  const flags = (data: Uint8Array) =>
    everyone ? nd(data, [cells.count]) : takeRows(nd(data, [cells.count]), kept);
  const matrix = (series: FrameSeries | undefined): ComputedRows => ({
    shape: [kept.length, frames],
    row(unit, target, at) {
      if (series) series.read(kept[unit]!, 0, frames, target, at);
      else target.fill(0, at, at + frames);
    },
  });

  const activity = scene.get(slots.activity);
  const optics = scene.get(slots.optics);
  const transmission = scene.get(slots.transmission);
  // It takes as long as all the rest, and whoever renders the frames can wait for it.
  const detection = later(() => detecting(plan));
  const detected = (column: keyof Detection): ComputedRows => ({
    shape: [kept.length],
    row(unit, target, at) {
      target[at] = detection.value()[column][kept[unit]!]!;
    },
    ready: detection.ready,
  });
  const spikes = activity?.spike_times_s ?? {
    offsets: new Int32Array(cells.count + 1),
    data: new Float64Array(0),
  };
  const core = {
    planted: everyone ? cells.planted : cells.planted.select(kept),
    fov_offset: [margin, margin] as const,
    fov_shape: [fov.height, fov.width] as const,
    focal_depth_um: scene.get(slots.focal_depth_um),
    C: matrix(activity?.C),
    S: matrix(activity?.S),
    spike_times_s: everyone ? spikes : takeRagged(spikes, kept),
    centers_um: perUnit(Float64Array.from([...cells].flatMap((cell) => cell.position_um)), 3),
    amplitude_per_cell: perUnit(
      activity?.amplitude ?? new Float64Array(cells.count).fill(Number.NaN),
    ),
    in_focus: flags(optics?.in_focus ?? new Uint8Array(cells.count).fill(1)),
    observed_sigma_px: optics ? perUnit(optics.sigma_px) : null,
    observed_gain: optics ? perUnit(optics.gain) : null,
    detectable: detected("detectable"),
    detection_snr: detected("detection_snr"),
    visible_fraction: detected("visible_fraction"),
    transient_dprime: detected("transient_dprime"),
    spike_dprime: detected("spike_dprime"),
    overlap_cost: detected("overlap_cost"),
    predicted_trace_corr: detected("predicted_trace_corr"),
    vessel_overlap_fraction: transmission
      ? perUnit(overlapFractions(observedFootprints(scene), transmission))
      : null,
  };

  const step_fields = [...truth].map(([name, field]) => inView(name, field, geometry, kept));
  return new GroundTruth({ ...core, step_fields });
}

/**
 * The cells of a plan that are units of its ground truth, ascending: those whose planted footprint has a lit pixel inside the field of view.
 * The others only live in the margin.
 */
export function cellsInView({ scene }: Plan): number[] {
  const { fov, margin_px: margin } = scene.geometry;
  const cropped = scene.get(slots.cells).planted.crop({ top: margin, left: margin, ...fov });
  const kept: number[] = [];
  for (let cell = 0; cell < cropped.length; cell++) {
    if (cropped.at(cell).data.some((value) => value !== 0)) kept.push(cell);
  }
  return kept;
}

/** A step's field as the recording has it: the units in view, cropped to the field of view. A recipe stays one. */
function inView(
  name: string,
  field: TruthField,
  { margin_px: margin, fov, canvas }: SceneGeometry,
  kept: readonly number[],
): GivenField {
  const { dims, unit, description } = field;
  const subset = dims[0] === "unit" && kept.length < field.shape[0]!;
  // One row of frames is never long.
  if (field.series && dims.length > 1) {
    const value = recipeOf(field.series, field.shape, subset ? kept : null);
    return { name, dims, unit, description, value };
  }
  let array = nd(field.data, field.shape);
  if (subset) array = takeRows(array, kept);
  if (!dims.includes("canvas_height")) return { name, dims, unit, description, value: array };
  if (dims.at(-2) !== "canvas_height" || dims.at(-1) !== "canvas_width") {
    throw new Error(`Canvas dimensions must be the last two of the truth field "${name}".`);
  }
  const data = cutPlanes(array.data, canvas, { top: margin, left: margin, ...fov });
  const value = nd(data, [...array.shape.slice(0, -2), fov.height, fov.width]);
  const cropped = [...dims.slice(0, -2), "height", "width"];
  return { name, dims: cropped, unit, description, value };
}

/** The rows `kept` of a series, or all of them, along the first dimension of `shape`, whose last is the frame. */
function recipeOf(
  series: FrameSeries,
  shape: readonly number[],
  kept: readonly number[] | null,
): ComputedRows {
  const each = shape.slice(1, -1).reduce((a, b) => a * b, 1);
  return {
    shape: kept ? [kept.length, ...shape.slice(1)] : shape,
    row(index, target, at) {
      const first = (kept ? kept[index]! : index) * each;
      for (let row = 0; row < each; row++) {
        series.read(first + row, 0, series.frames, target, at + row * series.frames);
      }
    },
  };
}
