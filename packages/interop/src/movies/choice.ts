// Which of several arrays of a file or a folder is the movie: none is guessed.
import { InteropError } from "../error.ts";

/** Whether an array of this shape can be a movie. */
export const isMovie = (shape: readonly number[]): boolean =>
  shape.length === 3 || shape.filter((length) => length > 1).length === 3;

/** That the choice is open. `what`: "datasets", "arrays". */
export const openChoice = (path: string, what: string, found: readonly string[]): InteropError =>
  new InteropError(
    "unsupported",
    `${path} holds several ${what} that can be the movie (${found.join(", ")}); name one of them as dataset.`,
  );
