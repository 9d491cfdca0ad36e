// What can be made of a recording.
import type { FileFormatName, MovieKind } from "@minisim/interop/web";

export interface Product {
  readonly id: "store" | "mp4" | FileFormatName;
  readonly title: string;
  readonly summary: string;
  readonly extension: string;
  /** Why it cannot hold such a movie, in a sentence; "" where it can. */
  refusal(movie: MovieKind): string;
}
