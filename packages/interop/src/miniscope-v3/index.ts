// A folder of the legacy Miniscope software (V3): msCam1.avi …, timestamp.dat, settings_and_notes.dat.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { writeClaimed } from "@minisim/output";
import { videoSettings } from "../avi/settings.ts";
import { writeVideoFiles } from "../avi/video-files.ts";
import type { Format } from "../contract.ts";
import { requireBytes } from "../movie.ts";
import { parseSettings } from "../settings.ts";
import { folderOf } from "../to-path.ts";
import { settingsAndNotes, timestamps } from "./documents.ts";

const FRAMES_PER_FILE = 1000;
const CONTAINER_FPS = 60;
const FILES = /^(?:timestamp\.dat|settings_and_notes\.dat|msCam\d+\.avi)$/;

export const format: Format = {
  name: "miniscope_v3",
  form: "folder",
  summary:
    "Folder of the legacy Miniscope software: msCam1.avi …, timestamp.dat; MIN1PIPE, minian and MiniscopeAnalysis read it.",
  writeSettings: videoSettings,
  async write(source, path, options) {
    const { codec, ffmpeg } = parseSettings("miniscope_v3", videoSettings, options.settings);
    requireBytes(source, "miniscope_v3");
    const [total, height, width] = source.shape;
    await writeClaimed(path, folderOf("miniscope_v3", FILES, options), async (partial) => {
      await writeFile(join(partial, "timestamp.dat"), timestamps(source));
      await writeFile(join(partial, "settings_and_notes.dat"), settingsAndNotes(source));
      await writeVideoFiles(source, options, {
        ...{ height, width, fps: CONTAINER_FPS, fourcc: "DIB ", codec, ffmpeg },
        framesPerFile: FRAMES_PER_FILE,
        fileName: (index) => join(partial, `msCam${index + 1}.avi`),
        written: new Array<boolean>(total).fill(true),
      });
    });
  },
};
