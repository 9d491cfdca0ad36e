// Writes a recording as what the ending of its path names: whole, as a store, or in a format.
import type { Recorded } from "@minisim/recording";
import { saveRecording } from "@minisim/store/node";
import type { ExportOptions } from "./contract.ts";
import { InteropError } from "./error.ts";
import { exportRecording, formatOfPath } from "./export.ts";

const STORE = ".zarr";

/**
 * Writes a recording to `path`, in one call: `NAME.zarr` becomes a store, which alone holds all of a recording; any other ending names a format.
 * @throws InteropError "unsupported" for an ending that names nothing, "settings" for settings of a store, which has none; else as `saveRecording` and `exportRecording`.
 */
export async function save(
  recording: Recorded,
  path: string,
  options: ExportOptions = {},
): Promise<void> {
  if (!path.toLowerCase().endsWith(STORE)) {
    return exportRecording(recording, await formatOfPath(path), path, options);
  }
  const [setting] = Object.keys(options.settings ?? {});
  if (setting !== undefined) {
    throw new InteropError("settings", `A store has no settings, so no "${setting}".`);
  }
  const { force, signal } = options;
  await saveRecording(recording, path, { force, signal });
}
