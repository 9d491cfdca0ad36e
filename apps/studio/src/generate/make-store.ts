// The native store of a spec: rendered on all cores, encoded, written. Memory is bounded by the chunks under way.
import type { Plan } from "@minisim/pipeline";
import { type Chunk, createPool } from "@minisim/render";
import { createRecordingWriter } from "@minisim/store";
import { storeHeader, withClippingWarnings } from "minisim";
import { folderStorage } from "./folder.ts";
import { coresFor, type Report } from "./progress.ts";

/** Into an empty folder. `own`: the folder is the browser's. @returns the number of workers. */
export async function writeStore(
  plan: Plan,
  folder: FileSystemDirectoryHandle,
  own: boolean,
  report: Report,
): Promise<number> {
  const header = storeHeader(await withClippingWarnings(plan));
  const writer = await createRecordingWriter(folderStorage(folder, own), header);
  const truth = writer.writeTruth();
  // Its failure is met below; until then it must not count as unhandled.
  truth.catch(() => {});
  const total = header.movie.shape[0];
  let size = 1;
  if (total > 0) {
    const taps = (header.snapshots ?? []).map(({ name }) => name);
    const pool = createPool(plan.program, { taps, workers: coresFor(total) });
    size = pool.size;
    let index = 0;
    const onProgress = ({ done }: { readonly done: number }) =>
      report({ phase: "render", done, total });
    for await (const outcome of pool.run(jobsOf(total, writer.chunkFrames), { onProgress })) {
      const { data, taps: kept } = outcome as Chunk;
      await writer.writeChunk(index, data);
      for (const [name, movie] of kept) await writer.writeChunk(index, movie, `snapshots/${name}`);
      index += 1;
    }
    await pool.release();
  }
  report({ phase: "truth" });
  await truth;
  await writer.finish();
  return size;
}

function jobsOf(frames: number, length: number): Int32Array[] {
  return Array.from({ length: Math.ceil(frames / length) }, (_, index) => {
    const first = index * length;
    return Int32Array.from({ length: Math.min(length, frames - first) }, (_, f) => first + f);
  });
}
