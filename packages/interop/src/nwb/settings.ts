// What an NWB file says of its session. A simulation has neither date nor animal, and no clock time may enter: fixed values,
// which can be chosen.
import { z } from "zod";

const text = (description: string) => z.string().min(1).describe(description);
const time = (description: string) =>
  z.iso.datetime({ offset: true }).default("2025-01-01T00:00:00+00:00").describe(description);

export const writeSettings = z.strictObject({
  session_start_time: time("ISO 8601 with time zone; the time of frame 0"),
  file_create_date: time("ISO 8601 with time zone"),
  identifier: text("Identifier of the session; else from the spec").optional(),
  session_description: text("What the session is").default(
    "Simulated one-photon miniscope recording with its ground truth",
  ),
  subject_id: text("Name of the animal").default("simulated"),
  species: text("Latin binomial").default("Mus musculus"),
  sex: z.enum(["M", "F", "U", "O"]).default("U").describe("M, F, U (unknown) or O (other)"),
  age: text("ISO 8601 duration").default("P90D"),
  location: text("Brain region").default("simulated tissue"),
  indicator: text("Calcium indicator").default("GCaMP6f"),
  excitation_nm: z.number().positive().default(470).describe("Excitation wavelength, nm"),
});
export type WriteSettings = z.output<typeof writeSettings>;

export const readSettings = z.strictObject({
  plane_segmentation: text("Path of the PlaneSegmentation, where a file holds several").optional(),
  traces: text(
    "Path of the RoiResponseSeries to score as C, or none; else the best known name",
  ).optional(),
  spikes: text(
    "Path of the RoiResponseSeries to score as S, or none; else the best known name",
  ).optional(),
  first_axis: z
    .enum(["auto", "x", "y"])
    .default("auto")
    .describe(
      "What the first axis of masks is: x by the standard; y as suite2p and NeuroConv write them; auto: by the writer and the recording's field of view",
    ),
  height: z
    .int()
    .min(1)
    .optional()
    .describe("Rows of the field of view, where neither the file nor a recording tells"),
  width: z.int().min(1).optional().describe("Columns of the field of view"),
  components: z
    .enum(["accepted", "all"])
    .default("accepted")
    .describe(
      "accepted: what the columns iscell (suite2p), keep (CaImAn), accepted or is_accepted, less rejected, say; all: every ROI",
    ),
});
export type ReadSettings = z.output<typeof readSettings>;
