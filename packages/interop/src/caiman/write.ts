// The truth as estimates of CaImAn. Whatever CaImAn's loader expects and the truth does not know is the text 'NoneType', as
// cnmf.save writes None.
import { markOf } from "@minisim/output/mark";
import { type GroundTruth, type Recorded, scaleOf } from "@minisim/recording";
import type { Watch } from "../contract.ts";
import { toColumnMajor } from "../h5/column-major.ts";
import { fovFootprints, writeMatrix } from "../h5/fill.ts";
import type { H5Sink } from "../h5/sink.ts";
import type { Output } from "../output.ts";

const NONE = "NoneType";
const UNKNOWN = ["dview", "mmap_F", "mmap_C", "Ain"];
const UNKNOWN_ESTIMATES = [
  ...["A_thr", "R", "W", "b0", "YrA", "F_dff", "bl", "c1", "g", "lam", "neurons_sn", "sn", "Cn"],
  ...["idx_components", "idx_components_bad", "center", "coordinates", "r_values", "cnn_preds"],
  ...["discarded_components", "merged_ROIs", "optional_outputs", "total_template_els"],
];

/** The movie is not part of this layout: it is neither asked for nor written. */
export function writeCaiman(output: Output, source: Recorded, { signal }: Watch): Promise<void> {
  return output.hdf5(async (sink) => {
    sink.attributes("", { minisim_output: markOf("caiman") });
    const truth = await source.truth();
    signal?.throwIfAborted();
    const dims = BigInt64Array.from(truth.fov_shape, BigInt);
    sink.array("dims", dims, [2]);
    for (const name of UNKNOWN) sink.text(name, NONE);
    writeParams(sink, dims, scaleOf(source).fps);
    sink.group("estimates");
    sink.array("estimates/dims", dims, [2]);
    for (const name of UNKNOWN_ESTIMATES) sink.text(`estimates/${name}`, NONE);
    writeComponents(sink, truth);
    writeBackground(sink, truth);
    writeShifts(sink, truth);
  });
}

function writeParams(sink: H5Sink, dims: BigInt64Array, fps: number): void {
  sink.group("params");
  sink.group("params/data");
  sink.array("params/data/dims", dims, [2]);
  sink.array("params/data/fr", Float64Array.of(fps), []);
  sink.text("params/data/fnames", NONE);
}

function writeComponents(sink: H5Sink, truth: GroundTruth): void {
  const stack = fovFootprints(truth);
  const { data, indices, indptr } = toColumnMajor(stack);
  const [height, width] = truth.fov_shape;
  sink.group("estimates/A");
  sink.array("estimates/A/data", data, [data.length]);
  sink.array("estimates/A/indices", indices, [indices.length]);
  sink.array("estimates/A/indptr", indptr, [indptr.length]);
  const shape = BigInt64Array.of(BigInt(height * width), BigInt(stack.length));
  sink.array("estimates/A/shape", shape, [2]);
  writeMatrix(sink, "estimates/C", truth.field("C"));
  writeMatrix(sink, "estimates/S", truth.field("S"));
  sink.array("estimates/SNR_comp", truth.detection_snr.data, [stack.length]);
}

/** b (pixels × components, numbered down the columns) times f (components × frames) is the neuropil. */
function writeBackground(sink: H5Sink, truth: GroundTruth): void {
  const { neuropil_spatial: spatial, neuropil_temporal: temporal } = truth;
  if (!spatial || !temporal) {
    for (const name of ["b", "f"]) sink.text(`estimates/${name}`, NONE);
    return;
  }
  const [count, height, width] = spatial.shape as [number, number, number];
  const b = new Float64Array(spatial.data.length);
  for (let k = 0; k < count; k++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        b[(x * height + y) * count + k] = spatial.data[(k * height + y) * width + x]!;
      }
    }
  }
  sink.array("estimates/b", b, [height * width, count]);
  sink.array("estimates/f", temporal.data, temporal.shape);
}

/** CaImAn keeps what it moved each frame by, (rows, columns): the opposite of where the content was. */
function writeShifts(sink: H5Sink, { shifts }: GroundTruth): void {
  if (!shifts) sink.text("estimates/shifts", NONE);
  else
    sink.array(
      "estimates/shifts",
      shifts.data.map((shift) => -shift),
      shifts.shape,
    );
}
