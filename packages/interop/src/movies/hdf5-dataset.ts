// Which dataset of an HDF5 file is the movie: the one that is named, or the only one with three axes that lies highest.
import { InteropError } from "../error.ts";
import type { H5Source } from "../h5/index.ts";

export interface FoundDataset {
  /** Its path in the file. */
  readonly at: string;
  readonly axes?: string | undefined;
  readonly fps?: number | undefined;
  readonly pixel_size_um?: number | undefined;
}

const DEEPEST = 6;
const MOST_OBJECTS = 20_000;

/** @throws InteropError "malformed" where there is none, "unsupported" that lists those among which the choice is open. */
export function findDataset(source: H5Source, wanted?: string): FoundDataset {
  const at = wanted === undefined ? highest(source) : namedAt(source, wanted);
  return {
    at,
    // CaImAn's own save gives the rate so, as ours does.
    fps: positive(source.attribute(at, "fr")),
    pixel_size_um: positive(source.attribute("/", "pixel_size_um")),
  };
}

export function namedAt(source: H5Source, wanted: string): string {
  const at = `/${wanted.replace(/^\/+|\/+$/g, "")}`;
  source.demand(at, "dataset");
  return at;
}

function highest(source: H5Source): string {
  let seen = 0;
  let level = [""];
  for (let depth = 0; depth <= DEEPEST && level.length > 0; depth++) {
    const found: string[] = [];
    const below: string[] = [];
    for (const group of level) {
      for (const name of source.keys(group === "" ? "/" : group)) {
        const at = `${group}/${name}`;
        seen += 1;
        if (seen > MOST_OBJECTS)
          throw source.malformed("/", "holds more objects than are looked at");
        if (source.isElsewhere(at)) continue;
        const kind = source.kind(at);
        if (kind === "group") below.push(at);
        if (kind === "dataset" && source.isNumeric(at) && isMovie(source.shapeAt(at)))
          found.push(at);
      }
    }
    if (found.length === 1) return found[0]!;
    if (found.length > 1) throw open(source, found);
    level = below;
  }
  throw source.malformed("/", "holds no dataset with three axes, as a movie has");
}

export const isMovie = (shape: readonly number[]): boolean =>
  shape.length === 3 || shape.filter((length) => length > 1).length === 3;

/** That the choice is open. */
export const open = (source: H5Source, found: readonly string[]): InteropError =>
  new InteropError(
    "unsupported",
    `${source.path} holds several datasets that can be the movie (${found.join(", ")}); name one of them as dataset.`,
  );

export const positive = (value: unknown): number | undefined =>
  typeof value === "number" && value > 0 && value < Number.POSITIVE_INFINITY ? value : undefined;
