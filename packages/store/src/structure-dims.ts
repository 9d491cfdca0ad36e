// Dimensions of one name have one length, throughout a store.
import { partError } from "./error.ts";
import { checkFrames, checkOffset } from "./header.ts";
import { type ArrayNode, metadataKey } from "./metadata.ts";
import type { MovieNode, Stage } from "./movie.ts";
import type { TruthAttributes } from "./truth-arrays.ts";
import { SPIKE_TIMES, TRUTH } from "./truth-fields.ts";

/** @throws StoreError "invalid" that names both arrays that disagree. */
export function checkTruthDims(
  arrays: ReadonlyMap<string, ArrayNode>,
  { fov_shape: [height, width], fov_offset: [top, left], canvas_shape }: TruthAttributes,
): void {
  const groupKey = metadataKey(TRUTH);
  if (top + height > canvas_shape[0] || left + width > canvas_shape[1]) {
    throw partError("invalid", groupKey, "has a field of view that reaches past the canvas");
  }
  const units = arrays.get(`${SPIKE_TIMES}/offsets`)!.shape[0]! - 1;
  const lengths = new Map<string, [length: number, from: string]>([
    ["height", [height, groupKey]],
    ["width", [width, groupKey]],
    ["unit", [units, SPIKE_TIMES]],
    ["axis_yx", [2, "its name"]],
    ["axis_zyx", [3, "its name"]],
  ]);
  for (const { path, dims, shape } of arrays.values()) {
    if (!path.startsWith(`${TRUTH}/`)) continue;
    for (const [axis, dim] of dims.entries()) {
      const length = shape[axis]!;
      const [other, from] = lengths.get(dim) ?? [length, path];
      lengths.set(dim, [other, from]);
      if (length === other) continue;
      const problem = `has ${length} along "${dim}", but ${from} has ${other}`;
      throw partError("invalid", metadataKey(path), problem);
    }
  }
}

/** @throws StoreError "invalid" when a movie does not go with the ground truth. */
export function checkStageDims(
  observed: MovieNode,
  stages: ReadonlyMap<string, Stage>,
  { fov_shape }: TruthAttributes,
  frames: number,
): void {
  const size = observed.shape.slice(1).join(" × ");
  if (size !== fov_shape.join(" × ")) {
    const problem = `has frames of ${size}, but the field of view is ${fov_shape.join(" × ")}`;
    throw partError("invalid", metadataKey(observed.path), problem);
  }
  checkFrames(observed.path, observed.shape, frames);
  for (const { node, fov_offset } of stages.values()) {
    checkFrames(node.path, node.shape, frames);
    checkOffset(node.path, node.shape, fov_offset, fov_shape);
  }
}
