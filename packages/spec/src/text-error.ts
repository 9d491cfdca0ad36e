// What can be wrong with a text before it is a spec.
import { MinisimError } from "./error.ts";

/** A place in a text; both count from 1, columns in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export const START: Position = { line: 1, column: 1 };

/** Of a letter of a text by its offset. */
export function positionIn(text: string, offset: number): Position {
  let line = 1;
  let start = 0;
  for (const end of text.slice(0, offset).matchAll(/\r\n|\r|\n/g)) {
    line += 1;
    start = end.index + end[0].length;
  }
  return { line, column: offset - start + 1 };
}

/** "malformed": no YAML or JSON. "encoding": no UTF-8. "too_large": no spec has as much text. */
export type SpecTextErrorCode = "encoding" | "malformed" | "too_large";

/** The text is no spec and no sweep, whatever it says; the message starts with `name:line:column`. */
export class SpecTextError extends MinisimError {
  override readonly name = "SpecTextError";
  readonly kind = "text";
  readonly code: SpecTextErrorCode;
  readonly line: number;
  readonly column: number;

  constructor(
    file: string,
    { line, column }: Position,
    sentence: string,
    code: SpecTextErrorCode = "malformed",
  ) {
    super(`${file}:${line}:${column}  ${sentence}`, [{ message: sentence }]);
    this.code = code;
    this.line = line;
    this.column = column;
  }
}
