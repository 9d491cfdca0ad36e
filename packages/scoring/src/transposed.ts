// Footprints with rows and columns exchanged.
import { type Footprint, FootprintStack } from "@minisim/footprint";

export function transposed(stack: FootprintStack): FootprintStack {
  const { height, width } = stack.canvas;
  const turned = Array.from({ length: stack.length }, (_, i): Footprint => {
    const patch = stack.at(i);
    const data = new Float32Array(patch.data.length);
    for (let y = 0; y < patch.height; y++) {
      for (let x = 0; x < patch.width; x++) {
        data[x * patch.height + y] = patch.data[y * patch.width + x]!;
      }
    }
    return { row: patch.col, col: patch.row, height: patch.width, width: patch.height, data };
  });
  return FootprintStack.from(turned, { height: width, width: height });
}
