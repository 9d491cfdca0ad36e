// The names of a store's files.
import { MOVIE_COORDINATES } from "./coordinates.ts";
import { SNAPSHOTS } from "./movie.ts";
import { TRUTH } from "./truth-fields.ts";

const NAME = "[A-Za-z0-9][A-Za-z0-9_.-]*";
const NODE = `(?:observed|${MOVIE_COORDINATES.join("|")}|${SNAPSHOTS}(?:/${NAME})?|${TRUTH}(?:/${NAME}){0,2})`;
const KEY = new RegExp(`^(?:zarr\\.json|spec\\.json|${NODE}/(?:zarr\\.json|c(?:/\\d+)*))$`);

/** Whether some recording's store has a file of this name, relative to its folder. */
export const isStoreKey = (key: string): boolean => KEY.test(key);
