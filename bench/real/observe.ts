// Measures a preset as a reference was measured: its window, its binning, its length.
import {
  binned,
  compare,
  type Movie,
  measure,
  measureLight,
  measureTruth,
  movieOf,
  type Reference,
  withoutStripes,
} from "@minisim/measures";
import { compile, liveRecording, noiselessRecordings, preset, Spec, vary } from "minisim";
import type { Pairing } from "./pairings.ts";

export type Observed = Readonly<Record<string, number>>;

/** What the mean image of the whole field tells, and a window does not. */
const FIELD = /^(corner_centre|octave_contrast\.)/;
/** What the truth tells of cells, without a frame. */
const CELLS = /^truth\.(activity|footprints)\./;
/** What the light tells that the truth knows apart. */
const LIGHT = /^truth\.light\./;

/** The least that is measured. Their mean has less noise than the single frame that the reference has. */
const FIELD_FRAMES = 8;

/** Hundreds of cells, in the middle of the field. */
const OF_CELLS = { window_px: 300, duration_s: 120 } as const;

const FPS = 20;

/** Medians over thousands of pixels change in the third digit with more of them. */
const MOST_VALUES = 2 ** 21;

/** One seed's value of every measure of the pairing's references, by name. */
export async function observe(pairing: Pairing, seed: number): Promise<Observed> {
  const { references, bin } = pairing;
  const of = (kind: RegExp) => references.filter(({ measure: name }) => kind.test(name));
  const [field, cells, light] = [of(FIELD), of(CELLS), of(LIGHT)];
  const movie = references.filter((one) => ![...field, ...cells, ...light].includes(one));
  const duration_s = (FIELD_FRAMES * bin.frames) / FPS;
  return {
    ...(await ofMovie({ ...pairing, duration_s, window_px: undefined }, seed, field)),
    ...(await ofMovie(pairing, seed, movie)),
    ...(await ofLight(pairing, seed, light)),
    ...(await ofCells({ ...pairing, ...OF_CELLS }, seed, cells)),
  };
}

/** A window, or the whole field. */
type Part = Omit<Pairing, "window_px"> & { readonly window_px: number | undefined };

type Measuring = (part: Part, seed: number, references: readonly Reference[]) => Promise<Observed>;

const ofMovie: Measuring = async (part, seed, references) => {
  if (references.length === 0) return {};
  const recording = liveRecording(compile(specOf(part, seed)));
  const measures = await measure(asReference(movieOf(recording), part), {
    mostValues: MOST_VALUES,
  });
  const rows = compare(measures, references);
  return Object.fromEntries(
    rows.flatMap(({ measure: name, value }) => (value === null ? [] : [[name, value]])),
  );
};

const ofLight: Measuring = async (part, seed, references) => {
  if (references.length === 0) return {};
  const plan = compile(specOf(part, seed));
  const { light, cells } = noiselessRecordings(plan);
  const [o, l, c] = [liveRecording(plan), light, cells].map((one) =>
    asReference(movieOf(one), part),
  );
  const parts = { light: l!, cells: c! };
  return picked({ truth: { light: await measureLight(o!, parts) } }, references);
};

const ofCells: Measuring = async (part, seed, references) => {
  if (references.length === 0) return {};
  const spec = specOf(part, seed);
  const { image_sensor, optics } = spec.acquisition;
  const truth = measureTruth(await liveRecording(compile(spec)).truth(), {
    fps: FPS,
    pixel_size_um: image_sensor.pixel_pitch_um / optics.magnification,
  });
  return picked({ truth }, references);
};

const asReference = (movie: Movie, { stripes_removed, bin }: Part): Movie =>
  binned(stripes_removed ? withoutStripes(movie) : movie, bin);

/** The numbers at the paths of the references: truth.light.variance_shares.cells. */
function picked(measures: object, references: readonly Reference[]): Observed {
  const at = (path: string) =>
    path.split(".").reduce<unknown>((inner, name) => Object(inner)[name], measures);
  return Object.fromEntries(
    references.flatMap(({ measure: path }) => {
      const value = at(path);
      return typeof value === "number" ? [[path, value]] : [];
    }),
  );
}

function specOf({ preset: name, duration_s, still, window_px }: Part, seed: number) {
  const written = preset(name, { duration_s, seed, fps: FPS })!;
  const changed = vary(written, {
    ...(still && { "steps.brain_motion": null }),
    ...(window_px !== undefined && {
      "acquisition.image_sensor.n_px_height": window_px,
      "acquisition.image_sensor.n_px_width": window_px,
    }),
  });
  return Spec.parse(changed);
}
