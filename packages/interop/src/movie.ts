// What movie formats ask of a source before they write anything.
import type { MovieKind } from "./contract.ts";
import { InteropError } from "./error.ts";

/** @throws InteropError "unsupported" for a recording that was stopped before there was a movie. */
export function requireFrames({ shape }: MovieKind, formatName: string): void {
  if (shape[0] > 0) return;
  throw new InteropError(
    "unsupported",
    `The recording has no frames, and ${formatName} holds nothing else.`,
  );
}

/** @throws InteropError "unsupported" for counts of more than 8 bits and for light: nothing is scaled or cut off silently. */
export function requireBytes(movie: MovieKind, formatName: string): void {
  requireFrames(movie, formatName);
  if (movie.container === "uint8") return;
  const what = movie.container === "uint16" ? "counts of more than 8 bits" : "light, not counts";
  throw new InteropError(
    "unsupported",
    `The movie holds ${what}, and ${formatName} holds 8-bit counts; tiff, npy, hdf5 and nwb hold it as it is.`,
  );
}
