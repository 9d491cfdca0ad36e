// What a blur is expected to cost.
import { blurOperations } from "@minisim/kernels";
import { expect, test } from "vitest";

const square = (side: number) => ({ height: side, width: side });

test("taps times pixels, along and down", () => {
  const size = { source: square(320), target: square(320), sigma_px: 10 };
  const taps = 81;
  expect(blurOperations({ ...size, edge: "nearest" })).toBe(2 * 320 * 320 * taps + 100 * taps);
});

test("where there is no light, nothing is computed down", () => {
  const size = { source: square(8), target: square(320), sigma_px: 40 };
  const taps = 321;
  expect(blurOperations({ ...size, edge: "zero" })).toBe(
    8 * 320 * taps + 320 * 320 * 8 + 100 * taps,
  );
  expect(blurOperations({ ...size, edge: "nearest" })).toBe(
    8 * 320 * taps + 320 * 320 * taps + 100 * taps,
  );
});

test("small windows cost whole groups of rows and columns", () => {
  const size = { source: square(1), target: square(1), sigma_px: 0, edge: "nearest" } as const;
  expect(blurOperations(size)).toBe(32 + 4 * 8 + 100);
});
