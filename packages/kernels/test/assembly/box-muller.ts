// Test access to the pairs behind `normals` and `digitize`, for chosen words instead of Philox's.
import { boxMuller } from "../../assembly/frames/normal";

/** Lane i has radius word first + i·step and the angle word given; writes four cosines, then four sines. */
export function pairs(first: i32, step: i32, angle: i32, angleStep: i32, target: usize): void {
  const lanes = i32x4(0, 1, 2, 3);
  v128.store(target, i32x4.add(i32x4.splat(first), i32x4.mul(lanes, i32x4.splat(step))));
  v128.store(target, i32x4.add(i32x4.splat(angle), i32x4.mul(lanes, i32x4.splat(angleStep))), 16);
  boxMuller(target, 1);
}
