// The movies of stages that a recording keeps, wherever it lies.
import { moviePixels, type Recorded, Recording } from "@minisim/recording";
import type { FrameData } from "./container.ts";
import { product } from "./grid.ts";
import type { SnapshotInfo } from "./header.ts";
import { SNAPSHOTS } from "./movie.ts";
import type { StoredRecording } from "./stored-recording.ts";

export interface KeptMovie {
  readonly info: SnapshotInfo;
  /** Frames start … end − 1 on the grid of the stage. */
  frames(start: number, end: number): FrameData | Promise<FrameData>;
}

/** In the order of the simulation. A recording whose frames are rendered when they are asked for keeps none. */
export function keptMovies(recorded: Recorded): KeptMovie[] {
  if (recorded instanceof Recording) {
    return Object.values(recorded.snapshots).map(({ name, movie, fov_offset }) => {
      const shape = movie.shape as [number, number, number];
      const pixels = moviePixels(movie);
      const size = product(shape.slice(1));
      return {
        info: { name, shape, fov_offset },
        frames: (start, end) => pixels.subarray(start * size, end * size),
      };
    });
  }
  if (!isStored(recorded)) return [];
  return recorded.snapshots.map((info) => ({
    info,
    frames: (start, end) => recorded.readFrames(start, end, `${SNAPSHOTS}/${info.name}`),
  }));
}

const isStored = (recorded: Recorded): recorded is StoredRecording => "readFrames" in recorded;
