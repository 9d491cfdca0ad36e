// What can go wrong with a path that is to be written or read, as a code for programs and one sentence for people.
import { MinisimError } from "@minisim/spec/error";

export type PathErrorCode =
  /** Something of ours stands there; `force` replaces it. */
  | "exists"
  /** Something stands there that is not ours, or that somebody has changed since. It is never replaced. */
  | "foreign"
  /** An unfinished output of ours stands beside the path: `resume` continues it, `force` starts over; shards are gone on with by shards. */
  | "leftover"
  /** Another process writes the same path. */
  | "held"
  /** The path lies inside another output, or is one of the things that are read to write it. */
  | "inside"
  | "no_space"
  | "no_permission"
  | "not_a_folder"
  | "missing"
  /** Any other failure of the file system; the cause is attached. */
  | "io";

export class PathError extends MinisimError {
  override readonly name = "PathError";
  readonly kind = "path";
  readonly code: PathErrorCode;

  constructor(code: PathErrorCode, message: string, options?: ErrorOptions) {
    super(message, [{ message }], options);
    this.code = code;
  }
}

/** Something of somebody else's stands where a file of ours must go. */
export const inTheWay = (path: string, why: string): PathError =>
  new PathError(
    "foreign",
    `${path} is in the way and ${why}. Move it away, or choose another path.`,
  );
