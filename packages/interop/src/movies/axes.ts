// Which axis of a movie is time, which are rows and columns.
import { InteropError } from "../error.ts";
import type { StoredMovie } from "./stored-movie.ts";

/** Where frames, rows and columns are among the axes. */
export interface MovieAxes {
  readonly time: number;
  readonly row: number;
  readonly column: number;
}

const DEFAULT = "TYX";
const NAMES: readonly (readonly [letter: string, name: RegExp])[] = [
  ["T", /^(t|time|frames?)$/i],
  ["Y", /^(y|height|rows?)$/i],
  ["X", /^(x|width|columns?)$/i],
];

/** A letter for each name of a dimension, as xarray and others write them; "?" for what is unknown. */
export const lettersOf = (names: readonly string[]): string =>
  names.map((name) => NAMES.find(([, known]) => known.test(name))?.[0] ?? "?").join("");

/**
 * The axes as they are asked for, else as the file tells them, else as T, Y, X. Axes of length 1 need no letter.
 * @throws InteropError "settings" for letters that cannot be, "unsupported" where the axes are not three.
 */
export function axesOf({ place, shape, axes }: StoredMovie, asked?: string): MovieAxes {
  const sizes = shape.join(" × ");
  const long = shape.flatMap((length, axis) => (length === 1 && shape.length > 3 ? [] : [axis]));
  const told = axes !== undefined && /^(?=.*T)(?=.*Y)(?=.*X)/.test(axes) ? axes : DEFAULT;
  const letters = asked?.toUpperCase() ?? told;
  const among = letters.length === shape.length ? shape.map((_, axis) => axis) : long;
  const at = (letter: string) => among[letters.indexOf(letter)] ?? -1;
  const [time, row, column] = [at("T"), at("Y"), at("X")] as const;
  const isOnce = ["T", "Y", "X"].every((letter) => letters.split(letter).length === 2);
  const others = among.filter((axis) => ![time, row, column].includes(axis));
  if (letters.length === among.length && isOnce && others.every((axis) => shape[axis] === 1)) {
    return { time, row, column };
  }
  if (asked === undefined) {
    throw new InteropError(
      "unsupported",
      `${place} has ${shape.length} axes (${sizes}); a movie has those of frames (T), rows (Y) and columns (X), and any other is of length 1.`,
    );
  }
  throw new InteropError(
    "settings",
    `The axes "${asked}" do not fit ${place}, whose axes are of ${sizes}; they hold T, Y and X once each, and other letters only for axes of length 1.`,
  );
}
