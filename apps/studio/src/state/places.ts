// A place in a spec as a text.
import type { Path } from "./paths.ts";

export const placeIn = (path: Path): string => path.join(".") || "the spec";
