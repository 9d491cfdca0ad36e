// A sweep of eight points, and what is asked of each.
import { sweep } from "@minisim/sweep";
import type { EvaluateInput } from "@minisim/sweep/node";
import { base } from "./specs.ts";

export const points = sweep(
  base,
  {
    "acquisition.optics.na": [0.3, 0.5],
    "steps.place_neurons.density_per_mm3": [20_000, 40_000],
  },
  { repeats: 2 },
);

export async function evaluate({ recording, tags }: EvaluateInput) {
  const { n_units } = await recording.truth();
  let sum = 0;
  for await (const { data } of recording.frames()) for (const value of data) sum += value;
  return { cells: n_units, mean: sum / 20 / 32 / 32, wide: tags["acquisition.optics.na"] === 0.5 };
}
