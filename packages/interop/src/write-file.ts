// Writes a format that is one file, after all has been checked that can be checked beforehand.
import type { Recorded } from "@minisim/recording";
import type { FileFormat, WriteOptions } from "./contract.ts";
import type { Output } from "./output.ts";
import { parseSettings } from "./settings.ts";

/**
 * What writes the file, once there is a place for it.
 * @throws InteropError "settings"; "unsupported" when the format cannot hold the recording.
 */
export function writerOf(
  format: FileFormat,
  source: Recorded,
  { settings: chosen, ...watch }: WriteOptions,
): (output: Output) => Promise<void> {
  const { name, writeSettings } = format;
  const settings = writeSettings ? parseSettings(name, writeSettings, chosen) : {};
  format.check?.(source);
  return (output) => format.writeTo(output, source, settings, watch);
}
