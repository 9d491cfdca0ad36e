// What formats are made of: what is exported, and what a format can do with it.
//
// A format that is one file is a FileFormat (`file.ts` of its folder): it is written wherever there is an Output, in Node and in
// browsers. A Format (`index.ts`) is what Node makes of it, by `formatOf` of to-path.ts; or what needs Node by itself: a folder,
// another program, results to read.
import type { Recorded } from "@minisim/recording";
import type { Estimate } from "@minisim/scoring";
import type { z } from "zod";
import type { Output } from "./output.ts";

/** What decides whether a format can hold a movie. */
export type MovieKind = Pick<Recorded, "shape" | "container">;

/** A format's own settings, by the snake_case names of its schema. */
export type Settings = Readonly<Record<string, unknown>>;

export interface Watch {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
}

export interface WriteOptions extends Watch {
  /** Of the format's `writeSettings`. */
  readonly settings?: Settings;
}

export interface ExportOptions extends WriteOptions {
  /** Replaces an export of the same format that nobody has changed since, once the new one is complete. */
  readonly force?: boolean | undefined;
  /** Paths that the source is read from: they are never written. */
  readonly inputs?: readonly string[];
}

/** What is known of the recording that results are of: it decides what their files leave open. */
export interface ReadContext {
  /** frame × height × width. */
  readonly shape: readonly [n_frames: number, height: number, width: number];
  readonly fps: number;
}

export interface ReadOptions {
  /** Of the format's `readSettings`. */
  readonly settings?: Settings;
  /** Decides axes, sizes and the order of pixels where a file does not; bounds what is read. Absent: a file must say all by itself. */
  readonly recording?: ReadContext;
}

/** A layout that is one file. `Choice`: the schema of its settings. */
export interface FileFormat<Choice extends z.ZodObject = z.ZodObject> {
  readonly name: string;
  /** What people call it: "BigTIFF". */
  readonly title: string;
  /** One line for people: what it is and which tools read it. */
  readonly summary: string;
  /** Ends the names of files, with its dot. */
  readonly extension: string;
  /** What can be chosen, with defaults and descriptions; absent where nothing can. */
  readonly writeSettings?: Choice;
  /** Absent where it holds any recording. @throws InteropError "unsupported" that says why it cannot hold this one. */
  check?(movie: MovieKind): void;
  /** Writes the file: settings are complete, the recording is one that it holds. Frames come from `movieOf` of stream.ts. */
  writeTo(
    output: Output,
    source: Recorded,
    settings: z.output<Choice>,
    watch: Watch,
  ): Promise<void>;
}

/** A layout of some tool. Each sits in a folder of its own, whose index exports one of these as `format`, and is loaded when it is asked for. */
export interface Format {
  readonly name: string;
  /** One line for people: what it is and which tools read it. */
  readonly summary: string;
  /** What stands at the path; a file where absent. */
  readonly form?: "folder";
  /** Ends the names, with its dot; absent where any name is as good. */
  readonly extension?: string;
  /** What can be chosen when writing, with defaults and descriptions; absent where nothing can. */
  readonly writeSettings?: z.ZodObject;
  /** What can be chosen when reading. */
  readonly readSettings?: z.ZodObject;
  /** Writes to `path`, which appears once it is complete. @throws InteropError when the format cannot hold the recording. */
  write?(source: Recorded, path: string, options: ExportOptions): Promise<void>;
  /**
   * Whether the file or folder is of this format, by its content; never throws for a foreign one.
   * @throws InteropError "unsupported" where its content is what is not opened: a pipe, an object of another HDF5 file.
   */
  detect?(path: string): Promise<boolean>;
  /** A pipeline's results. @throws InteropError that names the file and the place in it. */
  readEstimate?(path: string, options?: ReadOptions): Promise<Estimate>;
}
