// The method that measures: the statistics of a movie, of a recording of ours or of a file of another program.
import { readMovie } from "@minisim/interop";
import {
  compare,
  type Movie,
  measure,
  measureLight,
  measureTruth,
  movieOf,
  REFERENCES,
  type RecordingMeasures,
} from "@minisim/measures";
import { scaleOf } from "@minisim/recording";
import { InputError } from "@minisim/spec/input";
import { builtin, noiselessRecordings, planOfStored } from "minisim";
import { z } from "zod";
import type { Held, HeldRecordings } from "../held-recordings.ts";
import { handle, method, path } from "../parameters.ts";
import type { Call } from "../serve.ts";

const movieFile = z.strictObject({
  path,
  fps: z.number().positive().optional(),
  pixel_size_um: z.number().positive().optional(),
  axes: z.string().optional(),
  dataset: z.string().optional(),
});

export const measureMethods = (held: HeldRecordings) => ({
  measure: method(
    z.strictObject({
      recording: handle.optional(),
      movie: movieFile.optional(),
      cell_radius_um: z.number().positive().optional(),
      cell_radius_px: z.number().positive().optional(),
    }),
    async ({ recording, movie: file, cell_radius_um, cell_radius_px }, call) => {
      const radius = {
        ...(cell_radius_um !== undefined && { cellRadiusUm: cell_radius_um }),
        ...(cell_radius_px !== undefined && { cellRadiusPx: cell_radius_px }),
      };
      const one = recording === undefined ? null : held.get(recording);
      const movie = one
        ? movieOf(one.recorded)
        : await foreignMovie(file, cell_radius_px !== undefined);
      const following = { signal: call.signal, onProgress: call.progress };
      const ofMovie = await measure(movie, { ...radius, ...following });
      const measures = one ? { ...ofMovie, truth: await truthOf(one, movie, call) } : ofMovie;
      return { measures, comparison: compare(measures, REFERENCES) };
    },
  ),
});

async function truthOf(
  one: Held,
  observed: Movie,
  { signal, progress }: Call,
): Promise<RecordingMeasures["truth"] & {}> {
  const ofTruth = measureTruth(await one.truth(), scaleOf(one.recorded));
  const plan = "plan" in one ? one.plan : planOfStored(one.stored, builtin, signal);
  if (!plan) return { ...ofTruth, light: null };
  const { light, cells } = noiselessRecordings(plan, { signal });
  const parts = { light: movieOf(light), cells: movieOf(cells) };
  return {
    ...ofTruth,
    light: await measureLight(observed, parts, { signal, onProgress: progress }),
  };
}

async function foreignMovie(
  file: z.output<typeof movieFile> | undefined,
  isRadiusKnown: boolean,
): Promise<Movie> {
  if (!file) throw new InputError(["Name a recording or a movie to measure."]);
  const { path: from, axes, dataset, ...given } = file;
  const movie = await readMovie(from, {
    ...(axes !== undefined && { axes }),
    ...(dataset !== undefined && { dataset }),
  });
  const fps = given.fps ?? movie.fps;
  const pixel_size_um = given.pixel_size_um ?? movie.pixel_size_um;
  const problems = [
    ...(fps === undefined ? [`${from} does not tell its frame rate: give fps.`] : []),
    ...(pixel_size_um === undefined && !isRadiusKnown
      ? [`${from} does not tell the size of a pixel: give pixel_size_um or cell_radius_px.`]
      : []),
  ];
  if (fps === undefined || problems.length > 0) throw new InputError(problems);
  return { ...movie, fps, ...(pixel_size_um !== undefined && { pixel_size_um }) };
}
