// The truth in NWB's own types: segmentation, traces, spikes, motion, fields.
import { FIELD_NAMES, GROUND_TRUTH_FIELDS, type GroundTruth } from "@minisim/recording";
import { writeMatrix } from "../h5/fill.ts";
import { dataAttributes, type Nodes, type Timing } from "./nodes.ts";
import { SEGMENTATION, writeSegmentation } from "./segmentation.ts";

const MODULE = "processing/ophys";

export function writeTruth(nodes: Nodes, truth: GroundTruth, timing: Timing, movie: string): void {
  nodes.group(MODULE, "ProcessingModule", { description: "Ground truth of the simulation." });
  writeSegmentation(nodes, truth, movie);
  writeTraces(nodes, truth, timing);
  writeSpikes(nodes, truth);
  if (truth.shifts) writeMotion(nodes, truth, timing, movie);
  writeNeuropil(nodes, truth, timing);
  writeFields(nodes, truth);
}

// Names by which roiextractors, and with it neuroconv, know traces.
const TRACES = { C: "Denoised", S: "Deconvolved", bleaching: "Bleaching" } as const;

function writeTraces(nodes: Nodes, truth: GroundTruth, timing: Timing): void {
  const container = `${MODULE}/Fluorescence`;
  nodes.group(container, "Fluorescence");
  for (const [field, name] of Object.entries(TRACES) as [keyof typeof TRACES, string][]) {
    if (!truth.shapeOf(field)) continue;
    const path = `${container}/${name}`;
    const { description } = GROUND_TRUTH_FIELDS[field];
    nodes.series(path, "RoiResponseSeries", description, timing);
    const attributes = dataAttributes("a.u.");
    writeMatrix(nodes.sink, `${path}/data`, truth, field, { frameFirst: true, attributes });
    nodes.region(`${path}/rois`, "All cells.", SEGMENTATION, truth.n_units);
  }
}

/** The times themselves, finer than frames: a table of spiking units, each pointing to its ROI. */
function writeSpikes(nodes: Nodes, { spike_times_s, n_units }: GroundTruth): void {
  nodes.table("units", "Units", {
    rows: n_units,
    colnames: ["spike_times", "roi"],
    description: "True spike times of the cells.",
  });
  const { offsets, data } = spike_times_s;
  const path = "units/spike_times";
  const attributes = nodes.typed(path, "VectorData", { description: "Spike times, s." });
  // The simulator draws times of any fraction; a microsecond is finer than anything that could be asked of them.
  const resolution = Float64Array.of(1e-6);
  nodes.sink.array(path, data, [data.length], { ...attributes, resolution });
  nodes.index(path, Uint32Array.from(offsets.subarray(1)));
  nodes.region("units/roi", "The cell of each unit.", SEGMENTATION, n_units);
}

/** NWB keeps what aligns a frame, (x, y): the opposite of where the content was. The aligned movie itself is not stored. */
function writeMotion(nodes: Nodes, truth: GroundTruth, timing: Timing, movie: string): void {
  const { sink } = nodes;
  const shifts = truth.shifts!.data;
  const stack = `${MODULE}/MotionCorrection/CorrectedImageStack`;
  nodes.group(`${MODULE}/MotionCorrection`, "MotionCorrection");
  nodes.group(stack, "CorrectedImageStack");
  sink.link(`${stack}/original`, movie);
  const corrected = `${stack}/corrected`;
  nodes.series(
    corrected,
    "ImageSeries",
    "Empty: the movie is stored once, unaligned; moving each frame by xy_translation aligns it.",
    timing,
  );
  sink.array(`${corrected}/data`, new Uint8Array(0), [0, 0, 0], dataAttributes("n.a."));
  const path = `${stack}/xy_translation`;
  const description = "Pixels to move each frame by, (x: right, y: down), to undo the motion.";
  nodes.series(path, "TimeSeries", description, timing);
  const translation = new Float64Array(shifts.length);
  for (let i = 0; i < shifts.length; i += 2) {
    translation[i] = -shifts[i + 1]!;
    translation[i + 1] = -shifts[i]!;
  }
  sink.array(`${path}/data`, translation, [shifts.length / 2, 2], dataAttributes("pixels"));
}

function writeNeuropil(nodes: Nodes, truth: GroundTruth, timing: Timing): void {
  for (const name of ["neuropil_temporal", "neuropil_population"] as const) {
    const field = truth[name];
    if (!field) continue;
    const path = `${MODULE}/${name}`;
    nodes.series(path, "TimeSeries", GROUND_TRUTH_FIELDS[name].description, timing);
    const [components, frames] = name === "neuropil_temporal" ? field.shape : [1, field.shape[0]];
    const turned = Float64Array.from(
      { length: field.data.length },
      (_, i) => field.data[(i % components!) * frames! + Math.floor(i / components!)]!,
    );
    const shape = field.shape.length === 2 ? [frames!, components!] : [frames!];
    nodes.sink.array(`${path}/data`, turned, shape, dataAttributes("a.u."));
  }
}

/** Fields over the image, (x, y) as all images in NWB. */
function writeFields(nodes: Nodes, truth: GroundTruth): void {
  const [height, width] = truth.fov_shape;
  const images: [name: string, description: string, pixels: Float64Array][] = [];
  for (const name of FIELD_NAMES) {
    const { dims, description } = GROUND_TRUTH_FIELDS[name];
    if (dims.slice(-2).join() !== "height,width" || !truth.shapeOf(name)) continue;
    const count = truth.shapeOf(name)!.length === 2 ? 1 : truth.shapeOf(name)![0]!;
    const data = truth[name]!.data as Float64Array;
    for (let k = 0; k < count; k++) {
      const pixels = data.subarray(k * height * width, (k + 1) * height * width);
      images.push([dims.length === 2 ? name : `${name}_${k}`, description, pixels]);
    }
  }
  if (images.length === 0) return;
  const container = `${MODULE}/fields`;
  nodes.group(container, "Images", { description: "Fields of the simulation over the image." });
  for (const [name, description, pixels] of images) {
    const path = `${container}/${name}`;
    const turned = Float64Array.from(
      { length: pixels.length },
      (_, i) => pixels[(i % height) * width + Math.floor(i / height)]!,
    );
    const attributes = nodes.typed(path, "GrayscaleImage", { description });
    nodes.sink.array(path, turned, [width, height], attributes);
  }
}
