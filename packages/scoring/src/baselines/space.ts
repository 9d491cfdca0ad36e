// The compiled code of assembly/, and its memory: pieces of it are taken and never given back.
import { projectModule } from "../generated/project.generated.ts";

/** All arguments are addresses in bytes, counts, or weights: see assembly/. */
interface Compiled {
  readonly memory: WebAssembly.Memory;
  project(rows: number, count: number, stride: number, first: number, wanted: number): void;
  spread(rows: number, count: number, stride: number): void;
  beside(frames: number, start: number, end: number, band: number): void;
  apart(band: number, start: number, end: number, frames: number): void;
  there(...numbers: MoveNumbers): void;
  back(...numbers: [...MoveNumbers, scratch: number]): void;
}
type MoveNumbers = [
  canvas: number,
  canvasStride: number,
  shade: number,
  frame: number,
  frameStride: number,
  rows: number,
  cols: number,
  v: number,
  u: number,
];

export interface Space {
  readonly code: Compiled;
  /** The address of so many bytes, all 0. Views that were made before may be of no use any more. */
  take(bytes: number): number;
  /** A view for the moment: it ends with the next `take`. */
  numbers(address: number, count: number): Float64Array;
  words(address: number, count: number): Uint32Array;
  bytes(address: number, count: number): Uint8Array;
}

const PAGE_BYTES = 65_536;
/** Of a number in float64; all that is taken begins at a multiple of two. */
export const NUMBER_BYTES = 8;
const ALIGNED = 2 * NUMBER_BYTES;
/** Pages: 8 MiB. To grow takes a millisecond, and thousands of images are taken. */
const LEAST_GROWTH = 128;

export function createSpace(): Space {
  // atob exists in browsers, in their workers and in Node.
  const binary = Uint8Array.from(atob(projectModule), (character) => character.charCodeAt(0));
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(binary), {});
  const code = exports as unknown as Compiled;
  // What the compiled code holds of its own lies before.
  let end = PAGE_BYTES;
  return {
    code,
    take(bytes) {
      const address = end;
      end += Math.ceil(bytes / ALIGNED) * ALIGNED;
      const missing = Math.ceil((end - code.memory.buffer.byteLength) / PAGE_BYTES);
      if (missing > 0) code.memory.grow(Math.max(missing, LEAST_GROWTH));
      return address;
    },
    numbers: (address, count) => new Float64Array(code.memory.buffer, address, count),
    words: (address, count) => new Uint32Array(code.memory.buffer, address, count),
    bytes: (address, count) => new Uint8Array(code.memory.buffer, address, count),
  };
}
