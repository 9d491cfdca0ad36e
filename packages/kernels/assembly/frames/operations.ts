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
/** frame_f *= field + weights[f] · swing. */
export const MODULATE_SWINGING: i32 = 5;
/** frame_f *= weights[f]; there is no field. */
export const SCALE: i32 = 6;
/** frame_f += the cubic spline of Σ_k weights[k·nFrames + f] · patch_k, whose patches lie on a coarse grid. */
export const COARSE: i32 = 4;

/**
 * kind; field or table; weights or 0; for a field that swings: its swing; and for patches: starts, data, count. Then, from byte 32, a weight a lane; for coarse
 * patches from byte 24: sums, the taps of rows and of columns, height and width of the grid.
 */
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
  /** The second field of one that swings. */
  @inline
  static swing(record: usize): usize {
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
  /** Whether it takes a pixel at a time: a field's, not patches'. */
  @inline
  static isPointwise(record: usize): bool {
    const kind = Operation.kind(record);
    return kind != PATCHES && kind != COARSE;
  }
  /** The weights of four lanes of a field's operation. */
  @inline
  static lanes(record: usize, quad: i32): usize {
    return record + 32 + ((<usize>quad) << 4);
  }
}

/** What the record of coarse patches holds beside that of patches. A tap is the first of four nodes, and their weights. */
export class Coarse {
  @inline
  static sums(record: usize): usize {
    return load<u32>(record, 24);
  }
  @inline
  static height(record: usize): i32 {
    return load<i32>(record, 36);
  }
  @inline
  static width(record: usize): i32 {
    return load<i32>(record, 40);
  }
  /** The sums of four frames, from `first` + 4·q on, a lane each; they lie behind the line. */
  @inline
  static quad(record: usize, first: i32, q: i32): usize {
    const nodes = <usize>Coarse.height(record) * <usize>Coarse.width(record);
    return (
      Coarse.line(record) + (Coarse.width(record) << 5) + <usize>((first >> 2) + q) * (nodes << 4)
    );
  }
  /** Room for one row of the grid. */
  @inline
  static line(record: usize): usize {
    return Coarse.sums(record);
  }
  @inline
  static rowTap(record: usize, y: i32): usize {
    return <usize>load<u32>(record, 28) + <usize>y * 20;
  }
  @inline
  static columnTap(record: usize, x: i32): usize {
    return <usize>load<u32>(record, 32) + <usize>x * 20;
  }
}

/** Puts the weights of frames first…first + 7 into the lanes of every field's record; lanes without a frame get 0. */
export function spreadWeights(operations: usize, nOperations: i32, nFrames: i32, first: i32): void {
  for (let i = 0; i < nOperations; i++) {
    const record = Operation.at(operations, i);
    const weights = Operation.weights(record);
    if (!Operation.isPointwise(record) || weights == 0) continue;
    const at = weights + ((<usize>first) << 2);
    v128.store(Operation.lanes(record, 0), Vector.loadRun(at, nFrames - first));
    v128.store(Operation.lanes(record, 1), Vector.loadRun(at + 16, nFrames - first - 4));
  }
}
