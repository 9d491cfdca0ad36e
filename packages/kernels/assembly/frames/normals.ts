// A window of an unbounded field of standard normals: the one at (row, col) has the Philox counter (col, row, 1, 0).
import { boxMuller } from "./normal";
import { philoxLanes, scheduleKeys } from "./philox";
import { Vector } from "./vector";

const schedule = memory.data(320, 16);
const words = memory.data(64, 16);

export function normals(
  target: usize,
  rows: i32,
  cols: i32,
  rowStart: i32,
  colStart: i32,
  key0: i32,
  key1: i32,
): void {
  scheduleKeys(schedule, key0, key1);
  const lanes = i32x4(0, 1, 2, 3);
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < cols; c += 4) {
      v128.store(words, i32x4.add(i32x4.splat(colStart + c), lanes));
      v128.store(words, i32x4.splat(rowStart + r), 16);
      v128.store(words, i32x4.splat(1), 32);
      v128.store(words, i32x4.splat(0), 48);
      philoxLanes(words, schedule);
      boxMuller(words, 1);
      Vector.storeRun(target, v128.load(words), cols - c);
      target += (<usize>min(4, cols - c)) << 2;
    }
  }
}
