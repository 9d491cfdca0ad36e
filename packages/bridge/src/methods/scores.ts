// The method that scores: results from a file, arrays, or a pipeline of ours.
import { readEstimate } from "@minisim/interop";
import type { Recorded } from "@minisim/recording";
import {
  BASELINES,
  type EstimateInput,
  isBaseline,
  type Rows,
  type ScoreOptions,
  score,
} from "@minisim/scoring";
import { InputError } from "@minisim/spec/input";
import { didYouMean } from "@minisim/spec/suggest";
import { z } from "zod";
import type { HeldRecordings } from "../held-recordings.ts";
import { handle, method, path, settings, wireArray } from "../parameters.ts";
import type { Call } from "../serve.ts";
import type { WireArray } from "../wire-array.ts";

const results = z.strictObject({ path, format: z.string().optional(), settings });
const arrays = z.strictObject({
  /** unit × height × width. */
  footprints: wireArray,
  C: wireArray.nullish(),
  S: wireArray.nullish(),
  shifts: wireArray.nullish(),
  axial_shift_um: wireArray.nullish(),
  patch_shifts: z.strictObject({ patches: wireArray, shifts: wireArray }).nullish(),
  background_light: z.strictObject({ spatial: wireArray, temporal: wireArray }).nullish(),
  mean_image: wireArray.nullish(),
});
const pipeline = z.strictObject({ pipeline: z.string() });
type Given = z.output<typeof results> | z.output<typeof arrays> | z.output<typeof pipeline>;

export const scoreMethods = (held: HeldRecordings) => ({
  score: method(
    z.strictObject({
      recording: handle,
      estimate: z.union([results, arrays, pipeline]),
      options: z.record(z.string(), z.unknown()).default({}),
    }),
    async ({ recording, estimate, options }, call) => {
      const { recorded, truth } = held.get(recording);
      const found = await estimateOf(recorded, estimate, call);
      const { fps } = recorded.spec.acquisition;
      const report = score(found, await truth(), { fps, ...(options as ScoreOptions) });
      return { ...report, summary: report.summary() };
    },
  ),
});

async function estimateOf(recorded: Recorded, given: Given, call: Call): Promise<EstimateInput> {
  if ("footprints" in given) return fromArrays(given);
  if ("pipeline" in given) return fromPipeline(recorded, given.pipeline, call);
  const { format, settings: chosen, path: from } = given;
  const truth = await recorded.truth();
  const [height, width] = truth.fov_shape;
  return readEstimate(from, {
    settings: chosen,
    recording: { shape: [truth.n_frames, height, width], fps: recorded.spec.acquisition.fps },
    ...(format !== undefined && { format }),
  });
}

function fromPipeline(recorded: Recorded, name: string, { signal, progress }: Call) {
  if (isBaseline(name)) {
    return BASELINES[name].estimate(recorded, { signal, onProgress: progress });
  }
  const names = Object.keys(BASELINES);
  throw new InputError([
    `"${name}" is no pipeline.${didYouMean(name, names)} The pipelines are ${names.join(", ")}.`,
  ]);
}

function fromArrays({ footprints, patch_shifts, ...rest }: z.output<typeof arrays>): EstimateInput {
  const { C, S, shifts, axial_shift_um, background_light: light, mean_image } = rest;
  return {
    footprints: { shape: footprints.shape, data: footprints.data },
    ...{ C: rowsOf(C), S: rowsOf(S), shifts: rowsOf(shifts) },
    axial_shift_um: rowsOf(axial_shift_um),
    patch_shifts: patch_shifts
      ? { patches: rowsOf(patch_shifts.patches)!, shifts: rowsOf(patch_shifts.shifts)! }
      : null,
    background_light: light
      ? { spatial: rowsOf(light.spatial)!, temporal: rowsOf(light.temporal)! }
      : null,
    mean_image: rowsOf(mean_image),
  };
}

/** What has another shape than it must, the score tells. */
const rowsOf = (array: WireArray | null | undefined): Rows | null =>
  array ? ({ shape: array.shape, data: array.data } as unknown as Rows) : null;
