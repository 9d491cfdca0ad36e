// All that a store holds beside the frames: what a writer must know before the first of them.
import type { GroundTruth } from "@minisim/recording";
import { CONTAINERS, type Container, type Spec, type StepPackage } from "@minisim/spec";
import type { StoreWarning } from "./attributes.ts";
import { StoreError } from "./error.ts";
import { checkNames } from "./names.ts";

export interface MovieInfo {
  /** (frames, height, width) */
  readonly shape: readonly [number, number, number];
  readonly container: Container;
}

export interface SnapshotInfo {
  /** Stage name. */
  readonly name: string;
  /** (frames, height, width); the whole canvas before motion. */
  readonly shape: readonly [number, number, number];
  /** (top, left) of the field of view in these frames. */
  readonly fov_offset: readonly [number, number];
}

export interface StoreHeader {
  readonly spec: Spec;
  readonly cache_key: string;
  /** Revision of the physics of each step of the spec, by kind. */
  readonly step_revisions: Readonly<Record<string, number>>;
  /** What brought each step of the spec, by kind; without those of which nobody knows it. */
  readonly step_packages?: Readonly<Record<string, StepPackage>>;
  readonly ground_truth: GroundTruth;
  /** The observed movie. */
  readonly movie: MovieInfo;
  readonly snapshots?: readonly SnapshotInfo[];
  readonly warnings: readonly StoreWarning[];
}

/** @throws StoreError "invalid" when movies and ground truth disagree, or a name cannot be stored. */
export function checkHeader({ ground_truth, movie, snapshots = [] }: StoreHeader): void {
  const fail = (problem: string) => new StoreError("invalid", problem);
  const [height, width] = ground_truth.fov_shape;
  if (!CONTAINERS.includes(movie.container)) {
    throw fail(`A movie is held as ${CONTAINERS.join(", ")}, not as ${movie.container}.`);
  }
  // Not the array itself: it may be one that is made when asked for.
  const frames = ground_truth.n_frames;
  checkFrames("observed", movie.shape, frames);
  if (movie.shape[1] !== height || movie.shape[2] !== width) {
    throw fail(
      `observed has frames of ${movie.shape[1]} × ${movie.shape[2]}, but the field of view is ${height} × ${width}.`,
    );
  }
  checkNames(
    "snapshot",
    snapshots.map(({ name }) => name),
    [],
  );
  for (const { name, shape, fov_offset } of snapshots) {
    checkFrames(`snapshots/${name}`, shape, frames);
    checkOffset(`snapshots/${name}`, shape, fov_offset, ground_truth.fov_shape);
  }
}

/** A simulation that stops before the frames leaves movies without any; else a movie has all frames of the truth. */
export function checkFrames(path: string, [frames]: readonly number[], ofTruth: number): void {
  if (frames === 0 || frames === ofTruth) return;
  const problem = `${path} has ${frames} frames, but the ground truth has ${ofTruth}.`;
  throw new StoreError("invalid", problem, { key: path });
}

/** The field of view must lie inside the frames of a stage. */
export function checkOffset(
  path: string,
  [, height, width]: readonly number[],
  [top, left]: readonly [number, number],
  fov: readonly [number, number],
): void {
  if (top >= 0 && left >= 0 && top + fov[0] <= height! && left + fov[1] <= width!) return;
  const problem = `${path} has frames of ${height} × ${width}, which do not hold the field of view of ${fov[0]} × ${fov[1]} at (${top}, ${left}).`;
  throw new StoreError("invalid", problem, { key: path });
}
