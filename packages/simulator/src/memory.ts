// The sink of simulate(): the whole movie, and the snapshots that the spec asks for, in memory.
import type { Movie } from "@minisim/finalize";
import { area, type Plan, type Shape, type StageInfo } from "@minisim/pipeline";
import { nd, type StageMovie } from "@minisim/recording";
import { containerOf, type FrameData, type RenderOptions, render } from "@minisim/render";
import { reachOf } from "./reach.ts";

export interface MemoryMovie {
  readonly movie: Movie;
  readonly snapshots: Readonly<Record<string, StageMovie>>;
}

const ARRAYS = { uint8: Uint8Array, uint16: Uint16Array, float32: Float32Array } as const;

export async function renderToMemory(plan: Plan, options: RenderOptions): Promise<MemoryMovie> {
  const { program, spec } = plan;
  const { n_frames, fov } = program.geometry;
  const stages = reachOf(plan, options.until);
  // float32 holds every count exactly: a movie for memory goes there at once, without a second copy of it.
  const frames = stages.hasMovie ? n_frames : 0;
  const inFloat = spec.output.store_dtype === "float32";
  const container = containerOf(program, options.until);
  const Pixels = ARRAYS[inFloat ? "float32" : container];
  const data: FrameData = withRoom(frames, fov, () => new Pixels(frames * area(fov)));
  const kept = stages.kept.map((stage) => ({ stage, data: stageBuffer(plan, stage) }));
  let done = 0;
  for await (const block of render(program, { ...options, taps: kept.map((k) => k.stage.name) })) {
    data.set(block.data, done * area(fov));
    for (const { stage, data: target } of kept) {
      target.set(block.taps.get(stage.name)!, done * area(gridOf(plan, stage)));
    }
    done += block.frames.length;
  }
  const snapshots = kept.map(({ stage, data: values }) => {
    const { height, width } = gridOf(plan, stage);
    const movie = nd(values, [n_frames, height, width]);
    return [stage.name, { name: stage.name, movie, fov_offset: fovOffset(plan, stage) }] as const;
  });
  return { movie: { data, frames, container }, snapshots: Object.fromEntries(snapshots) };
}

const gridOf = ({ program }: Plan, stage: StageInfo) => program.geometry[stage.space ?? "fov"];
function stageBuffer(plan: Plan, stage: StageInfo): Float32Array {
  const { n_frames } = plan.program.geometry;
  const grid = gridOf(plan, stage);
  return withRoom(n_frames, grid, () => new Float32Array(n_frames * area(grid)));
}

/** @throws RangeError in words where a movie is larger than an array, or than what is left of the memory. */
function withRoom<Data>(frames: number, { height, width }: Shape, make: () => Data): Data {
  try {
    return make();
  } catch (cause) {
    const movie = `A movie of ${frames} frames of ${height} × ${width} pixels`;
    throw new RangeError(
      `${movie} does not fit in memory; written to a store it goes to disk as it comes.`,
      { cause },
    );
  }
}

function fovOffset({ program }: Plan, stage: StageInfo): [number, number] {
  const margin = stage.space === "canvas" ? program.geometry.margin_px : 0;
  return [margin, margin];
}
