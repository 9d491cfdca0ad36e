// run.json: what was run on what, and in what. Nothing in it is of a machine: no path, no host, no time of day.
import type { Installed } from "./python.ts";

export const RUN_FORMAT = "minisim-pipeline-run";

export interface RunDocument {
  readonly format: typeof RUN_FORMAT;
  /** Of recording, pipeline, version, adapter, parameters and environment: the same for the same run. */
  readonly key: string;
  readonly pipeline: {
    readonly name: string;
    readonly version: string;
    /** Of the files of its adapter. */
    readonly sha256: string;
  };
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly recording: {
    readonly cache_key: string;
    readonly n_frames: number;
    readonly height: number;
    readonly width: number;
    readonly fps: number;
  };
  readonly result: { readonly format: string; readonly path: string };
  /** Null for a pipeline that is not of Python. */
  readonly environment: Installed | null;
  /** How long it took to write the movie, and to run. */
  readonly seconds: { readonly movie: number; readonly pipeline: number };
  /** Bytes of the other files, by their names. */
  readonly files: Readonly<Record<string, number>>;
}
