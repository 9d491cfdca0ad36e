// The table of operations that a pass interprets. One record an operation, written by the caller except for the lanes.
import { Vector } from "./vector";

/** frame_f += Σ_k weights[k·nFrames + f] · patch_k. */
export const PATCHES: i32 = 0;
/** frame_f += weights[f] · field. */
export const FIELD: i32 = 1;
/** frame_f *= field. */
export const MODULATE: i32 = 2;
/** frame_f *= field, then *= weights[f]. */
export const MODULATE_WEIGHTED: i32 = 3;

/** kind; field or table; weights or 0; and for patches: starts, data, count. Then, from byte 32, a weight a lane. */
export const RECORD_BYTES: usize = 64;
export const LANES: i32 = 8;

export class Operation {
  @inline
  static at(operations: usize, index: i32): usize {
    return operations + <usize>index * RECORD_BYTES;
  }
  @inline
  static kind(record: usize): i32 {
    return load<i32>(record);
  }
  @inline
  static operand(record: usize): usize {
    return load<u32>(record, 4);
  }
  @inline
  static weights(record: usize): usize {
    return load<u32>(record, 8);
  }
  @inline
  static starts(record: usize): usize {
    return load<u32>(record, 12);
  }
  @inline
  static data(record: usize): usize {
    return load<u32>(record, 16);
  }
  @inline
  static count(record: usize): i32 {
    return load<i32>(record, 20);
  }
  /** The weights of four lanes of a field's operation. */
  @inline
  static lanes(record: usize, quad: i32): usize {
    return record + 32 + ((<usize>quad) << 4);
  }
}

/** Puts the weights of frames first…first + 7 into the lanes of every field's record; lanes without a frame get 0. */
export function spreadWeights(operations: usize, nOperations: i32, nFrames: i32, first: i32): void {
  for (let i = 0; i < nOperations; i++) {
    const record = Operation.at(operations, i);
    const weights = Operation.weights(record);
    if (Operation.kind(record) == PATCHES || weights == 0) continue;
    const at = weights + ((<usize>first) << 2);
    v128.store(Operation.lanes(record, 0), Vector.loadRun(at, nFrames - first));
    v128.store(Operation.lanes(record, 1), Vector.loadRun(at + 16, nFrames - first - 4));
  }
}
