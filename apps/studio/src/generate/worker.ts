// Makes a whole recording: compiles, renders on all cores, encodes, writes. Memory is bounded by the chunks under way.
import type { Chunk } from "@minisim/render";
import { createPool } from "@minisim/render";
import { createRecordingWriter } from "@minisim/store";
import { compile, storeHeader } from "minisim";
import { serve } from "../engine/rpc.ts";
import { folderStorage } from "./folder.ts";

export type Progress =
  | { readonly phase: "compile"; readonly done: number; readonly total: number }
  | { readonly phase: "render"; readonly done: number; readonly total: number }
  | { readonly phase: "truth" };

export interface Made {
  readonly frames: number;
  readonly seconds: number;
  readonly cacheKey: string;
  readonly workers: number;
}

const api = (emit: (progress: Progress) => void) => ({
  /** Writes the store of a spec into an empty folder. `own`: the folder is the browser's. */
  async store(spec: unknown, folder: FileSystemDirectoryHandle, own: boolean): Promise<Made> {
    const began = performance.now();
    const plan = compile(spec, {
      onStep: (_, done, total) => emit({ phase: "compile", done, total }),
    });
    const header = storeHeader(plan);
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
        emit({ phase: "render", done, total });
      for await (const outcome of pool.run(jobsOf(total, writer.chunkFrames), { onProgress })) {
        const { data, taps: kept } = outcome as Chunk;
        await writer.writeChunk(index, data);
        for (const [name, movie] of kept)
          await writer.writeChunk(index, movie, `snapshots/${name}`);
        index += 1;
      }
      await pool.release();
    }
    emit({ phase: "truth" });
    await truth;
    await writer.finish();
    const seconds = (performance.now() - began) / 1000;
    return { frames: total, seconds, cacheKey: header.cache_key, workers: size };
  },

  /** Encodes the observed movie with the browser's own encoder into a file of the folder; returns its name. */
  async video(spec: unknown, folder: FileSystemDirectoryHandle, name: string): Promise<string> {
    const { writeVideo } = await import("./video.ts");
    const plan = compile(spec);
    return writeVideo(plan, folder, name, (done, total) => emit({ phase: "render", done, total }));
  },
});

export type GenerateApi = ReturnType<typeof api>;

const coresFor = (frames: number): number =>
  Math.max(1, Math.min(navigator.hardwareConcurrency ?? 2, 16, Math.ceil(frames / 16)));

function jobsOf(frames: number, length: number): Int32Array[] {
  return Array.from({ length: Math.ceil(frames / length) }, (_, index) => {
    const first = index * length;
    return Int32Array.from({ length: Math.min(length, frames - first) }, (_, f) => first + f);
  });
}

serve((emit) => api(emit) as never);
