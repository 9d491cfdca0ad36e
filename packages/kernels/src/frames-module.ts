// Instantiates the compiled frame verbs on a memory of their own. Operands are byte addresses, sizes are in pixels.
import { decodeBase64 } from "./base64.ts";
import { framesModule } from "./generated/frames.generated.ts";

export interface FramesModule {
  compose(
    block: number,
    nFrames: number,
    height: number,
    width: number,
    operations: number,
    nOperations: number,
    dark: boolean,
    scratch: number,
  ): void;
  expose(source: number, nFrames: number, height: number, width: number, exposure: number): void;
  capture(
    ring: number,
    held: number,
    nFrames: number,
    height: number,
    width: number,
    operations: number,
    nOperations: number,
    scratch: number,
    exposure: number,
  ): void;
  ringRows(height: number, width: number, outWidth: number, spread: number): number;
  digitize(
    source: number,
    nFrames: number,
    nPixels: number,
    height: number,
    frameNumbers: number,
    sensor: number,
    target: number,
    countBytes: number,
  ): void;
  prepareSensor(
    at: number,
    key0: number,
    key1: number,
    electronsPerUnit: number,
    dark: number,
    readVariance: number,
    fullWell: number,
    gain: number,
    black: number,
    maxCount: number,
  ): void;
  preparePatterns(
    at: number,
    response: number,
    dark: number,
    offset: number,
    rowOffsets: number,
    width: number,
  ): void;
  prepareNumbers(at: number, width: number, first: number, stride: number): void;
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
  coarseBytes(nFrames: number, gridHeight: number, gridWidth: number): number;
  composeScratchBytes(height: number, width: number): number;
  sensorBytes(): number;
  heapBase(): number;
}

let compiled: WebAssembly.Module | undefined;

export function instantiateFrames(): { memory: WebAssembly.Memory; wasm: FramesModule } {
  compiled ??= new WebAssembly.Module(decodeBase64(framesModule));
  const memory = new WebAssembly.Memory({ initial: 16 });
  const instance = new WebAssembly.Instance(compiled, { env: { memory } });
  return { memory, wasm: instance.exports as unknown as FramesModule };
}
