// What the package promises to export.
import * as kernels from "@minisim/kernels";
import * as math from "@minisim/kernels/math";
import * as reference from "@minisim/kernels/reference";
import { expect, test } from "vitest";

test("the public names are these", () => {
  expect(Object.keys(kernels).sort()).toEqual([
    "blurField",
    "createKernels",
    "gaussianTaps",
    "normalField",
  ]);
  expect(Object.keys(kernels.createKernels()).sort()).toEqual(
    [...Object.keys(reference), "arena", "capture", "compose", "expose"].sort(),
  );
  expect(Object.keys(reference).sort()).toEqual([
    "accumulateField",
    "accumulatePatches",
    "blur",
    "digitize",
    "modulate",
    "normals",
    "philox",
    "translate",
  ]);
  expect(Object.keys(math).sort()).toEqual([
    "acos",
    "asin",
    "atan",
    "atan2",
    "cbrt",
    "cos",
    "cosh",
    "exp",
    "expm1",
    "hypot",
    "log",
    "log10",
    "log1p",
    "log2",
    "pow",
    "roundHalfEven",
    "sin",
    "sinh",
    "tan",
    "tanh",
  ]);
});
