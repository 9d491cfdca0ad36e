// The truth as a folder of .npy files.
import { join } from "node:path";
import type { GroundTruth } from "@minisim/recording";
import { writeFileSink } from "../file-sink.ts";
import { truthArrays } from "../truth-arrays.ts";
import { npyHeader } from "./header.ts";

/** Into a folder that exists. The footprints are there as patches: as images they can be larger than the movie. */
export async function writeTruthFolder(truth: GroundTruth, folder: string): Promise<void> {
  for (const { name, descr, shape, parts } of truthArrays(truth, { denseFootprints: false })) {
    await writeFileSink(join(folder, `${name}.npy`), async (sink) => {
      await sink.append(npyHeader(descr, shape));
      for (const part of parts()) await sink.append(part);
    });
  }
}
