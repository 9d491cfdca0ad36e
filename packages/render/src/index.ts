export type { FrameData } from "./machine.ts";
export { containerOf, type FrameBlock, type RenderOptions, render } from "./render.ts";
