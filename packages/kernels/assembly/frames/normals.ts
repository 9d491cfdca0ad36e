// A window of an unbounded field of standard normals: the one at (row, col) has the Philox counter (col, row, 1, 0).
import { boxMuller, normalCos } from "./normal";
import { philoxLanes, word0, word1 } from "./philox";
import { Vector } from "./vector";

export function normals(
  target: usize,
  rows: i32,
  cols: i32,
  rowStart: i32,
  colStart: i32,
  key0: i32,
  key1: i32,
): void {
  const lanes = i32x4(0, 1, 2, 3);
  for (let r = 0; r < rows; r++) {
    const row = i32x4.splat(rowStart + r);
    for (let c = 0; c < cols; c += 4) {
      const col = i32x4.add(i32x4.splat(colStart + c), lanes);
      philoxLanes(col, row, i32x4.splat(1), i32x4.splat(0), i32x4.splat(key0), i32x4.splat(key1));
      boxMuller(word0, word1);
      Vector.storeRun(target, normalCos, cols - c);
      target += (<usize>min(4, cols - c)) << 2;
    }
  }
}
