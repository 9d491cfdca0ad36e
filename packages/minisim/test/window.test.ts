// What lies over the whole field of view has its middle in a window.
import { specInWindow } from "@minisim/pipeline";
import { builtinSteps, compile, groundTruth, Spec } from "minisim";
import { expect, test } from "vitest";

const WHOLE = { height: 96, width: 128, n_frames: 2 };
const WINDOW = { height: 40, width: 64, n_frames: 2 };

const spec = Spec.parse({
  acquisition: {
    duration_s: 0.1,
    image_sensor: { n_px_height: WHOLE.height, n_px_width: WHOLE.width },
  },
  steps: [
    { kind: "illumination_profile", center_offset_um: [3, -7], exponent: 1.5 },
    { kind: "vignette", falloff: 0.3 },
    { kind: "leakage", profile: "gaussian" },
  ],
});

test("lamp, lens and leakage of a window are those of the middle of the field", () => {
  const whole = groundTruth(compile(spec));
  const small = groundTruth(compile(Spec.parse(specInWindow(spec, builtinSteps, WINDOW))));
  expect(small.fov_shape).toEqual([WINDOW.height, WINDOW.width]);
  const [top, left] = [(WHOLE.height - WINDOW.height) / 2, (WHOLE.width - WINDOW.width) / 2];
  for (const name of ["illumination", "vignette", "leakage"]) {
    const [full, part] = [whole.get(name)!.data, small.get(name)!.data];
    expect(part.length).toBe(WINDOW.height * WINDOW.width);
    let worst = 0;
    for (const [pixel, value] of part.entries()) {
      const row = top + Math.floor(pixel / WINDOW.width);
      const at = row * WHOLE.width + left + (pixel % WINDOW.width);
      worst = Math.max(worst, Math.abs(value - full[at]!));
    }
    // Values up to 1, of a few roundings each: powers, roots and one quotient of radii.
    expect(worst).toBeLessThan(1e-14);
  }
});

test("of a spec that records a window of its sensor, the middle of that window", () => {
  const { acquisition } = spec;
  const window = { top: 30, left: 50, height: 60, width: 70 };
  const one = Spec.parse({ ...spec, acquisition: { ...acquisition, window } });
  const small = Spec.parse(specInWindow(one, builtinSteps, WINDOW));
  expect(small.acquisition.window).toEqual({ top: 40, left: 53, height: 40, width: 64 });
  expect(small.acquisition.image_sensor).toEqual(acquisition.image_sensor);
  expect(small.steps.slice(0, 2)).toEqual(one.steps.slice(0, 2));
});

test("the field's own size changes nothing but what is said of the field", () => {
  const { steps, ...rest } = specInWindow(spec, builtinSteps, WHOLE);
  const { steps: before, ...others } = spec;
  expect(rest).toEqual(others);
  expect(steps.slice(0, 2)).toEqual(before.slice(0, 2));
});

test("what is given of every frame is given of those of the window", () => {
  const spike_times_s = [[0.01, 0.06], [0.09]];
  const dff = [
    [1, 2, 3, 4],
    [5, 6, 7, 8],
  ];
  const trajectory_um = [
    [0, 0],
    [1, 2],
    [3, 4],
    [5, 6],
  ];
  const given = [
    { kind: "cell_activity", spike_times_s },
    { kind: "cell_activity", dff },
    { kind: "brain_motion", trajectory_um },
  ].map((step) => ({ acquisition: { duration_s: 0.2 }, steps: [step] }));
  const small = given.map((one) => {
    const part = specInWindow(Spec.parse(one), builtinSteps, {
      height: 50,
      width: 50,
      n_frames: 1,
    });
    return Spec.parse(part);
  });
  expect(small.map(({ acquisition }) => acquisition.duration_s)).toEqual([0.05, 0.05, 0.05]);
  expect(small.map(({ steps: [step] }) => step)).toMatchObject([
    { spike_times_s: [[0.01], []] },
    { dff: [[1], [5]] },
    { trajectory_um: [[0, 0]] },
  ]);
});
