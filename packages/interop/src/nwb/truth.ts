// The truth in NWB's own types: segmentation, traces, spikes, motion, fields.
import type { GroundTruth, TruthField } from "@minisim/recording";
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
  writeSeries(nodes, truth, timing);
  writeFields(nodes, truth);
}

// Names by which roiextractors, and with it neuroconv, know traces. Others keep the name of their field.
const TRACES: Readonly<Record<string, string>> = { C: "Denoised", S: "Deconvolved" };

function writeTraces(nodes: Nodes, truth: GroundTruth, timing: Timing): void {
  const container = `${MODULE}/Fluorescence`;
  nodes.group(container, "Fluorescence");
  for (const field of truth.fields.values()) {
    if (field.dims.join() !== "unit,frame") continue;
    const path = `${container}/${TRACES[field.name] ?? capitalized(field.name)}`;
    nodes.series(path, "RoiResponseSeries", field.description, timing);
    const attributes = dataAttributes("a.u.");
    writeMatrix(nodes.sink, `${path}/data`, field, { frameFirst: true, attributes });
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

const capitalized = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** Time courses that belong to no cell: (frame), or one after another as (frame, …). */
function writeSeries(nodes: Nodes, truth: GroundTruth, timing: Timing): void {
  for (const field of truth.fields.values()) {
    const { name, dims, shape, description } = field;
    // Motion has a type of its own.
    if (name === "shifts" || dims[0] === "unit" || !isSeries(field)) continue;
    const path = `${MODULE}/${name}`;
    nodes.series(path, "TimeSeries", description, timing);
    const attributes = dataAttributes("a.u.");
    if (dims[0] === "frame") {
      nodes.sink.array(
        `${path}/data`,
        field.rows(0, shape[0] ?? 1) as Float64Array,
        shape,
        attributes,
      );
    } else {
      writeMatrix(nodes.sink, `${path}/data`, field, { frameFirst: true, attributes });
    }
  }
}

const isSeries = ({ dims }: TruthField): boolean =>
  dims[0] === "frame" || (dims.length === 2 && dims[1] === "frame");

/** Fields over the image, (x, y) as all images in NWB. */
function writeFields(nodes: Nodes, truth: GroundTruth): void {
  const [height, width] = truth.fov_shape;
  const images: [name: string, description: string, pixels: Float64Array][] = [];
  for (const field of truth.fields.values()) {
    const { name, dims, shape, description } = field;
    if (dims.slice(-2).join() !== "height,width" || dims.length > 3) continue;
    const count = dims.length === 2 ? 1 : shape[0]!;
    const data = field.rows(0, shape[0] ?? 1) as Float64Array;
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
