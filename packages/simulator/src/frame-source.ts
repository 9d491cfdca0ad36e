// A recording's way back to its program: any frame of any stage, rendered again on demand.
import { area, type FrameProgram, findStage } from "@minisim/pipeline";
import { type FrameSource, nd, type StageMovie } from "@minisim/recording";
import { eventLoopYielder, Renderer, type RendererOptions, viewOf } from "@minisim/render";

export interface FrameSourceOptions extends Pick<RendererOptions, "backend"> {
  /** The stage that the recording's observed movie ends at. */
  readonly until?: string;
}

/** The renderer is made with the first frame that is asked for, and kept: from then on a frame takes milliseconds. */
export function frameSource(
  program: FrameProgram,
  { until, ...options }: FrameSourceOptions = {},
): FrameSource {
  let renderer: Promise<Renderer> | undefined;
  return Object.freeze({
    stages: program.stages.map(({ name, kind }) => ({ name, kind })),
    async render(frames: readonly number[], stage?: string): Promise<StageMovie> {
      const { geometry, stages } = program;
      const end = stage ?? until;
      const info = end === undefined ? stages.at(-1) : findStage(program, end);
      // A stage that is asked for comes on its own grid; what is observed is the field of view.
      const onCanvas = stage !== undefined && info?.space === "canvas" && geometry.margin_px > 0;
      const { height, width } = onCanvas ? geometry.canvas : geometry.fov;
      const count = info?.space ? frames.length : 0;
      const data = new Float32Array(count * height * width);
      let at = 0;
      const view = info && viewOf(program, { until: info.name, taps: onCanvas ? [info.name] : [] });
      if (view) {
        renderer ??= Renderer.create(program, options);
        const yieldToEventLoop = eventLoopYielder();
        // A block is copied before anyone else can ask the renderer for another.
        for (const block of (await renderer).blocks(frames, view)) {
          data.set(block.taps.get(view.last.name) ?? block.data, at);
          at += block.frames.length * area({ height, width });
          await yieldToEventLoop();
        }
      }
      const margin = onCanvas ? geometry.margin_px : 0;
      return {
        name: info?.name ?? "",
        movie: nd(data, [count, height, width]),
        fov_offset: [margin, margin],
      };
    },
  });
}
