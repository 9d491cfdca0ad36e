// Footprints as a sparse matrix of pixels × units, compressed by units, pixels numbered down the columns of the image
// (y + x · height): the form of CaImAn, and of MATLAB's sparse.
import type { FootprintStack } from "@minisim/footprint";

export interface ColumnMajorMatrix {
  readonly indptr: Int32Array;
  readonly indices: Int32Array;
  readonly data: Float32Array;
}

/** The footprints as such a matrix; pixels ascend within a unit, zeros are left out. */
export function toColumnMajor(stack: FootprintStack): ColumnMajorMatrix {
  const { height: canvasHeight } = stack.canvas;
  const stored = stack.data.reduce((count, value) => count + Number(value !== 0), 0);
  const indptr = new Int32Array(stack.length + 1);
  const indices = new Int32Array(stored);
  const data = new Float32Array(stored);
  let next = 0;
  for (let unit = 0; unit < stack.length; unit++) {
    const patch = stack.at(unit);
    for (let x = 0; x < patch.width; x++) {
      for (let y = 0; y < patch.height; y++) {
        const value = patch.data[y * patch.width + x]!;
        if (value === 0) continue;
        indices[next] = (patch.col + x) * canvasHeight + patch.row + y;
        data[next] = value;
        next += 1;
      }
    }
    indptr[unit + 1] = next;
  }
  return { indptr, indices, data };
}
