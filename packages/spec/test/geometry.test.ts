import { type AcquisitionInput, createSpecFactory, geometryOf, umToIndex } from "@minisim/spec";
import { describe, expect, test } from "vitest";
import oracles from "./fixtures/oracles.json" with { type: "json" };

const { acquisition: oracle } = oracles;
const { parse } = createSpecFactory([]);
const geometry = (acquisition: AcquisitionInput) =>
  geometryOf(parse({ acquisition, steps: [] }).acquisition);

const example = geometry({
  optics: { magnification: 2.9 },
  image_sensor: { n_px_height: 600, n_px_width: 608, pixel_pitch_um: 4.8 },
  fps: 20,
  duration_s: 15.125,
});

describe("geometry", () => {
  // float64 formulas: 1e-12 relative, a few thousand roundings
  test("pixel size and field of view", () => {
    expect(example.pixel_size_um / oracle.pixel_size_um).toBeCloseTo(1, 12);
    expect(example.fov_um[0] / oracle.fov_um[0]!).toBeCloseTo(1, 12);
    expect(example.fov_um[1] / oracle.fov_um[1]!).toBeCloseTo(1, 12);
    expect(example.fov).toEqual({ height: 600, width: 608 });
    expect(10 / example.pixel_size_um / oracle.um_to_px_10).toBeCloseTo(1, 12);
  });

  test.each(oracle.um_to_index)("(%d, %d) µm is at (%d, %d)", (y_um, x_um, row, column) => {
    const index = umToIndex({ y_um: y_um!, x_um: x_um! }, example.fov, example.pixel_size_um);
    expect(index[0] / row!).toBeCloseTo(1, 12);
    expect(index[1] / column!).toBeCloseTo(1, 12);
  });

  test.each([
    [15.125, 20, oracle.n_frames], // 302.5
    [0.5, 1, 0],
    [1.5, 1, 2],
    [2.5, 1, 2],
    [2.49, 1, 2],
    [2.51, 1, 3],
    [150, 20, 3000],
  ])("%d s at %d Hz are %d frames (half to even)", (duration_s, fps, n_frames) => {
    // 0.5 s at 1 Hz is refused as a spec; the rounding rule holds for the plain function.
    const { acquisition } = parse({ steps: [] });
    expect(geometryOf({ ...acquisition, duration_s, fps }).n_frames).toBe(n_frames);
  });

  test("is frozen", () => {
    expect(Object.isFrozen(example) && Object.isFrozen(example.fov_um)).toBe(true);
  });
});
