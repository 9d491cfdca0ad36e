// Methods that write a recording: as a store, or in a format of the field.
import {
  checkExport,
  exportRecording,
  formatNames,
  formatOfPath,
  loadFormat,
} from "@minisim/interop";
import { isWebAddress, saveRecording, simulateToStore } from "minisim/node";
import { z } from "zod";
import type { Held, HeldRecordings } from "../held-recordings.ts";
import { handle, method, path, settings } from "../parameters.ts";

export const fileMethods = (held: HeldRecordings) => ({
  /** What the command `simulate` writes, byte for byte. */
  save: method(
    z.strictObject({ recording: handle, path, force: z.boolean().default(false) }),
    async ({ recording, path: to, force }, { signal, progress }) => {
      const one = held.get(recording);
      if ("stored" in one) await saveRecording(one.stored, to, { force, signal });
      else await simulateToStore(one.plan, to, { force, signal, onProgress: progress });
    },
  ),
  /** The format that the ending of the path names, where none is named. Returns its name. */
  export: method(
    z.strictObject({
      recording: handle,
      format: z.string().optional(),
      path,
      settings,
      force: z.boolean().default(false),
    }),
    async ({ recording, format, path: to, settings: chosen, force }, { signal, progress }) => {
      const one = held.get(recording);
      const { name } = await (format === undefined ? formatOfPath(to) : loadFormat(format));
      const inputs = inputsOf(one);
      await checkExport(name, to, { force, inputs });
      const options = { settings: chosen, force, inputs, signal, onProgress: progress };
      await exportRecording(one.recorded, name, to, options);
      return name;
    },
  ),
  formats: method(z.strictObject({}), async () => {
    const formats = await Promise.all(formatNames.map(loadFormat));
    return formats.map(({ name, summary, extension, form, write, readEstimate }) => ({
      ...{ name, summary, extension: extension ?? null, form: form ?? "file" },
      ...{ is_written: write !== undefined, is_read: readEstimate !== undefined },
    }));
  }),
});

/** What must not be written over. */
const inputsOf = (one: Held): string[] =>
  "stored" in one && !isWebAddress(one.path) ? [one.path] : [];
