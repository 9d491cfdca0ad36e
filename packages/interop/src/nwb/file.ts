// NWB 2: the movie and the whole truth in its types.
import type { FileFormat } from "../contract.ts";
import { writeSettings } from "./settings.ts";
import { writeNwb } from "./write.ts";

export const file: FileFormat<typeof writeSettings> = {
  name: "nwb",
  title: "NWB",
  summary: "Neurodata Without Borders 2: movie and truth; pynwb and roiextractors read it.",
  extension: ".nwb",
  writeSettings,
  writeTo: writeNwb,
};
