// What can be chosen about a Miniscope session. Everything that a real one takes from the clock or the user is a constant here.
import { z } from "zod";
import { videoSettings } from "../avi/settings.ts";

/** Becomes part of folder names. */
const name = (of: string) =>
  z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9 _-]{0,63}$/, "must be letters, digits, spaces, _ and -")
    .describe(of);

export const acquisitionSettings = z.strictObject({
  timestamp_jitter_ms: z
    .number()
    .min(0)
    .max(1000)
    .default(0)
    .describe("Standard deviation of the time stamps' error, normal, ms; 0: exact"),
  drop_probability: z
    .number()
    .min(0)
    .max(0.9)
    .default(0)
    .describe("Probability that a frame begins a gap; frames in a gap are not written"),
  mean_gap_frames: z
    .number()
    .min(1)
    .max(1000)
    .default(1)
    .describe("Mean length of a gap, geometric, frames"),
  daq_frame_number: z
    .boolean()
    .optional()
    .describe(
      "Write the column DAQ Frame Number into timeStamps.csv, which counts lost frames, too; else only where frames can be lost",
    ),
  acquisition_seed: z.int().default(0).describe("Seed of jitter and gaps"),
});
export type AcquisitionSettings = z.output<typeof acquisitionSettings>;

export const v4Settings = videoSettings.extend(acquisitionSettings.shape).extend({
  researcher_name: name("researcherName").default("minisim"),
  animal_name: name("animalName").default("simulated"),
  experiment_name: name("experimentName").default("simulation"),
  device_name: name("deviceName; its folder has _ for spaces").default("Miniscope"),
  recording_start_time: z.iso
    .datetime()
    .default("2020-01-01T00:00:00.000Z")
    .describe("recordingStartTime, UTC: never the clock's"),
  full_tree: z
    .boolean()
    .default(false)
    .describe("Put the session in researcher/animal/yyyy_MM_dd/HH_mm_ss below the path"),
  head_orientation: z
    .boolean()
    .default(false)
    .describe("Write headOrientation.csv, of a head that never turns"),
  ground_truth: z
    .boolean()
    .default(true)
    .describe("Write the truth as .npy arrays in the folder ground_truth beside the device's"),
});
export type V4Settings = z.output<typeof v4Settings>;
