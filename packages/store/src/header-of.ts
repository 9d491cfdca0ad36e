// The header under which a recording is stored, wherever the recording lies.
import type { Recorded } from "@minisim/recording";
import { FOUND_ON_OPENING } from "./attributes.ts";
import type { StoreHeader } from "./header.ts";
import { keptMovies } from "./kept-movies.ts";

export async function headerOf(recorded: Recorded): Promise<StoreHeader> {
  const { spec, cache_key, step_revisions, step_packages } = recorded;
  const { shape, container, warnings } = recorded;
  return {
    spec,
    cache_key,
    step_revisions,
    step_packages,
    ground_truth: await recorded.truth(),
    movie: { shape, container },
    snapshots: keptMovies(recorded).map(({ info }) => info),
    // What opening found tells of the steps at that time, not of the recording.
    warnings: warnings
      .filter(({ code }) => !FOUND_ON_OPENING.includes(code))
      .map(({ code, path, message }) => ({ code, path, message })),
  };
}
