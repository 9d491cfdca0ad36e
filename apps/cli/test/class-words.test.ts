// The classes of a report in words, of an estimate whose faults are planted.
import { FootprintStack } from "@minisim/footprint";
import { score } from "@minisim/scoring";
import { simulate } from "minisim";
import { expect, test } from "vitest";
import { cellClassWords, cellSentences, estimateClassWords } from "../src/scoring/class-words.ts";

/** Six cells 30 µm apart in a field of 100 × 100 µm. */
const SIX_APART = {
  acquisition: {
    duration_s: 3,
    optics: { magnification: 3 },
    image_sensor: { n_px_height: 100, n_px_width: 100, pixel_pitch_um: 3 },
  },
  steps: [
    {
      kind: "place_neurons" as const,
      soma_radius_um: 5,
      positions_um: [-30, 0, 30].flatMap(
        (x) =>
          [
            [50, -15, x],
            [50, 15, x],
          ] as [number, number, number][],
      ),
    },
    {
      kind: "cell_activity" as const,
      rate_hz: 8,
      rate_log10_sd: 0,
      silent_fraction: 0,
      burst_mean: 4,
    },
    { kind: "optics" as const },
    { kind: "composite" as const },
    { kind: "sensor" as const, photons_per_um2_s: 2000 },
  ],
};

test("say how many are of each class, and who is split, merged and missed", async () => {
  const { ground_truth } = await simulate(SIX_APART);
  const cells = ground_truth.observed_footprints;
  const [height, width] = ground_truth.fov_shape;
  const [top, left] = ground_truth.fov_offset;
  const images = cells.toDense({ top, left, height, width });
  const size = height * width;
  const image = (i: number) => images.subarray(i * size, (i + 1) * size);
  const brightest = image(1).indexOf(Math.max(...image(1)));
  const planted = [
    image(0),
    image(0),
    image(1).map((w, k) => (k < brightest ? w : 0)),
    image(1).map((w, k) => (k >= brightest ? w : 0)),
    image(2).map((w, k) => w + image(3)[k]!),
  ];
  const data = Float32Array.from(planted.flatMap((one) => [...one]));
  const footprints = FootprintStack.fromDense(data, { height, width });
  const report = score({ footprints }, ground_truth, { restrict_to_detectable: false });
  expect(estimateClassWords(report)).toBe("1 found, 2 split, 1 merged, 1 redundant");
  const reasons = report.cells.slice(4).map(({ missed_because }) => missed_because);
  expect(reasons).toEqual(["unexplained", "unexplained"]);
  expect(cellClassWords(report)).toBe("1 found, 1 split, 2 merged, 2 missed (2 unexplained)");
  expect(cellSentences(report)).toEqual([
    expect.stringMatching(/^Cell 1 is split into estimates (2, 3|3, 2)\.$/),
    "Cell 2 is merged with cell 3 in estimate 4.",
    "Cell 3 is merged with cell 2 in estimate 4.",
    "Missed, unexplained: cells 4, 5.",
  ]);
});
