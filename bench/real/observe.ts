// Measures a preset as a reference was measured: its window, its binning, its length.
import { binned, compare, measure, movieOf, withoutStripes } from "@minisim/measures";
import { compile, liveRecording, preset, Spec, vary } from "minisim";
import type { Pairing } from "./pairings.ts";

export type Observed = Readonly<Record<string, number>>;

/** What the mean image of the whole field tells, and a window does not. */
const OF_THE_FIELD = /^(corner_centre|octave_contrast\.)/;

/** The least that is measured. Their mean has less noise than the single frame that the reference has. */
const FIELD_FRAMES = 8;

const FPS = 20;

/** Medians over thousands of pixels change in the third digit with more of them. */
const MOST_VALUES = 2 ** 21;

/** One seed's value of every measure of the pairing's references, by name. */
export async function observe(pairing: Pairing, seed: number): Promise<Observed> {
  const [ofField, ofWindow] = [true, false].map((isOfField) =>
    pairing.references.filter(({ measure }) => OF_THE_FIELD.test(measure) === isOfField),
  );
  const field: Part = {
    ...pairing,
    references: ofField!,
    window_px: undefined,
    duration_s: (FIELD_FRAMES * pairing.bin.frames) / FPS,
  };
  return {
    ...(await measured(field, seed)),
    ...(await measured({ ...pairing, references: ofWindow! }, seed)),
  };
}

/** A window, or the whole field. */
type Part = Omit<Pairing, "window_px"> & { readonly window_px: number | undefined };

async function measured(part: Part, seed: number): Promise<Observed> {
  const { references, bin, stripes_removed } = part;
  if (references.length === 0) return {};
  const movie = movieOf(liveRecording(compile(specOf(part, seed))));
  const asReference = binned(stripes_removed ? withoutStripes(movie) : movie, bin);
  const rows = compare(await measure(asReference, { mostValues: MOST_VALUES }), references);
  return Object.fromEntries(
    rows.flatMap(({ measure: name, value }) => (value === null ? [] : [[name, value]])),
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
