// Fields over a strip of one frame: sixteen pixels are loaded once and taken through all operations.
import { FIELD, MODULATE_SWINGING, MODULATE_WEIGHTED, Operation, SCALE } from "./operations";
import { Vector } from "./vector";

class Piece {
  @inline
  static apply(x: v128, kind: i32, weight: v128, field: v128): v128 {
    if (kind == FIELD) return f32x4.add(x, f32x4.mul(weight, field));
    const product = f32x4.mul(x, field);
    return kind == MODULATE_WEIGHTED ? f32x4.mul(product, weight) : product;
  }

  @inline
  static swing(x: v128, weight: v128, field: v128, swing: v128): v128 {
    return f32x4.mul(x, f32x4.add(field, f32x4.mul(weight, swing)));
  }

  @inline
  static weight(record: usize, frame: i32): v128 {
    const weights = Operation.weights(record);
    return weights ? v128.load32_splat(weights + ((<usize>frame) << 2)) : f32x4.splat(1);
  }
}

/** Applies all operations to pixels pixel…pixel + nPixels of a frame, which `strip` holds. */
export function stripFields(
  strip: usize,
  pixel: i32,
  nPixels: i32,
  frame: i32,
  operations: usize,
  nOperations: i32,
): void {
  const end = Operation.at(operations, nOperations);
  let at = (<usize>pixel) << 2;
  let p = 0;
  for (; p + 16 <= nPixels; p += 16) {
    let a = v128.load(strip);
    let b = v128.load(strip, 16);
    let c = v128.load(strip, 32);
    let d = v128.load(strip, 48);
    for (let record = operations; record < end; record += 64) {
      const kind = Operation.kind(record);
      const field = Operation.operand(record) + at;
      const weight = Piece.weight(record, frame);
      if (kind == FIELD) {
        a = f32x4.add(a, f32x4.mul(weight, v128.load(field)));
        b = f32x4.add(b, f32x4.mul(weight, v128.load(field, 16)));
        c = f32x4.add(c, f32x4.mul(weight, v128.load(field, 32)));
        d = f32x4.add(d, f32x4.mul(weight, v128.load(field, 48)));
        continue;
      }
      if (kind == MODULATE_SWINGING) {
        const swing = Operation.swing(record) + at;
        a = Piece.swing(a, weight, v128.load(field), v128.load(swing));
        b = Piece.swing(b, weight, v128.load(field, 16), v128.load(swing, 16));
        c = Piece.swing(c, weight, v128.load(field, 32), v128.load(swing, 32));
        d = Piece.swing(d, weight, v128.load(field, 48), v128.load(swing, 48));
        continue;
      }
      if (kind != SCALE) {
        a = f32x4.mul(a, v128.load(field));
        b = f32x4.mul(b, v128.load(field, 16));
        c = f32x4.mul(c, v128.load(field, 32));
        d = f32x4.mul(d, v128.load(field, 48));
      }
      if (kind == MODULATE_WEIGHTED || kind == SCALE) {
        a = f32x4.mul(a, weight);
        b = f32x4.mul(b, weight);
        c = f32x4.mul(c, weight);
        d = f32x4.mul(d, weight);
      }
    }
    v128.store(strip, a);
    v128.store(strip, b, 16);
    v128.store(strip, c, 32);
    v128.store(strip, d, 48);
    strip += 64;
    at += 64;
  }
  for (; p < nPixels; p += 4) {
    const remaining = nPixels - p;
    let x = Vector.loadRun(strip, remaining);
    for (let record = operations; record < end; record += 64) {
      const weight = Piece.weight(record, frame);
      if (Operation.kind(record) == SCALE) {
        x = f32x4.mul(x, weight);
        continue;
      }
      const field = Vector.loadRun(Operation.operand(record) + at, remaining);
      if (Operation.kind(record) == MODULATE_SWINGING) {
        const swing = Vector.loadRun(Operation.swing(record) + at, remaining);
        x = Piece.swing(x, weight, field, swing);
      } else x = Piece.apply(x, Operation.kind(record), weight, field);
    }
    Vector.storeRun(strip, x, remaining);
    strip += 16;
    at += 16;
  }
}
