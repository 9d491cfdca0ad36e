// Coordinates: seconds from the first frame, micrometres from the optical axis, also where a window is recorded.
import { coordinatesOf, GroundTruth } from "@minisim/recording";
import { createSpecFactory } from "@minisim/spec";
import { expect, test } from "vitest";
import { FOV, FRAMES, truthData } from "./truth.ts";

const truth = new GroundTruth(truthData());
const { height, width } = FOV;
const sensor = { n_px_height: 100, n_px_width: 60, pixel_pitch_um: 4 };
const of = (acquisition: object) => {
  const optics = { magnification: 2 };
  const input = { image_sensor: sensor, optics, fps: 25, ...acquisition };
  return coordinatesOf(createSpecFactory([]).parse({ acquisition: input, steps: [] }), truth);
};

test("frames begin a 25th of a second apart, cells lie at their depths", () => {
  const { time_s, depth_um } = of({});
  expect([...time_s]).toEqual(Array.from({ length: FRAMES }, (_, i) => i / 25));
  expect([...depth_um]).toEqual([0, 3, 6]);
});

test("a window's pixels lie where those of the sensor do", () => {
  const { y_um, x_um } = of({ window: { top: 70, left: 3, height, width } });
  // Pixels of 2 µm; the axis is between rows 49 and 50, and between columns 29 and 30.
  expect([...y_um]).toEqual(Array.from({ length: height }, (_, i) => (70 + i - 49.5) * 2));
  expect([...x_um]).toEqual(Array.from({ length: width }, (_, i) => (3 + i - 29.5) * 2));
});
