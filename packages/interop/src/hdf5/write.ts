// The movie as dataset `mov`, and every field of the truth by its name.
import { markOf } from "@minisim/output/mark";
import { type GroundTruth, type Recorded, scaleOf, type TruthField } from "@minisim/recording";
import { z } from "zod";
import type { Watch } from "../contract.ts";
import { fovFootprints, writeMasks, writeMatrix, writeMovie } from "../h5/fill.ts";
import type { Attributes, H5Sink } from "../h5/sink.ts";
import type { Output } from "../output.ts";

export const writeSettings = z.strictObject({
  truth: z.boolean().default(true).describe("Put the ground truth into the file, too"),
});

export function writeRecording(
  output: Output,
  source: Recorded,
  { truth }: z.output<typeof writeSettings>,
  watch: Watch,
): Promise<void> {
  return output.hdf5(async (sink) => {
    sink.attributes("", {
      format: "minisim-recording",
      minisim_output: markOf("hdf5"),
      cache_key: source.cache_key,
      pixel_size_um: Float64Array.of(scaleOf(source).pixel_size_um),
    });
    sink.text("spec", JSON.stringify(source.spec));
    // The attributes that CaImAn's own save gives a movie.
    const attributes = { fr: Float64Array.of(scaleOf(source).fps), start_time: Float64Array.of(0) };
    await writeMovie(sink, "mov", source, watch, { attributes });
    if (truth) writeTruth(sink, await source.truth());
  });
}

function writeTruth(sink: H5Sink, truth: GroundTruth): void {
  const { focal_depth_um, spike_times_s, fov_offset, fov_shape, planted } = truth;
  sink.group("ground_truth", {
    fov_offset: Int32Array.from(fov_offset),
    fov_shape: Int32Array.from(fov_shape),
    canvas_shape: Int32Array.of(planted.canvas.height, planted.canvas.width),
    ...(focal_depth_um === null ? {} : { focal_depth_um: Float64Array.of(focal_depth_um) }),
  });
  for (const field of truth.fields.values()) writeField(sink, field);
  writeMasks(sink, "ground_truth/A_observed", fovFootprints(truth), {
    attributes: {
      dims: ["unit", "height", "width"],
      unit: "1",
      description: "Footprints as the optics deliver them.",
    },
  });
  sink.group("ground_truth/planted", {
    description: "Footprints before the optics: patches on the canvas, one after another.",
  });
  sink.array("ground_truth/planted/offsets", planted.offsets, [planted.length, 2]);
  sink.array("ground_truth/planted/shapes", planted.shapes, [planted.length, 2]);
  sink.array("ground_truth/planted/data", planted.data, [planted.data.length]);
  sink.group("ground_truth/spike_times_s", {
    unit: "s",
    description: "Unit i fired at data[offsets[i]] … data[offsets[i + 1] − 1].",
  });
  const { offsets, data } = spike_times_s;
  sink.array("ground_truth/spike_times_s/offsets", offsets, [offsets.length]);
  sink.array("ground_truth/spike_times_s/data", data, [data.length]);
}

function writeField(sink: H5Sink, field: TruthField): void {
  const { name, shape, dims, unit, description } = field;
  const attributes: Attributes = { dims, unit, description };
  const path = `ground_truth/${name}`;
  if (dims.length === 2 && dims[1] === "frame") writeMatrix(sink, path, field, { attributes });
  else sink.array(path, field.rows(0, shape[0] ?? 1), shape, attributes);
}
