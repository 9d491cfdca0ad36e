// What CaImAn found: footprints, traces, spikes and shifts out of a file of cnmf.save.
import type { Estimate, EstimatedBackground, Footprints } from "@minisim/scoring";
import { z } from "zod";
import {
  assemble,
  canvasOf,
  checkTraces,
  type H5Source,
  type Part,
  probeHdf5,
  readHdf5,
  selectRows,
  selectUnits,
  sparseFootprints,
} from "../h5/index.ts";
import { stackOf } from "../image-footprints.ts";
import { patchesOf } from "../pixel-order.ts";
import type { Field, Reading } from "../reading.ts";
import { acceptedOf, isNone } from "./accepted.ts";

export const readSettings = z.strictObject({
  components: z
    .enum(["accepted", "all"])
    .default("accepted")
    .describe("accepted: those of idx_components where CaImAn judged them, else all"),
});

const A = "/estimates/A";
const RATE = "/params/data/fr";

export const detectCaiman = (path: string): Promise<boolean> =>
  probeHdf5(path, (source) => source.kind("/estimates") === "group" && source.kind(A) !== null);

export function readCaiman(
  path: string,
  { components }: z.output<typeof readSettings>,
  reading: Reading,
): Promise<Estimate> {
  return readHdf5(path, (source) => {
    reading.noteRate(`The frame rate that CaImAn was given (${RATE})`, rateOf(source));
    const footprints = readFootprints(source, reading);
    const all = {
      C: tracesPart(source, "/estimates/C", reading),
      S: tracesPart(source, "/estimates/S", reading),
      shifts: shiftsPart(source, reading),
    };
    const background_light = backgroundOf(source, footprints.canvas, all.C?.rows.shape[1] ?? null);
    const estimate = { ...assemble(source, footprints, all), background_light };
    const { length } = footprints;
    const kept = components === "all" ? null : acceptedOf(source, length);
    if (!kept) return estimate;
    reading.note(
      `CaImAn accepts ${kept.length} of ${length} components (the setting components: all takes all).`,
    );
    const select = (part: Part | null) => part && selectRows(part.rows, kept);
    return {
      footprints: selectUnits(footprints, kept),
      C: select(all.C),
      S: select(all.S),
      shifts: estimate.shifts,
      background_light,
    };
  });
}

function readFootprints(source: H5Source, reading: Reading): Footprints {
  const [at, field] = fieldOf(source, reading);
  const problem = reading.imageProblem(field);
  if (problem) throw source.malformed(at, problem);
  const isSparse = source.kind(A) === "group";
  const shape = isSparse
    ? Array.from(source.numbers(`${A}/shape`, { dims: 1 }).data)
    : source.shapeOf(A, { dims: 2, layout: "pixels, units" });
  const pixels = field.height * field.width;
  const unitAxis = shape[0] === pixels ? 1 : shape[1] === pixels ? 0 : null;
  if (shape.length !== 2 || unitAxis === null) {
    throw source.malformed(
      isSparse ? `${A}/shape` : A,
      `is ${shape.join(" × ")}, where ${pixels} pixels (${at}) × units are needed`,
    );
  }
  const pair = shape as [number, number];
  const tooMany = reading.unitProblem(pair[unitAxis]);
  if (tooMany) throw source.malformed(A, tooMany);
  if (!isSparse) return denseFootprints(source, pair, unitAxis, field);
  const paths = { data: `${A}/data`, indices: `${A}/indices`, indptr: `${A}/indptr` };
  return sparseFootprints(source, paths, pair, unitAxis, field);
}

/** Where the size of the images is said, and what it is: by the file, else by the recording. */
function fieldOf(source: H5Source, { field }: Reading): readonly [at: string, field: Field] {
  const at = ["/dims", "/estimates/dims", "/params/data/dims"].find(
    (place) => source.kind(place) === "dataset" && !isNone(source, place),
  );
  if (!at && field) return ["the recording", field];
  if (!at) throw source.malformed("/dims", "is missing: without it, pixels have no place");
  const dims = source.numbers(at, { dims: 1, layout: "height, width" }).data;
  if (dims.length === 2) return [at, canvasOf(source, at, dims)];
  throw source.unsupported(at, `has ${dims.length} dimensions; only planes are read`);
}

function denseFootprints(
  source: H5Source,
  shape: readonly [number, number],
  unitAxis: 0 | 1,
  field: Field,
): Footprints {
  const { data } = source.numbers(A);
  const [units, pixels] = unitAxis === 0 ? shape : [shape[1], shape[0]];
  const [unitStride, pixelStride] = unitAxis === 0 ? [pixels, 1] : [1, units];
  const patches = Array.from({ length: units }, (_, unit) => {
    const lit: number[] = [];
    for (let pixel = 0; pixel < pixels; pixel++) {
      if (data[unit * unitStride + pixel * pixelStride] !== 0) lit.push(pixel);
    }
    const weights = lit.map((pixel) => data[unit * unitStride + pixel * pixelStride]!);
    return patchesOf({ starts: [0, lit.length], pixels: lit, weights }, field, "F")[0]!;
  });
  return stackOf(field, patches);
}

function tracesPart(source: H5Source, at: string, reading: Reading): Part | null {
  if (!isThere(source, at)) return null;
  const [units, frames] = source.shapeOf(at, { dims: 2, layout: "unit, frame" });
  checkTraces(source, at, { units: units!, frames: frames! }, reading);
  return { at, rows: source.numbers(at) };
}

/** CaImAn keeps what it moved each frame by; an estimate says where the content was. */
function shiftsPart(source: H5Source, reading: Reading): Part | null {
  const at = "/estimates/shifts";
  if (!isThere(source, at)) return null;
  const shape = source.shapeOf(at);
  // Of pw_rigid: two axes × frames × patches.
  if (shape.length > 2) {
    reading.note(
      `${at} moves every one of ${shape.at(-1)} patches (pw_rigid), which is no single trajectory: motion is not scored.`,
    );
    return null;
  }
  const { shape: sizes, data } = source.numbers(at, { dims: 2, layout: "frame, axis" });
  return { at, rows: { shape: sizes, data: data.map((shift) => -shift) } };
}

/** b · f, pixels × component and component × frame; null of CNMF-E, which keeps a ring model and no light, and where the two do not go together. */
function backgroundOf(
  source: H5Source,
  field: Field,
  frames: number | null,
): EstimatedBackground | null {
  const [at, over] = ["/estimates/b", "/estimates/f"];
  if (!isThere(source, at!) || !isThere(source, over!)) return null;
  const [shape, courses] = [source.shapeOf(at!), source.shapeOf(over!)];
  const { height, width } = field;
  const [pixels, count] = shape as [number, number];
  const goes = shape.length === 2 && courses.length === 2 && pixels === height * width;
  if (!goes || courses[0] !== count || count === 0 || courses[1] !== frames) return null;
  const { data } = source.numbers(at!);
  const spatial = Float64Array.from({ length: count * pixels }, (_, k) => {
    const [component, pixel] = [Math.floor(k / pixels), k % pixels];
    // Columns first, as in A.
    return data[((pixel % width) * height + Math.floor(pixel / width)) * count + component]!;
  });
  return {
    spatial: { shape: [count, height, width], data: spatial },
    temporal: source.numbers(over!),
  };
}

/** None, as CaImAn saves it, is nothing; some versions save what was never computed as an empty list. */
function isThere(source: H5Source, at: string): boolean {
  if (source.kind(at) !== "dataset" || isNone(source, at)) return false;
  const shape = source.shapeOf(at);
  return !(shape.length === 1 && shape[0] === 0);
}

function rateOf(source: H5Source): number | null {
  if (source.kind(RATE) !== "dataset" || isNone(source, RATE)) return null;
  const { data } = source.numbers(RATE);
  return data.length === 1 ? data[0]! : null;
}
