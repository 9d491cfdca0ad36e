// A recording's way back to its program: any frame of any stage, rendered again on demand.
import { area, type FrameProgram, findStage } from "@minisim/pipeline";
import { type FrameSource, nd, type StageMovie } from "@minisim/recording";
import { type RenderOptions, render } from "@minisim/render";

/** `until` is the stage that the recording's observed movie ends at, and `backend` what made it. */
export function frameSource(
  program: FrameProgram,
  { until, ...options }: Pick<RenderOptions, "until" | "backend"> = {},
): FrameSource {
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
      if (info?.space) {
        const taps = onCanvas ? [info.name] : [];
        for await (const block of render(program, { ...options, frames, until: info.name, taps })) {
          data.set(block.taps.get(info.name) ?? block.data, at);
          at += block.frames.length * area({ height, width });
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
