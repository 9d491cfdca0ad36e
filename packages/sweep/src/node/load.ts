// A sweep from a file on disk.
import { dirname, resolve } from "node:path";
import type { FileReference } from "@minisim/spec";
import { readSpecFile, readSpecFileSync, SpecFileError } from "@minisim/spec/node";
import type { Simulator } from "minisim";
import { readSweepText, type SweepDocument, type SweepTextOptions } from "../file-text.ts";

export interface LoadSweepOptions {
  /** How messages call the file; its path where absent. */
  readonly name?: string;
  /** Whose steps the specs use; the built-in ones where absent. */
  readonly simulator?: Simulator | undefined;
  /** Where a base is looked for that is a file; beside the sweep where absent. */
  readonly folder?: string;
  /** What a file holds that the base refers to; the path of the reference starts at `folder`. Absent: files are not read. */
  readonly readFile?: (reference: FileReference, folder: string) => Promise<unknown>;
  readonly parametersOf?: SweepTextOptions["parametersOf"];
  readonly changed?: SweepTextOptions["changed"];
  readonly signal?: AbortSignal;
}

/**
 * Reads SWEEP.yaml, or standard input for the path "-".
 * @throws SpecTextError or SweepError with line and column; SpecFileError when a file cannot be read.
 */
export async function loadSweepFile(
  path: string,
  options: LoadSweepOptions = {},
): Promise<SweepDocument> {
  const {
    name = path,
    simulator,
    folder = dirname(path),
    readFile,
    parametersOf,
    changed,
    signal,
  } = options;
  const text = await readSpecFile(path, { name, ...(signal && { signal }) });
  return readSweepText(text, {
    name,
    simulator,
    ...(parametersOf && { parametersOf }),
    ...(changed && { changed }),
    ...(readFile && {
      readFile: (reference, base) =>
        readFile(reference, base === undefined ? folder : dirname(resolve(folder, base))),
    }),
    readBase: (base) => {
      try {
        return readSpecFileSync(resolve(folder, base), { name: base });
      } catch (error) {
        if (error instanceof SpecFileError && error.code === "not_found") return undefined;
        throw error;
      }
    },
  });
}
