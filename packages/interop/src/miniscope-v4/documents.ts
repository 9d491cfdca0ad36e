// The text files of a session, as Miniscope-DAQ writes them: source/datasaver.cpp of Aharoni-Lab/Miniscope-DAQ-QT-Software.
import type { Recorded } from "@minisim/recording";
import type { AcquiredFrame } from "./acquisition.ts";
import type { V4Settings } from "./settings.ts";

export const FRAMES_PER_FILE = 1000;

/** "yyyy_MM_dd" and "HH_mm_ss" of the session's folders. */
export function datedFolders({ recording_start_time }: V4Settings): readonly [string, string] {
  const { year, month, day, hour, minute, second } = startTime(recording_start_time);
  return [[year, pad(month), pad(day)].join("_"), [hour, minute, second].map(pad).join("_")];
}

export const deviceFolder = ({ device_name }: V4Settings): string =>
  device_name.replaceAll(" ", "_");

export function sessionMetadata(settings: V4Settings): string {
  return json({
    animalName: settings.animal_name,
    baseDirectory: baseDirectory(settings),
    cameras: [],
    experimentName: settings.experiment_name,
    miniscopes: [settings.device_name],
    recordingStartTime: startTime(settings.recording_start_time),
    researcherName: settings.researcher_name,
  });
}

export function deviceMetadata({ shape, spec }: Recorded, settings: V4Settings): string {
  const [, height, width] = shape;
  return json({
    ROI: { height, leftEdge: 0, topEdge: 0, width },
    compression: settings.codec === "ffv1" ? "FFV1" : "GREY",
    deviceDirectory: `${baseDirectory(settings)}/${deviceFolder(settings)}`,
    deviceID: 0,
    deviceName: settings.device_name,
    deviceType: "Miniscope_V4_BNO",
    // The electrowetting lens, the gain and the LED of the real device: what the spec says of focus, gain and light has no such units.
    ewl: 0,
    frameRate: `${spec.acquisition.fps}FPS`,
    framesPerFile: FRAMES_PER_FILE,
    gain: 1,
    led0: 0,
  });
}

/** With the DAQ's own count, from 1, where asked for: it goes on over frames that never reached the software. */
export function timeStamps(
  frames: readonly AcquiredFrame[],
  { daq_frame_number, drop_probability }: V4Settings,
): string {
  const counts = daq_frame_number ?? drop_probability > 0;
  const rows = frames.flatMap(({ written_frame, time_stamp_ms }, frame) => {
    if (written_frame === null) return [];
    return [`${written_frame},${time_stamp_ms},0${counts ? `,${frame + 1}` : ""}`];
  });
  const head = "Frame Number,Time Stamp (ms),Buffer Index";
  return csv(counts ? `${head},DAQ Frame Number` : head, rows);
}

/** A head that is level and looks ahead: the unit quaternion. */
export function headOrientation(frames: readonly AcquiredFrame[]): string {
  const rows = frames.flatMap(({ written_frame, time_stamp_ms }) =>
    written_frame === null ? [] : [`${time_stamp_ms},1,0,0,0`],
  );
  return csv("Time Stamp (ms),qw,qx,qy,qz", rows);
}

/** One note, at the start, that says what this is. */
export function notes({ cache_key, spec }: Recorded): string {
  return csv("Time Stamp (ms),Note", [
    `0,simulated by minisim; spec ${cache_key} seed ${spec.seed}`,
  ]);
}

/** Relative: no folder of a machine is in a recording. */
function baseDirectory(settings: V4Settings): string {
  const { researcher_name, animal_name } = settings;
  return [researcher_name, animal_name, ...datedFolders(settings)].join("/");
}

function startTime(iso: string) {
  const date = new Date(iso);
  return {
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    month: date.getUTCMonth() + 1,
    msec: date.getUTCMilliseconds(),
    msecSinceEpoch: date.getTime(),
    second: date.getUTCSeconds(),
    year: date.getUTCFullYear(),
  };
}

const pad = (value: number): string => String(value).padStart(2, "0");
const json = (value: object): string => `${JSON.stringify(value, null, 4)}\n`;
const csv = (header: string, rows: readonly string[]): string =>
  `${[header, ...rows].join("\n")}\n`;
