// Results by neuroconv, scipy and tifffile, as we read them; and our checksums, as h5py does. Needs .venv-interop and .venv-minisim
// (.ci/interop-venv.sh); fails without them.
import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { exportRecording, type ReadContext, readEstimate, type Settings } from "@minisim/interop";
import type { Recording } from "@minisim/recording";
import type { Estimate } from "@minisim/scoring";
import { beforeAll, describe, expect, test } from "vitest";
import { temporaryFolder } from "./folder.ts";
import { images, imagesOf } from "./hdf5-parts.ts";
import { record, spec } from "./minian-source.ts";

const pythonOf = (venv: string) =>
  fileURLToPath(new URL(`../../../${venv}/bin/python`, import.meta.url));
const script = fileURLToPath(new URL("results.py", import.meta.url));
const at = temporaryFolder();
async function python(venv: string, ...args: string[]): Promise<string> {
  return (await promisify(execFile)(pythonOf(venv), [script, ...args])).stdout;
}

let recording: Recording;
let context: ReadContext;
beforeAll(async () => {
  recording = await record();
  const [frames, height, width] = recording.observed.shape as [number, number, number];
  context = { shape: [frames, height, width], fps: recording.spec.acquisition.fps };
  for (const format of ["npz", "suite2p", "caiman", "hdf5", "nwb"]) {
    await exportRecording(recording, format, at(`ours.${format}`));
  }
});

const read = (path: string, settings: Settings = {}) =>
  readEstimate(path, { recording: context, settings });
const truthImages = () => imagesOf(recording.ground_truth.A_observed);
const rows = (C: Estimate["C"]) => ({ shape: [...C!.shape], data: [...C!.data] });

describe("neuroconv", () => {
  test("of suite2p: every ROI where suite2p has it, and its list of cells", async () => {
    await python(".venv-minisim", "neuroconv", "Suite2p", at("ours.suite2p"), at("suite2p.nwb"));
    const theirs = await read(at("suite2p.nwb"), { components: "all" });
    const ours = await read(at("ours.suite2p"), { only_cells: false });
    expect(images(theirs)).toEqual(images(ours));
    expect(rows(theirs.C)).toEqual(rows(ours.C));
    expect(rows(theirs.S)).toEqual(rows(ours.S));
    const [accepted, cells] = [await read(at("suite2p.nwb")), await read(at("ours.suite2p"))];
    expect(cells.footprints.length).toBeLessThan(ours.footprints.length);
    expect(images(accepted)).toEqual(images(cells));
    expect(accepted.notes!.join(" ")).toContain("NeuroConv wrote the masks");
  });

  test("of suite2p on a square field, where nothing but the writer tells", async () => {
    const { acquisition } = spec();
    const image_sensor = { ...acquisition.image_sensor, n_px_width: 44 };
    const square = await record(spec({ acquisition: { ...acquisition, image_sensor } }));
    await exportRecording(square, "suite2p", at("square.suite2p"));
    await python(".venv-minisim", "neuroconv", "Suite2p", at("square.suite2p"), at("square.nwb"));
    const estimate = await readEstimate(at("square.nwb"), {
      recording: { shape: [36, 44, 44], fps: 20 },
      settings: { components: "all" },
    });
    expect(images(estimate)).toEqual(imagesOf(square.ground_truth.A_observed));
  });

  test("of CaImAn: every component where CaImAn has it", async () => {
    await promisify(execFile)("cp", [at("ours.caiman"), at("caiman.hdf5")]);
    await python(".venv-minisim", "neuroconv", "Caiman", at("caiman.hdf5"), at("caiman.nwb"));
    const theirs = await read(at("caiman.nwb"), { components: "all" });
    // neuroconv keeps weights as float64 of the same values.
    expect(images(theirs)).toEqual(truthImages());
    expect(rows(theirs.C)).toEqual(rows(recording.ground_truth.C));
  });
});

test.each(["csc", "csr", "coo"])("scipy's save_npz of a %s matrix", async (kind) => {
  await python(".venv-interop", "sparse", kind, at("ours.npz"), at(`${kind}.npz`));
  const estimate = await read(at(`${kind}.npz`));
  expect(images(estimate)).toEqual(truthImages());
  expect(estimate.C).toBeNull();
});

test.each(["classic", "bigtiff", "zlib"])("tifffile's stack of footprints: %s", async (kind) => {
  await python(".venv-interop", "inscopix", kind, at("ours.npz"), at(kind));
  const estimate = await read(at(`${kind}-footprints.tiff`));
  expect(images(estimate)).toEqual(truthImages());
  // 17 digits are exact.
  expect(rows(estimate.C)).toEqual(rows(recording.ground_truth.C));
});

describe("h5py", () => {
  test.each(["hdf5", "nwb", "caiman"])("sees a checksum on every chunk of %s", async (format) => {
    const found = JSON.parse(await python(".venv-interop", "checksums", at(`ours.${format}`)));
    expect(Object.keys(found).length).toBeGreaterThan(5);
    expect(Object.entries(found).filter(([, isChecked]) => !isChecked)).toEqual([]);
  });

  test("refuses a chunk that was damaged", async () => {
    const bytes = await readFile(at("ours.hdf5"));
    const { data } = recording.ground_truth.C;
    const start = Buffer.from((data as Float64Array).buffer, (data as Float64Array).byteOffset, 64);
    const place = bytes.indexOf(start);
    expect(place).toBeGreaterThan(0);
    bytes[place + 5]! ^= 4;
    await writeFile(at("damaged.hdf5"), bytes);
    const said = (name: string) => python(".venv-interop", "damaged", at("damaged.hdf5"), name);
    expect(await said("ground_truth/S")).toBe("read\n");
    expect(await said("ground_truth/C")).toMatch(/checksum|filter returned failure/i);
  });
});
