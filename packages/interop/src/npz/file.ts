// The truth as named arrays.
import { z } from "zod";
import type { FileFormat } from "../contract.ts";
import { writeNpzTruth } from "./write.ts";

const npzSettings = z.strictObject({
  footprints: z
    .boolean()
    .default(true)
    .describe(
      "Include A, the observed footprints as images; the planted ones are there as patches",
    ),
});

export const file: FileFormat<typeof npzSettings> = {
  name: "npz",
  title: "NumPy truth",
  summary: "The truth as NumPy arrays, no movie; np.load reads it. Results as A, C, S, shifts.",
  extension: ".npz",
  writeSettings: npzSettings,
  writeTo: (output, source, { footprints }, watch) =>
    writeNpzTruth(output, source, footprints, watch),
};
