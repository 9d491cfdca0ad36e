// A session folder of Miniscope-DAQ with a V4 miniscope.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { writeClaimed } from "@minisim/output";
import { type Recorded, scaleOf } from "@minisim/recording";
import { writeVideoFiles } from "../avi/video-files.ts";
import type { Format } from "../contract.ts";
import { requireBytes } from "../movie.ts";
import { writeTruthFolder } from "../npy/truth-folder.ts";
import { parseSettings } from "../settings.ts";
import { folderOf } from "../to-path.ts";
import { acquire, acquisitionLog } from "./acquisition.ts";
import {
  datedFolders,
  deviceFolder,
  deviceMetadata,
  FRAMES_PER_FILE,
  headOrientation,
  notes,
  sessionMetadata,
  timeStamps,
} from "./documents.ts";
import { type V4Settings, v4Settings } from "./settings.ts";

// What the DAQ software tags every file with, whatever the frame rate is; the real times are in timeStamps.csv.
const CONTAINER_FPS = 60;
const TRUTH = "ground_truth";
const FILES =
  /(?:^|\/)(?:metaData\.json|(?:notes|timeStamps|headOrientation|acquisition_log)\.csv|\d+\.avi|ground_truth\/\w+\.npy)$/;

export const format: Format = {
  name: "miniscope_v4",
  form: "folder",
  summary:
    "Session folder of Miniscope-DAQ (V4): 0.avi …, timeStamps.csv, metaData.json; minian, CaliAli, neuroconv and Bonsai read it.",
  writeSettings: v4Settings,
  async write(source, path, options) {
    const settings = parseSettings("miniscope_v4", v4Settings, options.settings);
    requireBytes(source, "miniscope_v4");
    const [total, height, width] = source.shape;
    const frames = acquire(total, scaleOf(source).fps, settings);
    const written = frames.map(({ written_frame }) => written_frame !== null);
    await writeClaimed(path, folderOf("miniscope_v4", FILES, options), async (partial) => {
      const session = join(partial, ...treeOf(settings));
      const device = join(session, deviceFolder(settings));
      await mkdir(device, { recursive: true });
      const texts: [string, string][] = [
        [join(session, "metaData.json"), sessionMetadata(settings)],
        [join(session, "notes.csv"), notes(source)],
        [join(device, "metaData.json"), deviceMetadata(source, settings)],
        [join(device, "timeStamps.csv"), timeStamps(frames, settings)],
      ];
      if (settings.head_orientation) {
        texts.push([join(device, "headOrientation.csv"), headOrientation(frames)]);
      }
      if (settings.timestamp_jitter_ms > 0 || settings.drop_probability > 0) {
        texts.push([join(session, "acquisition_log.csv"), acquisitionLog(frames)]);
      }
      for (const [file, text] of texts) await writeFile(file, text);
      if (settings.ground_truth) await writeTruth(source, join(session, TRUTH));
      const video = { height, width, fps: CONTAINER_FPS, fourcc: "GREY" } as const;
      await writeVideoFiles(source, options, {
        ...video,
        codec: settings.codec,
        ffmpeg: settings.ffmpeg,
        framesPerFile: FRAMES_PER_FILE,
        fileName: (index) => join(device, `${index}.avi`),
        written,
      });
    });
  },
};

const treeOf = (settings: V4Settings): string[] =>
  settings.full_tree
    ? [settings.researcher_name, settings.animal_name, ...datedFolders(settings)]
    : [];

async function writeTruth(source: Recorded, folder: string): Promise<void> {
  await mkdir(folder);
  await writeTruthFolder(await source.truth(), folder);
}
