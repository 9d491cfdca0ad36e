// What recordings cost as they grow: processor time of a process as a sum of few parts, each fitted from measured runs.
//
//   fixed(n) = start + compile(n)                             paid by every process that works on a recording of n frames
//   work(n)  = closing + n · (frame + byte · bytes per frame) paid once; closing by the shard that writes the truth
//   bytes(n) = what a store of n frames takes
//
// Where shards compile one scene together, compile(n) is what each still does, with all pieces made by others, and making them is work that is shared out.
//
// start, closing (who could be found, and what else is not a matter of frames), frame and byte are numbers, compile and bytes straight lines in n.

/** a + b·n. */
export interface Line {
  readonly at_0: number;
  readonly per_frame: number;
}

/** One process that made a whole recording; seconds are of processor time. */
export interface MeasuredRun {
  readonly frames: number;
  readonly start_s: number;
  readonly compile_s: number;
  /** After the compile, all threads together. */
  readonly rest_s: number;
  /** Of what the workers did, the share that was encoding and writing. */
  readonly delivery_share: number;
  readonly store_bytes: number;
}

/** A scene that shards compile together. */
export interface SharedScene {
  /** With all pieces made by others. */
  readonly taken_s: Line;
  /** Of making them all, once. */
  readonly made_s: Line;
}

export interface CostModel {
  readonly start_s: number;
  /** Of a process that compiles alone. */
  readonly compile_s: Line;
  /** Whatever is done after the compile that is not a matter of frames. */
  readonly closing_s: number;
  readonly frame_s: number;
  readonly byte_s: number;
  /** Of a store. */
  readonly bytes: Line;
}

/** Least squares; through the first point alone where there is one. Neither part of a cost is below 0. */
export function lineThrough(points: readonly (readonly [frames: number, value: number])[]): Line {
  const mean = (of: (point: readonly [number, number]) => number) =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const [n, value] = [mean(([frames]) => frames), mean(([, y]) => y)];
  const spread = mean(([frames]) => (frames - n) ** 2);
  const slope = spread === 0 ? 0 : mean(([x, y]) => (x - n) * (y - value)) / spread;
  const per_frame = Math.max(0, slope);
  return { at_0: Math.max(0, value - per_frame * n), per_frame };
}

export const valueAt = ({ at_0, per_frame }: Line, frames: number): number =>
  at_0 + per_frame * frames;

/** `compiles`: compilations that were run by themselves, for they can be longer than a recording that is rendered. */
export function fitModel(
  runs: readonly MeasuredRun[],
  compiles: readonly (readonly [frames: number, seconds: number])[] = [],
): CostModel {
  const rest = lineThrough(runs.map(({ frames, rest_s }) => [frames, rest_s]));
  const frames = runs.reduce((sum, run) => sum + run.frames, 0);
  const weighted = (of: (run: MeasuredRun) => number) =>
    runs.reduce((sum, run) => sum + of(run) * run.frames, 0) / frames;
  const share = weighted(({ delivery_share }) => delivery_share);
  const bytes = lineThrough(runs.map((run) => [run.frames, run.store_bytes]));
  return {
    start_s: weighted(({ start_s }) => start_s),
    compile_s: lineThrough([
      ...runs.map((run): [number, number] => [run.frames, run.compile_s]),
      ...compiles,
    ]),
    closing_s: rest.at_0,
    frame_s: rest.per_frame * (1 - share),
    byte_s: (rest.per_frame * share) / bytes.per_frame,
    bytes,
  };
}

/** Seconds of processor time that every process pays which works on a recording of so many frames, and compiles its scene alone. */
export const fixedOf = (model: CostModel, frames: number): number =>
  model.start_s + valueAt(model.compile_s, frames);

/** Seconds of processor time of what is done once, whoever does it. */
export const workOf = (model: CostModel, frames: number): number =>
  model.closing_s + frameWork(model, frames);

const frameWork = (model: CostModel, frames: number): number =>
  frames * (model.frame_s + model.byte_s * model.bytes.per_frame);

/**
 * A recording in shards, a core each: seconds on the clock where all run at once, which is as long as the one takes that closes; of processor time
 * together; and what of that each shard does anew. @param scene where they compile it together
 */
export function inShards(
  model: CostModel,
  frames: number,
  shards: number,
  scene?: SharedScene,
): { readonly clock_s: number; readonly processor_s: number; readonly anew_s: number } {
  const fixed = scene ? model.start_s + valueAt(scene.taken_s, frames) : fixedOf(model, frames);
  const made = scene ? valueAt(scene.made_s, frames) : 0;
  return {
    clock_s: fixed + model.closing_s + (made + frameWork(model, frames)) / shards,
    processor_s: shards * fixed + made + workOf(model, frames),
    anew_s: shards * fixed,
  };
}

/** Many recordings, one a core: seconds on the clock, and of processor time together. */
export function recordings(
  model: CostModel,
  frames: number,
  count: number,
  cores: number,
): { readonly clock_s: number; readonly processor_s: number } {
  const one = fixedOf(model, frames) + workOf(model, frames);
  return { clock_s: Math.ceil(count / cores) * one, processor_s: count * one };
}
