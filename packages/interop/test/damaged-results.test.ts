// Whatever is damaged in a small file of each format that is read: what comes is a sentence that names the file, or results that hold
// together; and of a format whose every byte counts in a checksum, the very results that were written.
import { cp, mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { exportRecording, InteropError, type ReadContext, readEstimate } from "@minisim/interop";
import type { GroundTruth, Recording } from "@minisim/recording";
import type { Estimate, Rows } from "@minisim/scoring";
import { simulate, vary } from "minisim";
import { beforeAll, expect, test } from "vitest";
import { encodeNpy } from "../src/npy/index.ts";
import { temporaryFolder } from "./folder.ts";
import { makeFile } from "./hdf5-parts.ts";
import { makeTiff } from "./make-tiff.ts";
import { PYTHON_CELLS } from "./minian-source.ts";
import { smallRecording, smallSpec } from "./sources.ts";

const at = temporaryFolder();
let recording: Recording;
let context: ReadContext;
beforeAll(async () => {
  recording = await smallRecording();
  const [frames, height, width] = recording.observed.shape as [number, number, number];
  context = { shape: [frames, height, width], fps: recording.spec.acquisition.fps };
});

// Cases a format; each is one read of a few kB.
const CASES = 60;
const FORMATS: Record<string, (path: string) => Promise<void>> = {
  npz: exported("npz"),
  hdf5: exported("hdf5", { truth: true }),
  nwb: exported("nwb"),
  caiman: exported("caiman"),
  python_minisim: pythonRecording,
  minian: exported("minian"),
  suite2p: exported("suite2p"),
  npy: npyFolder,
  matlab: matlabFile,
  tiff: tiffFolder,
};
const CHECKED = ["npz"];

test.each(Object.keys(FORMATS))("%s", { timeout: 120_000 }, async (format) => {
  const whole = at(`whole-${format}`);
  await FORMATS[format]!(whole);
  const sound = summary(await read(whole, format));
  const files = await filesOf(whole);
  const random = randomOf(format);
  const counts = { refused: 0, same: 0, other: 0 };
  const path = at(`damaged-${format}`);
  await cp(whole, path, { recursive: true });
  for (let i = 0; i < CASES; i++) {
    const file = join(path, files[Math.floor(random() * files.length)]!);
    const bytes = await readFile(file);
    const damage = await damaged(file, bytes, random);
    const result = await read(path, format).catch((error: unknown) => error);
    await writeFile(file, bytes);
    if (result instanceof Error) {
      expect({ damage, name: result.name, message: result.message }).toEqual({
        damage,
        name: InteropError.name,
        message: expect.stringContaining(path),
      });
      counts.refused += 1;
      continue;
    }
    expect({ damage, flaws: flawsOf(result as Estimate) }).toEqual({ damage, flaws: [] });
    counts[summary(result as Estimate) === sound ? "same" : "other"] += 1;
  }
  expect(counts.refused).toBeGreaterThan(0);
  if (CHECKED.includes(format)) expect(counts.other).toBe(0);
});

const read = (path: string, format: string) => readEstimate(path, { format, recording: context });

function exported(format: string, settings: Record<string, unknown> = {}) {
  return (path: string) => exportRecording(recording, format, path, { settings });
}

/** Python minisim has no scattered halos. */
async function pythonRecording(path: string): Promise<void> {
  const clear = vary(smallSpec(), {
    "acquisition.tissue.halo_fraction": 0,
    "steps.cell_activity": PYTHON_CELLS,
  });
  await exportRecording(await simulate(clear), "python_minisim", path);
}

/** A, C and S, images and rows, of the truth on the field of view. */
function arraysOf(truth: GroundTruth) {
  return { A: truth.A_observed, C: truth.C, S: truth.S };
}

async function npyFolder(path: string): Promise<void> {
  await mkdir(path);
  for (const [name, array] of Object.entries(arraysOf(recording.ground_truth))) {
    await writeFile(join(path, `${name}.npy`), encodeNpy(array as Parameters<typeof encodeNpy>[0]));
  }
}

async function matlabFile(path: string): Promise<void> {
  const { A, C } = arraysOf(recording.ground_truth);
  // As MATLAB lays out width × height × unit and frame × unit.
  makeFile(path, {
    A: [Float64Array.from(A.data), A.shape],
    C: [C.data as Float64Array, C.shape],
  });
}

async function tiffFolder(path: string): Promise<void> {
  const { A, C } = arraysOf(recording.ground_truth);
  const [units, height, width] = A.shape as [number, number, number];
  const [, frames] = C.shape as [number, number];
  await mkdir(path);
  const images = Array.from({ length: units }, (_, unit) =>
    Array.from(A.data.slice(unit * height * width, (unit + 1) * height * width)),
  );
  await writeFile(join(path, "footprints.tiff"), makeTiff(images, [height, width]));
  const lines = Array.from({ length: frames }, (_, frame) =>
    [frame, ...images.keys()].map((_, i) => (i === 0 ? frame : C.data[(i - 1) * frames + frame])),
  );
  const names = ["frame", ...Array.from(images.keys(), (unit) => `C${unit}`)];
  await writeFile(join(path, "traces.csv"), [names, ...lines].join("\n"));
}

/** Files below a path; the path itself where it is one. Movies are not among them: results do not need them. */
async function filesOf(path: string): Promise<string[]> {
  if ((await stat(path)).isFile()) return [""];
  const names = await readdir(path, { recursive: true, withFileTypes: true });
  return names
    .filter((entry) => entry.isFile() && entry.name !== "data.bin")
    .map((entry) => join(entry.parentPath, entry.name).slice(path.length))
    .filter((name) => !name.startsWith("/observed/"))
    .sort();
}

/** Changes a bit, blanks a block, or cuts the end off. */
async function damaged(file: string, whole: Uint8Array, random: () => number): Promise<string> {
  const place = Math.floor(random() * whole.length);
  const kind = Math.floor(random() * 4);
  if (kind === 0) {
    await writeFile(file, whole.subarray(0, place));
    return `${file} cut at ${place}`;
  }
  const bytes = Uint8Array.from(whole);
  if (kind === 1) {
    const end = place + 1 + Math.floor(random() * 256);
    bytes.fill(random() < 0.5 ? 0 : 0xff, place, end);
    await writeFile(file, bytes);
    return `${file} blanked from ${place} to ${end}`;
  }
  if (bytes.length > 0) bytes[place]! ^= 1 << Math.floor(random() * 8);
  await writeFile(file, bytes);
  return `${file} flipped at ${place}`;
}

/** What the results are, all of it; notes aside. */
function summary({ footprints, C, S, shifts }: Estimate): string {
  const patches = Array.from({ length: footprints.length }, (_, i) => {
    const { row, col, height, width, data } = footprints.at(i);
    return [row, col, height, width, ...Array.from(data)];
  });
  const rows = (array: Rows | null) => array && [array.shape, [...array.data]];
  return JSON.stringify([footprints.canvas, patches, rows(C), rows(S), rows(shifts)]);
}

/** What keeps these results from being scored. */
function flawsOf({ footprints, C, S, shifts }: Estimate): string[] {
  const flaws: string[] = [];
  const { canvas, length } = footprints;
  for (let i = 0; i < length; i++) {
    const { row, col, height, width, data } = footprints.at(i);
    const isOn =
      row >= 0 && col >= 0 && row + height <= canvas.height && col + width <= canvas.width;
    if (!isOn || data.length !== height * width) flaws.push(`footprint ${i}`);
  }
  for (const [name, rows] of Object.entries({ C, S })) {
    if (!rows) continue;
    const [units, frames] = rows.shape as [number, number];
    if (units !== length || rows.data.length !== units * frames) flaws.push(name);
  }
  if (shifts && (shifts.shape[1] !== 2 || shifts.data.length !== 2 * shifts.shape[0]!)) {
    flaws.push("shifts");
  }
  return flaws;
}

/** Numbers in 0 … 1, the same for each seed. */
function randomOf(seed: string): () => number {
  let state = [...seed].reduce((hash, letter) => Math.imul(hash, 31) + letter.charCodeAt(0), 7);
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
