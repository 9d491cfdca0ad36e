// What looks at movies and results of others, and at what pipelines make of the preview: in a worker of its own, which may take its time and can be
// ended. Nothing leaves the tab.
import { type DroppedFile, detectFormat, readEstimate } from "@minisim/interop/tab";
import { loadFileFormat, MemoryFile, outputOn, writerOf } from "@minisim/interop/web";
import { compare, type Movie, measure, movieOf, REFERENCES } from "@minisim/measures";
import type { Recorded } from "@minisim/recording";
import { BASELINES } from "@minisim/scoring";
import { compile, liveRecording, Spec } from "minisim";
import { Handover, serve } from "../engine/rpc.ts";
import type { Block } from "../engine/types.ts";
import { candidatesIn } from "./candidates.ts";
import type { Candidates } from "./chosen.ts";
import { judgementOf } from "./judge.ts";
import { type Held, heldAt, heldOf, isOurs, laidOut } from "./opened.ts";
import type { Judgement, Measured, OpenedMovie, Progress, Target } from "./types.ts";

let held: Held | undefined;
let tell: (progress: Progress) => void = () => {};

/** Pixels of all frames that are measured: some ten seconds. */
const MOST_MEASURED = 2e7;
const LEAST_FRAMES = 60;

const api = {
  /** Whether the files are results that are known by their content. A lone array or a TIFF is rather a movie, until it is chosen as results. */
  async holdsResults(files: readonly DroppedFile[]): Promise<boolean> {
    const { root, all } = await laidOut(files);
    if (/\.(npy|tiff?|avi)$/i.test(root) || isOurs(root, all)) return false;
    return detectFormat(root).then(
      () => true,
      () => false,
    );
  },

  /** The movie or the recording in the files. @throws a sentence. */
  async open(files: readonly DroppedFile[]): Promise<OpenedMovie> {
    const { root, all } = await laidOut(files);
    held = await heldOf(root, all);
    return held.info;
  },

  /** The recording at an address of the web. @throws a sentence. */
  async openAt(address: string): Promise<OpenedMovie> {
    held = await heldAt(address);
    return held.info;
  },

  async frames(number: number, first: number, count: number): Promise<Handover<Block> | null> {
    if (held?.info.number !== number) return null;
    const last = Math.min(held.info.frames, first + count);
    const data = await held.frames(first, last - first);
    const block = { plan: number, stage: "opened", first, count: last - first, data };
    return new Handover(block, [data.buffer]);
  },

  /** `scale`: what the file does not tell. */
  async measure(scale: {
    readonly fps: number | null;
    readonly pixelSizeUm: number | null;
  }): Promise<Measured> {
    const { movie, info } = held!;
    const fps = info.fps ?? scale.fps;
    const pixel_size_um = info.pixelSizeUm ?? scale.pixelSizeUm;
    if (fps === null || pixel_size_um === null) {
      throw new Error(`${info.name} does not tell its frame rate and the size of a pixel.`);
    }
    return measured({ ...movie, fps, pixel_size_um }, info.name);
  },

  measureSpec: (spec: unknown): Promise<Measured> =>
    measured(movieOf(recordedOf(spec)), "the simulation"),

  /** Results in the files, held against the truth. */
  async score(files: readonly DroppedFile[], target: Target): Promise<Judgement> {
    const { root } = await laidOut(files);
    const recorded = targetOf(target);
    tell({ what: "Reading the results", share: 0 });
    const [frames, height, width] = recorded.shape;
    const { fps } = recorded.spec.acquisition;
    const estimate = await readEstimate(root, {
      recording: { shape: [frames, height, width], fps },
    });
    tell({ what: "Scoring", share: 0.5 });
    return judgementOf(root, estimate, recorded);
  },

  /** What a pipeline of our own makes of a spec's recording. */
  async pipeline(name: keyof typeof BASELINES, target: Target): Promise<Judgement> {
    const recorded = targetOf(target);
    const estimate = await BASELINES[name].estimate(recorded, {
      onProgress: ({ done, total }) => tell({ what: "Analysing", share: done / total }),
    });
    tell({ what: "Scoring", share: 1 });
    return judgementOf(name, estimate, recorded);
  },

  /** Where CNMF-E would begin to look for cells in a spec's recording. */
  candidates: (spec: unknown): Promise<Candidates> =>
    candidatesIn(recordedOf(spec), (share) => tell({ what: "Filtering", share })),

  /** The movie of a spec as a TIFF, for a pipeline of one's own. */
  async movieFile(spec: unknown): Promise<Handover<Uint8Array>> {
    const file = new MemoryFile();
    const write = writerOf(await loadFileFormat("tiff"), recordedOf(spec), {
      onProgress: ({ done, total }) => tell({ what: "Writing", share: done / total }),
    });
    await write(outputOn(file));
    const bytes = new Uint8Array(file.getSize());
    file.read(bytes, { at: 0 });
    return new Handover(bytes, [bytes.buffer]);
  },
};

export type ExamineApi = typeof api;

async function measured(movie: Movie, name: string): Promise<Measured> {
  const [all, height, width] = movie.shape;
  const most = Math.max(LEAST_FRAMES, Math.floor(MOST_MEASURED / (height * width)));
  const frames = Math.min(all, most);
  const part: Movie = {
    ...movie,
    shape: [frames, height, width],
    async *frames() {
      for await (const { start, end, data } of movie.frames()) {
        const last = Math.min(end, frames);
        const whole = data.subarray(0, (last - start) * height * width);
        yield { start, end: last, data: whole as typeof data };
        if (last === frames) return;
      }
    },
  };
  const measures = await measure(part, {
    onProgress: ({ done, total }) => tell({ what: `Measuring ${name}`, share: done / total }),
  });
  const rows = compare(measures, REFERENCES).map(
    ({ measure: path, value, low, high, verdict }) => ({
      measure: path,
      value,
      low,
      high,
      verdict,
    }),
  );
  return { rows, frames, seconds: frames / movie.fps };
}

const recordedOf = (spec: unknown): Recorded => liveRecording(compile(Spec.parse(spec)));

function targetOf(target: Target): Recorded {
  if ("spec" in target) return recordedOf(target.spec);
  if (held?.info.number !== target.opened || !held.recorded) {
    throw new Error("What was opened has no truth to hold results against.");
  }
  return held.recorded;
}

serve((emit) => {
  tell = emit;
  return api;
});
