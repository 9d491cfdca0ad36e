// A movie that is an array of a Zarr folder, of format 2 or 3: the folder itself, the one that is named, or the only one that can be.
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { InteropError } from "../error.ts";
import { withFsErrors } from "../fs-error.ts";
import { readIfThere } from "../read-file.ts";
import { kindAt } from "../regular-file.ts";
import { parseObject, requireArray } from "../zarr2/folder.ts";
import { lettersOf } from "./axes.ts";
import { isMovie } from "./hdf5-dataset.ts";
import type { ReadMovieOptions } from "./options.ts";
import type { NumberType, StoredMovie } from "./stored-movie.ts";

const DOCUMENTS = ["zarr.json", ".zarray", ".zgroup"] as const;
const MOST_DOCUMENT_BYTES = 1 << 24;
const DEEPEST = 5;

/** Whether a folder says that it is Zarr. */
export async function isZarr(folder: string): Promise<boolean> {
  const kinds = await Promise.all(DOCUMENTS.map((name) => kindAt(join(folder, name))));
  return kinds.includes("file");
}

/** @throws InteropError "missing" where there is no array, "unsupported" that lists those among which the choice is open. */
export async function openZarrMovie(
  path: string,
  { dataset }: ReadMovieOptions,
): Promise<StoredMovie> {
  const array = await requireArray(path, dataset ?? (await highest(path)));
  const { place, shape, dims, dtype, chunks } = array;
  return {
    place,
    shape,
    axes: dims ? lettersOf(dims) : undefined,
    type: dtype as NumberType,
    atOnce: (axis) => Math.min(chunks[axis]!, shape[axis]!),
    async *parts(axis, { start, end }) {
      yield* array.blocks({ axis, start, end });
    },
  };
}

/** The path of the only array that can be a movie and lies highest; "" for the folder itself. */
async function highest(root: string): Promise<string> {
  let level = [""];
  for (let depth = 0; depth <= DEEPEST && level.length > 0; depth++) {
    const found: string[] = [];
    const below: string[] = [];
    for (const path of level) {
      const shape = await shapeAt(join(root, path));
      if (shape === null)
        below.push(...(await foldersIn(join(root, path))).map((name) => join(path, name)));
      else if (path === "" || isMovie(shape)) found.push(path);
    }
    if (found.length === 1) return found[0]!;
    if (found.length > 1) {
      throw new InteropError(
        "unsupported",
        `${root} holds several arrays that can be the movie (${found.join(", ")}); name one of them as dataset.`,
      );
    }
    level = below;
  }
  throw new InteropError("missing", `${root} holds no Zarr array with three axes, as a movie has.`);
}

/** The shape that an array's document tells; null where there is no array. */
async function shapeAt(folder: string): Promise<readonly number[] | null> {
  for (const name of [".zarray", "zarr.json"]) {
    const file = join(folder, name);
    const bytes = await readIfThere(file, MOST_DOCUMENT_BYTES);
    if (bytes === undefined) continue;
    const { node_type, shape } = parseObject(file, bytes);
    if (node_type !== "group") return Array.isArray(shape) ? shape : [];
  }
  return null;
}

async function foldersIn(folder: string): Promise<string[]> {
  const entries = await withFsErrors(folder, () => readdir(folder, { withFileTypes: true }));
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}
