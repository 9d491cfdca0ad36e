// Operations as the records that the passes interpret (assembly/frames/operations.ts), with their operands checked.
import { expectCount, expectLength } from "./checks.ts";
import type { FramesModule } from "./frames-module.ts";
import type { AddCoarse, LightOperation, Patches } from "./kernels.ts";
import type { BlockShape } from "./operands.ts";
import { coarseGrid, itself, type SplineAxis, splineAxes } from "./spline.ts";

const record_words = 16;
const kinds = {
  patches: 0,
  field: 1,
  modulate: 2,
  modulateWeighted: 3,
  coarse: 4,
  modulateSwinging: 5,
  scale: 6,
} as const;
const f32_bytes = 4;
/** The first node, and the weights of four. */
const tap_words = 5;

/** How many bytes these operations take: their records, one a field, one for all patches of an operation, and what coarse ones need beside. */
export function tableBytes(
  wasm: FramesModule,
  operations: readonly LightOperation[],
  shape: BlockShape,
): number {
  const beside = operations.reduce(
    (sum, operation) =>
      sum + (operation.kind === "coarse" ? coarseRoom(wasm, operation, shape) : 0),
    0,
  );
  return recordBytes(operations) + beside;
}

const recordBytes = (operations: readonly LightOperation[]): number =>
  4 * record_words * recordCount(operations);

/** The sums of a coarse operation, and the taps of rows and columns, up to the next address that suits vectors. */
function coarseRoom(
  wasm: FramesModule,
  { spacing_px, whole }: AddCoarse,
  { nFrames, height, width }: BlockShape,
): number {
  const grid = coarseGrid(whole ?? { height, width }, spacing_px);
  const taps_bytes = 4 * tap_words * (height + width);
  return wasm.coarseBytes(nFrames, grid.height, grid.width) + Math.ceil(taps_bytes / 64) * 64;
}

export function recordCount(operations: readonly LightOperation[]): number {
  return operations.reduce((n, o) => n + (o.kind === "fields" ? o.count : 1), 0);
}

/** Throws a RangeError when an operand is too short for the block or a patch leaves it. */
export function checkOperations(
  wasm: FramesModule,
  operations: readonly LightOperation[],
  { nFrames, height, width }: BlockShape,
): void {
  const nPixels = height * width;
  for (const operation of operations) {
    switch (operation.kind) {
      case "patches":
        checkPatches(wasm, operation.patches, height, width);
        expectLength("weights", operation.weights, operation.patches.count * nFrames);
        break;
      case "coarse": {
        const grid = coarseGrid(operation.whole ?? { height, width }, operation.spacing_px);
        checkPatches(wasm, operation.patches, grid.height, grid.width);
        expectLength("weights", operation.weights, operation.patches.count * nFrames);
        break;
      }
      case "fields":
        expectCount("count", operation.count);
        expectLength("field", operation.fields, operation.count * nPixels);
        expectLength("weights", operation.weights, operation.count * nFrames);
        break;
      case "modulate":
        if (operation.field) expectLength("field", operation.field, nPixels);
        if (operation.weights) expectLength("weights", operation.weights, nFrames);
        if (operation.swing) expectLength("swing", operation.swing, nPixels);
    }
  }
}

function checkPatches(wasm: FramesModule, patches: Patches, height: number, width: number): void {
  const { count, table, starts, data } = patches;
  expectCount("count", count);
  expectLength("table", table, 4 * count);
  expectLength("starts", starts, count);
  const bad = wasm.firstBadPatch(
    table.byteOffset,
    starts.byteOffset,
    count,
    height,
    width,
    data.length,
  );
  if (bad >= 0) {
    throw new RangeError(
      `Patch ${bad} leaves its data or the canvas of ${height} × ${width} pixels.`,
    );
  }
}

/** Writes the records at `start`, and behind them what coarse operations need; there is room as `tableBytes` says. */
export function writeOperations(
  wasm: FramesModule,
  memory: WebAssembly.Memory,
  start: number,
  operations: readonly LightOperation[],
  shape: BlockShape,
): void {
  const { nFrames, height, width } = shape;
  const table = new Int32Array(memory.buffer, start, recordBytes(operations) / 4);
  let free = start + recordBytes(operations);
  const fieldBytes = height * width * f32_bytes;
  let at = 0;
  const record = (...words: number[]) => {
    table.set(words, at);
    at += record_words;
  };
  for (const operation of operations) {
    switch (operation.kind) {
      case "patches": {
        const { table: places, starts, data, count } = operation.patches;
        record(
          kinds.patches,
          places.byteOffset,
          operation.weights.byteOffset,
          starts.byteOffset,
          data.byteOffset,
          count,
        );
        break;
      }
      case "coarse": {
        const { patches, weights, spacing_px } = operation;
        const whole = operation.whole ?? itself(shape);
        const grid = coarseGrid(whole, spacing_px);
        const rowTaps = free + wasm.coarseBytes(nFrames, grid.height, grid.width);
        const columnTaps = rowTaps + 4 * tap_words * height;
        const { down, along } = splineAxes(grid, shape, spacing_px, whole);
        writeTaps(memory, rowTaps, down);
        writeTaps(memory, columnTaps, along);
        record(
          kinds.coarse,
          patches.table.byteOffset,
          weights.byteOffset,
          patches.starts.byteOffset,
          patches.data.byteOffset,
          patches.count,
          free,
          rowTaps,
          columnTaps,
          grid.height,
          grid.width,
        );
        free += coarseRoom(wasm, operation, shape);
        break;
      }
      case "fields":
        for (let k = 0; k < operation.count; k++) {
          record(
            kinds.field,
            operation.fields.byteOffset + k * fieldBytes,
            operation.weights.byteOffset + k * nFrames * f32_bytes,
          );
        }
        break;
      case "modulate": {
        if (operation.field === null) {
          record(kinds.scale, 0, operation.weights.byteOffset);
          break;
        }
        const { field, weights, swing } = operation;
        if (weights && swing) {
          const [first, second] = [field.byteOffset, swing.byteOffset];
          record(kinds.modulateSwinging, first, weights.byteOffset, second);
        } else if (weights) record(kinds.modulateWeighted, field.byteOffset, weights.byteOffset);
        else record(kinds.modulate, field.byteOffset, 0);
      }
    }
  }
}

function writeTaps(
  { buffer }: WebAssembly.Memory,
  start: number,
  { first, weights }: SplineAxis,
): void {
  const { length } = first;
  const words = new Int32Array(buffer, start, tap_words * length);
  const floats = new Float32Array(buffer, start, tap_words * length);
  for (let x = 0; x < length; x++) {
    words[tap_words * x] = first[x]!;
    for (let k = 0; k < 4; k++) floats[tap_words * x + 1 + k] = weights[4 * x + k]!;
  }
}
