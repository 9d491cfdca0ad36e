// Makes a whole recording, in a worker of its own: a store, a file of some format, a video.

import { type FileFormatName, loadFileFormat, writerOf } from "@minisim/interop/web";
import type { Plan } from "@minisim/pipeline";
import type { Recorded } from "@minisim/recording";
import { compile, liveRecording, Spec } from "minisim";
import { serve } from "../engine/rpc.ts";
import { type FilePlace, writeAt } from "./file-place.ts";
import { writeStore } from "./make-store.ts";
import { coresFor, type Report } from "./progress.ts";

export interface Made {
  readonly frames: number;
  readonly seconds: number;
  readonly workers: number;
  /** The file itself, where the browser has no other place for it. */
  readonly blob: Blob | null;
}

const api = (report: Report) => ({
  /** Writes the store of a spec into an empty folder. `own`: the folder is the browser's. */
  async store(spec: unknown, folder: FileSystemDirectoryHandle, own: boolean): Promise<Made> {
    const began = performance.now();
    const plan = compiled(spec, report);
    const workers = await writeStore(plan, folder, own, report);
    return { ...sums(plan, began), workers, blob: null };
  },

  /** Writes a recording in a format of @minisim/interop. */
  async file(spec: unknown, name: FileFormatName, place: FilePlace): Promise<Made> {
    const began = performance.now();
    const format = await loadFileFormat(name);
    const plan = compiled(spec, report);
    const { source, workers } = sourceOn(plan);
    const [frames] = source.shape;
    const write = writerOf(format, source, {
      // Formats without a movie count other things.
      onProgress: ({ done, total }) =>
        report(
          done < total && total === frames ? { phase: "render", done, total } : { phase: "truth" },
        ),
    });
    const blob = await writeAt(place, write);
    return { ...sums(plan, began), workers, blob };
  },

  /** Encodes the observed movie with the browser's own encoder. */
  async video(spec: unknown, handle: FileSystemFileHandle): Promise<Made> {
    const began = performance.now();
    const { writeVideo } = await import("./video.ts");
    const plan = compiled(spec, report);
    const { source, workers } = sourceOn(plan);
    await writeVideo(source, handle, (done, total) => report({ phase: "render", done, total }));
    return { ...sums(plan, began), workers, blob: null };
  },
});

export type GenerateApi = ReturnType<typeof api>;

const compiled = (spec: unknown, report: Report): Plan =>
  compile(Spec.parse(spec), {
    onStep: (_, done, total) => report({ phase: "compile", done, total }),
  });

function sourceOn(plan: Plan): { readonly source: Recorded; readonly workers: number } {
  const workers = coresFor(plan.program.geometry.n_frames);
  return { source: liveRecording(plan, { workers }), workers };
}

const sums = ({ program }: Plan, began: number) => ({
  frames: program.geometry.n_frames,
  seconds: (performance.now() - began) / 1000,
});

serve(api);
