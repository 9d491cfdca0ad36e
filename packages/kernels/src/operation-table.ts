// Operations as the records that the passes interpret (assembly/frames/operations.ts), with their operands checked.
import { expectCount, expectLength } from "./checks.ts";
import type { FramesModule } from "./frames-module.ts";
import type { LightOperation, Patches } from "./kernels.ts";
import type { BlockShape } from "./operands.ts";

const record_words = 16;
const kinds = { patches: 0, field: 1, modulate: 2, modulateWeighted: 3 } as const;
const f32_bytes = 4;

/** How many bytes the records of these operations take: one a field, one for all patches of an operation. */
export function tableBytes(operations: readonly LightOperation[]): number {
  return 4 * record_words * recordCount(operations);
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
      case "fields":
        expectCount("count", operation.count);
        expectLength("field", operation.fields, operation.count * nPixels);
        expectLength("weights", operation.weights, operation.count * nFrames);
        break;
      case "modulate":
        expectLength("field", operation.field, nPixels);
        if (operation.weights) expectLength("weights", operation.weights, nFrames);
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

/** Writes the records at the front of `table`, which is as long as `tableBytes` says. */
export function writeOperations(
  table: Int32Array,
  operations: readonly LightOperation[],
  { nFrames, height, width }: BlockShape,
): void {
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
        const { field, weights } = operation;
        if (weights) record(kinds.modulateWeighted, field.byteOffset, weights.byteOffset);
        else record(kinds.modulate, field.byteOffset, 0);
      }
    }
  }
}
