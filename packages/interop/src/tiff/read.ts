// Footprints as a TIFF: a page a unit, as Inscopix' CNMF-E leaves them with their traces beside; or one image of labels.
import { readdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Estimate, Footprints } from "@minisim/scoring";
import { z } from "zod";
import { InteropError } from "../error.ts";
import { layoutOf } from "../footprint-axes.ts";
import { withFsErrors } from "../fs-error.ts";
import { patchOfImage, stackOf } from "../image-footprints.ts";
import { labelFootprints } from "../label-image.ts";
import { bytesAt, readWhole } from "../read-file.ts";
import type { Reading } from "../reading.ts";
import { kindAt } from "../regular-file.ts";
import { isTiff, TiffFile, type TiffPage } from "./pages.ts";
import { readTraces } from "./traces-csv.ts";

export const readSettings = z.strictObject({});

const FOOTPRINTS = /footprints\.tiff?$/i;
const MAGIC_BYTES = 4;

/** A TIFF that calls itself footprints, or a folder with one. Any other is some movie, until it is named as results. */
export async function detectTiff(path: string): Promise<boolean> {
  const file = await footprintsFile(path);
  return file !== null && FOOTPRINTS.test(file) && isTiff(await bytesAt(file, 0, MAGIC_BYTES));
}

export async function readTiffEstimate(
  path: string,
  _: object,
  reading: Reading,
): Promise<Estimate> {
  const file = await footprintsFile(path);
  if (file === null) {
    throw new InteropError("missing", `${path} holds no file that ends in footprints.tiff.`);
  }
  const footprints = await readFootprints(file, reading);
  const traces = file.replace(FOOTPRINTS, "traces.csv");
  const hasTraces = traces !== file && (await kindAt(traces)) === "file";
  if (!hasTraces) reading.note(`There are no traces beside ${basename(file)}.`);
  const C = hasTraces ? await readTraces(traces, footprints.length, reading) : null;
  return { footprints, C, S: null, shifts: null };
}

/** The file itself; of a folder, the one that its name calls footprints; of traces, the footprints beside them. */
async function footprintsFile(path: string): Promise<string | null> {
  const kind = await kindAt(path);
  const isTraces = kind === "file" && /traces\.csv$/i.test(path);
  if (kind === "file" && !isTraces) return path;
  if (kind === null) return null;
  const folder = isTraces ? dirname(path) : path;
  const wanted = isTraces ? basename(path).replace(/traces\.csv$/i, "footprints.tif") : "";
  const found = (await withFsErrors(folder, () => readdir(folder))).filter(
    (name) => FOOTPRINTS.test(name) && name.startsWith(wanted),
  );
  return found.length === 1 ? join(folder, found[0]!) : null;
}

async function readFootprints(path: string, reading: Reading): Promise<Footprints> {
  const bad = (problem: string) => new InteropError("malformed", `${path} ${problem}.`);
  const file = new TiffFile(await readWhole(path), bad);
  const pages = file.pages();
  const [first] = pages;
  if (!first) {
    if (!reading.field) throw bad("has no pages");
    return stackOf(reading.field, []);
  }
  const { height, width } = first;
  const problem = reading.imageProblem(first) ?? reading.unitProblem(pages.length);
  if (problem) throw bad(problem);
  const odd = pages.findIndex((page) => page.height !== height || page.width !== width);
  if (odd >= 0) throw bad(`has a page ${odd} of another size than the first`);
  if (pages.length === 1 && isWhole(first)) {
    return labelFootprints(file.pixels(first), first, reading, (what) => {
      throw bad(what);
    });
  }
  const layout = layoutOf([1, height, width], "unit_height_width");
  return stackOf(
    first,
    pages.map((page) => patchOfImage(file.pixels(page), layout, 0)),
  );
}

const FLOAT = 3;
const isWhole = ({ sampleFormat }: TiffPage): boolean => sampleFormat !== FLOAT;
