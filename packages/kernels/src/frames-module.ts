// Instantiates the compiled frame verbs on a memory of their own. Operands are byte addresses, sizes are in pixels.
import { decodeBase64 } from "./base64.ts";
import { framesModule } from "./generated/frames.generated.ts";

export interface FramesModule {
  accumulatePatches(
    block: number,
    nFrames: number,
    height: number,
    width: number,
    table: number,
    starts: number,
    data: number,
    count: number,
    weights: number,
  ): void;
  accumulateField(
    block: number,
    nFrames: number,
    nPixels: number,
    field: number,
    weights: number,
  ): void;
  modulate(block: number, nFrames: number, nPixels: number, field: number, weights: number): void;
  translate(
    source: number,
    height: number,
    width: number,
    target: number,
    top: number,
    left: number,
    outHeight: number,
    outWidth: number,
    dy: number,
    dx: number,
  ): void;
  digitizeU8(
    source: number,
    nFrames: number,
    nPixels: number,
    frameNumbers: number,
    key0: number,
    key1: number,
    electronsPerUnit: number,
    readVariance: number,
    gain: number,
    maxCount: number,
    target: number,
  ): void;
  digitizeU16(
    source: number,
    nFrames: number,
    nPixels: number,
    frameNumbers: number,
    key0: number,
    key1: number,
    electronsPerUnit: number,
    readVariance: number,
    gain: number,
    maxCount: number,
    target: number,
  ): void;
  normals(
    target: number,
    rows: number,
    cols: number,
    rowStart: number,
    colStart: number,
    key0: number,
    key1: number,
  ): void;
  blur(
    source: number,
    height: number,
    width: number,
    taps: number,
    radius: number,
    target: number,
    top: number,
    left: number,
    outHeight: number,
    outWidth: number,
    nearest: boolean,
    scratch: number,
  ): void;
  philox(words: number, key0: number, key1: number): void;
  firstBadPatch(
    table: number,
    starts: number,
    count: number,
    height: number,
    width: number,
    dataLength: number,
  ): number;
  blurScratchBytes(height: number, radius: number, outHeight: number, outWidth: number): number;
  heapBase(): number;
}

let compiled: WebAssembly.Module | undefined;

export function instantiateFrames(): { memory: WebAssembly.Memory; wasm: FramesModule } {
  compiled ??= new WebAssembly.Module(decodeBase64(framesModule));
  const memory = new WebAssembly.Memory({ initial: 16 });
  const instance = new WebAssembly.Instance(compiled, { env: { memory } });
  return { memory, wasm: instance.exports as unknown as FramesModule };
}
