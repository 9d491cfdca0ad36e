// Writes a recording as a suite2p folder: data.bin, and the truth as if suite2p had found it.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { writeClaimed } from "@minisim/output";
import type { GroundTruth, Recorded } from "@minisim/recording";
import type { StepSpec } from "@minisim/spec";
import type { ExportOptions } from "../contract.ts";
import { writeFileSink } from "../file-sink.ts";
import { encodeNpy } from "../npy/array.ts";
import { npyHeader } from "../npy/header.ts";
import { bytesOf } from "../stream.ts";
import { folderOf } from "../to-path.ts";
import { PLANE } from "./detect.ts";
import { divisorOf, type MovieImages, writeDataBin } from "./movie.ts";
import { NumPyArray, npyOfObjects, type Picklable, PyFloat } from "./pickle.ts";
import { statOf } from "./rois.ts";

const FILES = /^plane0\/(?:data\.bin|\w+\.npy)$/;

/** suite2p's own default; the truth holds no neuropil in F, so that nothing is taken away. */
const NEUROPIL_COEFFICIENT = 0.7;

/** @throws InteropError "unsupported" for a movie without a sensor; PathError. */
export async function writeSuite2p(
  source: Recorded,
  path: string,
  options: ExportOptions,
): Promise<void> {
  const divisor = divisorOf(source, path);
  await writeClaimed(path, folderOf("suite2p", FILES, options), async (folder) => {
    const plane = join(folder, PLANE);
    await mkdir(plane, { recursive: true });
    const images = await writeDataBin(source, join(plane, "data.bin"), divisor, options);
    const truth = await source.truth();
    const objects = async (name: string, list: readonly Picklable[], shape: readonly number[]) =>
      writeFile(join(plane, name), npyOfObjects(list, shape));
    await objects("stat.npy", statOf(truth), [truth.n_units]);
    await objects("ops.npy", [opsOf(source, truth, images, divisor)], []);
    await writeFile(join(plane, "iscell.npy"), encodeNpy(cellsOf(truth)));
    await writeTraces(join(plane, "F.npy"), truth, source, "C");
    await writeTraces(join(plane, "spks.npy"), truth, source, "S");
    await writeTraces(join(plane, "Fneu.npy"), truth, source, null);
  });
}

/** Whether it is a cell, and how surely: here, what a pipeline could detect. */
function cellsOf({ detectable, n_units }: GroundTruth) {
  const data = Float32Array.from({ length: 2 * n_units }, (_, i) => detectable.data[i >> 1]!);
  return { shape: [n_units, 2], data };
}

/** float32, unit × frame; zeros without a field. */
async function writeTraces(
  path: string,
  truth: GroundTruth,
  { shape: [frames] }: Recorded,
  field: "C" | "S" | null,
): Promise<void> {
  await writeFileSink(path, async (sink) => {
    await sink.append(npyHeader("<f4", [truth.n_units, frames]));
    for (let unit = 0; unit < truth.n_units; unit++) {
      const row = field ? truth.field(field).rows(unit, unit + 1) : new Float64Array(frames);
      await sink.append(bytesOf(Float32Array.from(row)));
    }
  });
}

/** Decays that suite2p's documentation gives for its deconvolution (settings, "tau"), and its default for all others. */
const TAUS: Readonly<Record<string, number>> = { gcamp6f: 0.7, gcamp6m: 1, gcamp6s: 1.25 };
const DEFAULT_TAU = 1;

function tauOf(activity: StepSpec | undefined): number {
  const own = activity?.tau_decay_s;
  return typeof own === "number" ? own : (TAUS[String(activity?.indicator)] ?? DEFAULT_TAU);
}

function opsOf(
  { shape, spec }: Recorded,
  truth: GroundTruth,
  { mean, brightest }: MovieImages,
  divisor: number,
): Picklable {
  const [frames, height, width] = shape;
  const activity = spec.steps.find(({ kind }) => kind === "cell_activity");
  const shifts = truth.shifts?.data ?? new Float64Array(2 * frames);
  const along = (axis: 0 | 1) =>
    Float32Array.from({ length: frames }, (_, i) => shifts[2 * i + axis]!);
  const image = [height, width];
  return {
    Ly: height,
    Lx: width,
    nframes: frames,
    fs: new PyFloat(spec.acquisition.fps),
    tau: new PyFloat(tauOf(activity)),
    nplanes: 1,
    nchannels: 1,
    functional_chan: 1,
    align_by_chan: 1,
    neucoeff: new PyFloat(NEUROPIL_COEFFICIENT),
    // The movie lies there as it was recorded: nothing is registered yet.
    do_registration: 0,
    nonrigid: false,
    yoff: new NumPyArray(along(0)),
    xoff: new NumPyArray(along(1)),
    badframes: new NumPyArray(new Uint8Array(frames), [frames], "|b1"),
    yrange: [0, height],
    xrange: [0, width],
    meanImg: new NumPyArray(mean, image),
    max_proj: new NumPyArray(brightest, image),
    data_path: [],
    save_path: ".",
    reg_file: "data.bin",
    minisim_counts_per_int16: divisor,
  };
}
