// Reading and writing the last lanes of a row, so that no verb touches memory beyond its operands.
export class Vector {
  /** As many of the four floats at `source` as remain; the other lanes are 0. */
  @inline
  static loadRun(source: usize, remaining: i32): v128 {
    return remaining >= 4 ? v128.load(source) : loadHead(source, remaining);
  }

  /** Stores as many of the four lanes as remain. */
  @inline
  static storeRun(target: usize, v: v128, remaining: i32): void {
    if (remaining >= 4) v128.store(target, v);
    else storeHead(target, v, remaining);
  }
}

function loadHead(source: usize, count: i32): v128 {
  let v = f32x4.splat(0);
  if (count > 0) v = f32x4.replace_lane(v, 0, load<f32>(source));
  if (count > 1) v = f32x4.replace_lane(v, 1, load<f32>(source, 4));
  if (count > 2) v = f32x4.replace_lane(v, 2, load<f32>(source, 8));
  return v;
}

function storeHead(target: usize, v: v128, count: i32): void {
  if (count > 0) store<f32>(target, f32x4.extract_lane(v, 0));
  if (count > 1) store<f32>(target, f32x4.extract_lane(v, 1), 4);
  if (count > 2) store<f32>(target, f32x4.extract_lane(v, 2), 8);
}
