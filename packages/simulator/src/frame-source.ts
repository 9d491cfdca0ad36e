// A recording's way back to its program: any frame of any stage, rendered again on demand.
import { area, type FrameProgram, findStage } from "@minisim/pipeline";
import { type FrameSource, nd, type StageMovie } from "@minisim/recording";
import { render } from "@minisim/render";

export function frameSource(program: FrameProgram): FrameSource {
  return Object.freeze({
    stages: program.stages.map(({ name, kind }) => ({ name, kind })),
    async render(frames: readonly number[], stage?: string): Promise<StageMovie> {
      const { geometry, stages } = program;
      const info = stage === undefined ? stages.at(-1) : findStage(program, stage);
      const { height, width } = geometry[info?.space ?? "fov"];
      const hasMovie = info?.space != null;
      const data = new Float32Array(hasMovie ? frames.length * height * width : 0);
      const margin = info?.space === "canvas" ? geometry.margin_px : 0;
      let at = 0;
      if (info && hasMovie) {
        const options = { frames, until: info.name, taps: margin > 0 ? [info.name] : [] };
        for await (const block of render(program, options)) {
          data.set(block.taps.get(info.name) ?? block.data, at);
          at += block.frames.length * area({ height, width });
        }
      }
      return {
        name: info?.name ?? "",
        movie: nd(data, [hasMovie ? frames.length : 0, height, width]),
        fov_offset: [margin, margin],
      };
    },
  });
}
