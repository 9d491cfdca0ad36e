// A stored recording → its pictures, one after another. What is drawn how is in @minisim/figures.
import {
  createProjections,
  footprintFigure,
  imageFigure,
  motionFigure,
  type Projections,
  type TraceRow,
  traceFigure,
} from "@minisim/figures";
import { type GroundTruth, type MovieBlock, type Recorded, scaleOf } from "@minisim/recording";
import type { PictureName } from "./picture-names.ts";

export interface Picture {
  readonly name: PictureName;
  readonly svg?: string;
  /** Why there is no such picture. */
  readonly absent?: string;
}

export interface PictureOptions {
  /** Number of the frame to draw; the middle one where absent. */
  readonly frame?: number;
  readonly signal?: AbortSignal;
}

const TRACES = 30;
const NEEDS_MOVIE: readonly PictureName[] = ["mean", "max", "std", "footprints"];

export async function* drawPictures(
  recording: Recorded,
  names: readonly PictureName[],
  { frame, signal }: PictureOptions = {},
): AsyncGenerator<Picture> {
  const truth = await recording.truth();
  const [frames, height, width] = recording.shape;
  const { fps, pixel_size_um: pixelSizeUm } = scaleOf(recording);
  const label = recording.container === "float32" ? "light (a.u.)" : "counts";
  const seconds = Number((truth.n_frames / fps).toPrecision(4));
  const about = `${frames} frames, ${seconds} s at ${fps} Hz`;
  const projections = names.some((name) => NEEDS_MOVIE.includes(name))
    ? await project(recording, signal)
    : undefined;
  const image = (data: ArrayLike<number>, title: string, subtitle: string) =>
    imageFigure({ field: { height, width, data }, title, subtitle, label, pixelSizeUm });

  for (const name of names) {
    if (frames === 0 && (name === "frame" || NEEDS_MOVIE.includes(name)) && name !== "footprints") {
      yield { name, absent: "the recording stops before there are frames." };
    } else if (name === "mean") {
      yield { name, svg: image(projections!.mean, "Mean", about) };
    } else if (name === "max") {
      yield { name, svg: image(projections!.max, "Maximum", about) };
    } else if (name === "std") {
      yield { name, svg: image(projections!.std, "Standard deviation", about) };
    } else if (name === "frame") {
      const at = frame ?? Math.floor(frames / 2);
      const data = await frameAt(recording, at);
      const time = Number((at / fps).toPrecision(4));
      yield { name, svg: image(data, `Frame ${at}`, `${time} s of ${seconds} s`) };
    } else if (name === "footprints") {
      yield {
        name,
        svg: footprintFigure({
          footprints: truth.observed_footprints,
          fovOffset: truth.fov_offset,
          detectable: truth.detectable.data,
          background: { height, width, data: projections!.mean },
          pixelSizeUm,
          title: "Footprints",
          subtitle: `${truth.n_units} cells as the optics deliver them, outlined at half of their peak`,
        }),
      };
    } else if (name === "traces") {
      yield { name, ...traces(truth, fps) };
    } else {
      yield { name, ...motion(truth, pixelSizeUm, fps) };
    }
  }
}

async function frameAt(recording: Recorded, frame: number): Promise<MovieBlock["data"]> {
  for await (const { data } of recording.frames({ start: frame, end: frame + 1 })) return data;
  throw new RangeError(`The recording has no frame ${frame}.`);
}

async function project(recording: Recorded, signal?: AbortSignal): Promise<Projections> {
  const [, height, width] = recording.shape;
  const projections = createProjections(height, width);
  for await (const { data } of recording.frames()) {
    projections.add(data);
    // Between chunks, so that an interrupt is heard.
    await new Promise((resolve) => setTimeout(resolve, 0));
    signal?.throwIfAborted();
  }
  return projections.result();
}

function traces(truth: GroundTruth, fps: number): Omit<Picture, "name"> {
  const frames = truth.C.shape[1]!;
  if (truth.n_units === 0) return { absent: "the recording has no cells." };
  const snr = truth.detection_snr.data;
  // Without a sensor there is no SNR; the cells then stay in their own order.
  const rank = (unit: number) => (Number.isFinite(snr[unit]!) ? snr[unit]! : -1);
  const best = [...Array(truth.n_units).keys()].sort((a, b) => rank(b) - rank(a) || a - b);
  const { offsets, data } = truth.spike_times_s;
  const rows = best.slice(0, TRACES).map(
    (unit): TraceRow => ({
      name: `${unit}`,
      note: Number.isFinite(snr[unit]!) ? snr[unit]!.toFixed(1) : "–",
      trace: truth.C.data.subarray(unit * frames, (unit + 1) * frames),
      spikeTimesS: data.subarray(offsets[unit]!, offsets[unit + 1]!),
    }),
  );
  const subtitle = `true calcium and spikes of the ${rows.length} cells with the highest detection SNR, of ${truth.n_units}`;
  const words = { title: "Activity", subtitle, nameHead: "cell", noteHead: "SNR" };
  return { svg: traceFigure({ rows, fps, frames, ...words }) };
}

function motion(truth: GroundTruth, pixelSizeUm: number, fps: number): Omit<Picture, "name"> {
  if (!truth.shifts) return { absent: "the recording has no brain motion." };
  const shifts = truth.shifts.data;
  let largest = 0;
  for (let t = 0; t < shifts.length; t += 2) {
    largest = Math.max(largest, shifts[t]! * shifts[t]! + shifts[t + 1]! * shifts[t + 1]!);
  }
  const reach = (Math.sqrt(largest) * pixelSizeUm).toFixed(1);
  const subtitle = `displacement of the tissue, at most ${reach} µm from rest`;
  return { svg: motionFigure({ shifts, pixelSizeUm, fps, title: "Brain motion", subtitle }) };
}
