// What can be asked of a simulation.
import type { CompileOptions } from "@minisim/pipeline";
import type { RenderOptions } from "@minisim/render";

export interface SimulateOptions
  extends CompileOptions,
    Pick<RenderOptions, "until" | "backend" | "blockFrames" | "workers" | "onProgress"> {}
