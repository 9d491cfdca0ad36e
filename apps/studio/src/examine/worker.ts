// What looks at movies and results of others, and at what pipelines make of the preview: in a worker of its own, which may take its time and can be
// ended. Nothing leaves the tab.
import { contours } from "@minisim/figures";
import {
  type DroppedFile,
  detectFormat,
  insert,
  readEstimate,
  readMovie,
  unpacked,
} from "@minisim/interop/tab";
import { loadFileFormat, MemoryFile, outputOn, writerOf } from "@minisim/interop/web";
import { compare, type Movie, measure, movieOf, REFERENCES } from "@minisim/measures";
import type { Recorded } from "@minisim/recording";
import { BASELINES, type EstimateInput, footprintsOnField, score } from "@minisim/scoring";
import { openRecording, type Storage, StoreError } from "@minisim/store";
import { compile, liveRecording, Spec } from "minisim";
import { Handover, serve } from "../engine/rpc.ts";
import type { Block } from "../engine/types.ts";
import { candidatesIn } from "./candidates.ts";
import type { Candidates } from "./chosen.ts";
import type { Drawn, Judgement, Measured, OpenedMovie, Progress, Target } from "./types.ts";

interface Held {
  readonly info: OpenedMovie;
  readonly movie: Omit<Movie, "fps"> & { readonly fps?: number };
  /** Of a recording of ours. */
  readonly recorded?: Recorded;
  frames(first: number, count: number): Promise<Block["data"]>;
}

let held: Held | undefined;
let numbers = 0;
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
    held = (await store(root, all)) ?? (await foreign(root));
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
    return judgement(root, estimate, recorded);
  },

  /** What a pipeline of our own makes of a spec's recording. */
  async pipeline(name: keyof typeof BASELINES, target: Target): Promise<Judgement> {
    const recorded = targetOf(target);
    const estimate = await BASELINES[name].estimate(recorded, {
      onProgress: ({ done, total }) => tell({ what: "Analysing", share: done / total }),
    });
    tell({ what: "Scoring", share: 1 });
    return judgement(name, estimate, recorded);
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

/** Puts the files on the disk that readers see. @returns the path of what was dropped. */
async function laidOut(files: readonly DroppedFile[]) {
  const [only] = files;
  const isZip = files.length === 1 && /\.zip$/i.test(only!.path);
  const all = isZip ? await unpacked(only!.blob, only!.path) : files;
  insert(all);
  // One folder is what was dropped; files without one are its parts.
  const roots = new Set(all.map(({ path }) => path.split("/")[0]!));
  return { root: roots.size === 1 ? [...roots][0]! : "", all };
}

const keysOf = (root: string, files: readonly DroppedFile[]) =>
  new Map(files.map(({ path, blob }) => [root === "" ? path : path.slice(root.length + 1), blob]));

/** As @minisim/store lays a recording out. */
function isOurs(root: string, files: readonly DroppedFile[]): boolean {
  const keys = keysOf(root, files);
  return keys.has("zarr.json") && keys.has("observed/zarr.json");
}

async function store(root: string, files: readonly DroppedFile[]): Promise<Held | null> {
  const byKey = keysOf(root, files);
  if (!isOurs(root, files)) return null;
  const storage: Storage = {
    read: async (key) => {
      const blob = byKey.get(key);
      return blob && new Uint8Array(await blob.arrayBuffer());
    },
    write: () => Promise.reject(new Error("What was dropped is not written to.")),
    list: async (prefix) => [...byKey.keys()].filter((key) => key.startsWith(prefix)),
  };
  try {
    const recorded = await openRecording(storage);
    const movie = movieOf(recorded);
    return {
      info: infoOf(root || "recording", movie, true),
      movie,
      recorded,
      frames: (first, count) => recorded.readFrames(first, first + count),
    };
  } catch (error) {
    // Zarr of somebody else's.
    if (error instanceof StoreError && error.code === "not_a_recording") return null;
    throw error;
  }
}

async function foreign(root: string): Promise<Held> {
  const movie = await readMovie(root);
  return {
    info: infoOf(root, movie, false),
    movie: { ...movie, frames: () => movie.frames() },
    frames: async (first, count) => {
      const size = movie.shape[1] * movie.shape[2];
      let all: Block["data"] | undefined;
      for await (const { start, data } of movie.frames({ start: first, end: first + count })) {
        all ??= new (data.constructor as Float32ArrayConstructor)(count * size);
        all.set(data as Float32Array, (start - first) * size);
      }
      return all!;
    },
  };
}

function infoOf(
  name: string,
  { shape, fps, pixel_size_um }: Pick<Movie, "shape" | "pixel_size_um"> & { fps?: number },
  hasTruth: boolean,
): OpenedMovie {
  numbers += 1;
  const [frames, height, width] = shape;
  return {
    // Beyond the plans of the draft and of what is pinned.
    number: 2_000_000 + numbers,
    name,
    hasTruth,
    frames,
    height,
    width,
    fps: fps ?? null,
    pixelSizeUm: pixel_size_um ?? null,
  };
}

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

async function judgement(
  name: string,
  estimate: EstimateInput,
  recorded: Recorded,
): Promise<Judgement> {
  const truth = await recorded.truth();
  const report = score(estimate, truth, { fps: recorded.spec.acquisition.fps });
  const [height, width] = truth.fov_shape;
  const drawn = footprintsOnField(estimate, report.grid, { height, width });
  const missed = [...report.cells.entries()].filter(
    ([, cell]) => cell.counted && cell.class === "missed",
  );
  const [top, left] = truth.fov_offset;
  return {
    name,
    summary: report.summary(),
    recall: report.recall,
    precision: report.precision,
    n_matched: report.n_matched,
    n_true: report.n_true,
    n_est: report.n_est,
    n_excused: report.n_excused,
    median_trace_corr: report.median_trace_corr,
    ceiling_trace_corr: medianOf(
      report.cells.flatMap(({ counted, predicted_trace_corr: r }) =>
        counted && r !== null ? [r] : [],
      ),
    ),
    estimates: report.estimates.map((row, k) => ({
      class: row.class,
      loops: loopsOf(drawn.at(k), 0, 0),
    })),
    missed: missed.map(([unit]) => ({
      class: "missed",
      loops: loopsOf(truth.observed_footprints.at(unit), top, left),
    })),
    missedBecause: report.missed_because,
    notes: report.notes,
    shifts: truth.shifts ? truth.shifts.data.slice() : null,
  };
}

function medianOf(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted.length === 0 ? null : sorted[sorted.length >> 1]!;
}

interface Footprint {
  readonly row: number;
  readonly col: number;
  readonly height: number;
  readonly width: number;
  readonly data: Float32Array;
}

/** At half of the peak, in pixels of the field of view. */
function loopsOf({ row, col, height, width, data }: Footprint, top: number, left: number) {
  const peak = data.reduce((most, value) => Math.max(most, value), 0);
  const loops: Drawn<"found">["loops"] =
    peak > 0
      ? contours({ height, width, data }, 0.5 * peak).map((loop) =>
          Float32Array.from(loop.flatMap(([y, x]) => [row - top + y + 0.5, col - left + x + 0.5])),
        )
      : [];
  return loops;
}

serve((emit) => {
  tell = emit;
  return api;
});
