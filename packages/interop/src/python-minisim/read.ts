// Reads a store of the Python package minisim: its truth, its spec, and its movie.
import { join } from "node:path";
import { FootprintStack } from "@minisim/footprint";
import {
  type BoolNdArray,
  CORE_FIELDS,
  type CoreFieldName,
  type Float64NdArray,
  type GivenField,
  GroundTruth,
  nd,
  Recording,
} from "@minisim/recording";
import type { Estimate } from "@minisim/scoring";
import { SpecError, type SpecFactory } from "@minisim/spec";
import { InteropError } from "../error.ts";
import { readWhole } from "../read-file.ts";
import type { Reading } from "../reading.ts";
import { groupAttributes, parseObject, requireArray } from "../zarr2/folder.ts";
import { ALWAYS, FORMAT_VERSION, OPTIONAL, SCALED, STEP_FIELDS } from "./layout.ts";
import { FIELD_MEAN } from "./words.ts";

export interface PythonRecordingOptions {
  /** Turns the spec into one of today's, and completes it: `Spec` of the simulator. */
  readonly specs: Pick<SpecFactory, "migrate" | "parse">;
}

/**
 * The recording in a store that `minisim.Recording.save` of the Python package 1.0.x has written, or this package. What
 * that package does not keep is empty: detection_snr is NaN, and there are no spike times. Its snapshots are not read.
 * The movie is held in memory.
 * What of the spec was converted to today's words is among the warnings.
 * @throws InteropError "missing", "malformed", "unsupported" for another version of the layout; SpecError.
 */
export async function readPythonRecording(
  path: string,
  { specs }: PythonRecordingOptions,
): Promise<Recording> {
  const file = join(path, "spec.json");
  const document = parseObject(file, await readWhole(file));
  const { spec: migrated, changes } = specs.migrate(document);
  if (changes.some(({ severity }) => severity === "error")) throw new SpecError(changes);
  const spec = specs.parse(migrated);
  const ground_truth = await readPythonTruth(path);
  const movie = await requireArray(path, "observed");
  const [height, width] = ground_truth.fov_shape;
  const [, rows, columns] = movie.shape;
  if (movie.shape.length !== 3 || rows !== height || columns !== width) {
    throw new InteropError(
      "malformed",
      `${movie.place} is ${movie.shape.join(" × ")}, but the truth is about ${height} × ${width} pixels.`,
    );
  }
  const observed =
    spec.output.store_dtype === "float64"
      ? nd(await movie.read(), movie.shape)
      : nd(await movie.readInto((length) => new Float32Array(length)), movie.shape);
  return new Recording({ spec, observed, ground_truth, snapshots: {}, warnings: changes });
}

/** The truth alone. @throws as `readPythonRecording`. */
export async function readPythonTruth(path: string): Promise<GroundTruth> {
  const attributes = await groupAttributes(path);
  if (!attributes) throw new InteropError("missing", `${path} is no store of Python minisim.`);
  if (attributes.format_version !== FORMAT_VERSION) {
    throw new InteropError(
      "unsupported",
      `${path} has format version ${attributes.format_version}; version ${FORMAT_VERSION} is read.`,
    );
  }
  const listed = attributes.gt_present;
  const present = OPTIONAL.filter((name) => Array.isArray(listed) && listed.includes(name));
  const planted = await readPlanted(path);
  const units = planted.stack.length;
  const core: Record<string, Float64NdArray | BoolNdArray> = {
    detection_snr: nd(new Float64Array(units).fill(Number.NaN), [units]),
  };
  const step_fields: GivenField[] = [];
  for (const name of [...ALWAYS, ...present]) {
    const value = await readField(path, name);
    if (name === SCALED) for (let i = 0; i < value.data.length; i++) value.data[i]! /= FIELD_MEAN;
    const declaration = STEP_FIELDS[name];
    if (!declaration) core[name] = value;
    else step_fields.push({ name, ...declaration, value: value as Float64NdArray });
  }
  const { focal_depth_um } = (await groupAttributes(path, "ground_truth")) ?? {};
  return checked(path, () =>
    GroundTruth.fromArrays(core, {
      planted: planted.stack,
      fov_offset: planted.fov_offset,
      fov_shape: planted.fov_shape,
      focal_depth_um: typeof focal_depth_um === "number" ? focal_depth_um : null,
      spike_times_s: { offsets: new Int32Array(units + 1), data: new Float64Array(0) },
      step_fields,
    }),
  );
}

/** The truth as if a pipeline had found it. */
export async function readPythonEstimate(
  path: string,
  _: object,
  reading: Reading,
): Promise<Estimate> {
  const C = await requireArray(path, "ground_truth/C");
  const [units = 0, frames = 0] = C.shape;
  const problem = reading.frameProblem(frames) ?? reading.unitProblem(units);
  if (problem) throw new InteropError("malformed", `${C.place} ${problem}.`);
  const truth = await readPythonTruth(path);
  const [top, left] = truth.fov_offset;
  const [height, width] = truth.fov_shape;
  return {
    footprints: checked(path, () => truth.observed_footprints.crop({ top, left, height, width })),
    C: truth.C,
    S: truth.S,
    shifts: truth.shifts,
  };
}

async function readField(path: string, name: string) {
  const array = await requireArray(path, `ground_truth/${name}`);
  const bool = CORE_FIELDS[name as CoreFieldName]?.dtype === "bool";
  return bool
    ? nd(await array.readInto((length) => new Uint8Array(length)), array.shape)
    : nd(await array.read(), array.shape);
}

async function readPlanted(path: string) {
  const group = "ground_truth/planted";
  const attributes = (await groupAttributes(path, group)) ?? {};
  const ints = async (name: string) =>
    (await requireArray(path, `${group}/${name}`)).readInto((length) => new Int32Array(length));
  const floats = await requireArray(path, `${group}/data`);
  const arrays = {
    offsets: await ints("offsets"),
    shapes: await ints("shapes"),
    data: await floats.readInto((length) => new Float32Array(length)),
  };
  const [height, width] = pairOf(path, attributes, "canvas_shape");
  return {
    stack: checked(path, () => FootprintStack.fromArrays({ ...arrays, canvas: { height, width } })),
    fov_offset: pairOf(path, attributes, "fov_offset"),
    fov_shape: pairOf(path, attributes, "fov_shape"),
  };
}

function pairOf(
  path: string,
  attributes: Readonly<Record<string, unknown>>,
  name: string,
): [number, number] {
  const pair = attributes[name];
  const fits = (value: unknown) => Number.isInteger(value) && (value as number) >= 0;
  if (Array.isArray(pair) && pair.length === 2 && pair.every(fits)) {
    return [pair[0], pair[1]];
  }
  throw new InteropError(
    "malformed",
    `${path}, ground_truth/planted: ${name} is no pair of sizes.`,
  );
}

/** What does not hold together is the file's fault. */
function checked<T>(path: string, make: () => T): T {
  try {
    return make();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new InteropError("malformed", `${path} does not hold together: ${reason}`, { cause });
  }
}
