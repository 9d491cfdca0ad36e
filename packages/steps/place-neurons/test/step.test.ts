// The step in a pipeline: what lands on the scene, and the rules of its parameters.
import { cropFootprint } from "@minisim/footprint";
import { compile, defineStep, facts, slots } from "@minisim/pipeline";
import { createSpecFactory, formatIssue } from "@minisim/spec";
import { placeNeurons } from "@minisim/step-place-neurons";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { footprintOn } from "../src/patch.ts";

/** Stands for motion: asks for a margin and does nothing else. */
const roomy = defineStep({
  kind: "roomy",
  revision: 1,
  domain: "motion",
  summary: "Asks for a margin.",
  sources: [],
  params: z.strictObject({ margin: z.number().default(11) }),
  announce: ({ params }) => facts.margin_px.of(params.margin),
  compile() {},
});

const steps = [placeNeurons, roomy] as const;
const factory = createSpecFactory(steps);

function spec(params: object, others: object[] = [], acquisition: object = {}, seed = 0) {
  return factory.parse({
    acquisition,
    seed,
    steps: [{ kind: "place_neurons", ...params }, ...others],
  });
}

function issuesOf(params: object, acquisition: object = {}) {
  const result = factory.safeParse({ acquisition, steps: [{ kind: "place_neurons", ...params }] });
  return (result.ok ? result.warnings : result.issues).map(
    (issue) => `${issue.severity} ${formatIssue(issue)}`,
  );
}

const run = (...of: Parameters<typeof spec>) => compile(spec(...of), steps);

describe("the scene", () => {
  test("has the default population: footprints of peak 1 on the canvas, one key a cell, no instruction", () => {
    const plan = run({});
    const cells = [...plan.scene.get(slots.cells)];
    // 25 000 /mm³ in (256 · 3/8 µm)² · 200 µm
    expect(cells.length).toBe(46);
    expect(new Set(cells.map((cell) => JSON.stringify(cell.key))).size).toBe(46);
    for (const { planted } of cells) expect(Math.max(...planted.data)).toBe(1);
    expect(plan.program.instructions).toEqual([]);
    expect(plan.warnings).toEqual([]);
  });

  test("keeps every cell when something asks for a margin", () => {
    const still = [...run({}).scene.get(slots.cells)];
    const moving = [...run({}, [{ kind: "roomy" }]).scene.get(slots.cells)];
    const fov = { height: 256, width: 256 };
    expect(moving.length).toBe(54); // 46 · (278/256)² = 54.2
    for (const [i, { key, position_um, planted }] of still.entries()) {
      expect(moving[i]!.key).toEqual(key);
      expect(moving[i]!.position_um).toEqual(position_um);
      // A cell at the edge of the FOV shows more of itself on the canvas; all that was seen stays.
      const inView = cropFootprint(moving[i]!.planted, { top: 11, left: 11, ...fov });
      expect(footprintOn(fov, inView)).toEqual(planted);
    }
  });

  test("holds exactly the positions given", () => {
    const positions_um = [
      [10, 0, 0],
      [200, -20.5, 30.25],
      [0, 500, 0],
    ];
    const cells = [
      ...run({ positions_um, min_distance_um: 900, density_per_mm3: 1 }).scene.get(slots.cells),
    ];
    expect(cells.map((cell) => cell.position_um)).toEqual(positions_um);
    expect(cells.map((cell) => cell.key)).toEqual([0, 1, 2].map((i) => [0, "given", i]));
    expect(cells[2]!.planted.data.length).toBe(0); // 500 µm off the axis: beyond the 96 µm field
  });

  test("holds the populations one after the other, each drawn by itself", () => {
    const a = { depth_range_um: [100, 120], density_per_mm3: 2e5 };
    const b = { morphology: "cytosolic", soma_radius_um: 4 };
    const both = [...run({ populations: [a, b] }).scene.get(slots.cells)];
    const first = [...run({ populations: [a] }).scene.get(slots.cells)];
    expect(both.slice(0, first.length)).toEqual(first);
    expect(both.slice(first.length).every((cell) => cell.key[0] === 1)).toBe(true);
    expect([...run(a).scene.get(slots.cells)]).toEqual(first); // a list of one is the step's own fields
  });

  test("is another one under another seed", () => {
    const [a, b] = [0, 1].map(
      (seed) => run({}, [], {}, seed).scene.get(slots.cells).at(0).position_um,
    );
    expect(a).not.toEqual(b);
  });

  test("warns with both numbers when cells do not fit", () => {
    const { warnings, scene } = run({ min_distance_um: 50 });
    const message = `Only ${scene.get(slots.cells).count} of 46 cells fit at least 50 µm apart.`;
    expect(scene.get(slots.cells).count).toBeLessThan(46);
    expect(warnings.length).toBe(1);
    expect(warnings[0]).toMatchObject({ code: "fewer_cells", path: ["steps", 0], message });
  });

  test("agrees with an independent implementation on the V4 × CA1 preset", () => {
    const ca1 = {
      density_per_mm3: 45_000,
      soma_radius_um: 5,
      morphology: "cytosolic",
      depth_range_um: [140, 160],
    };
    const acquisition = {
      optics: { na: 0.3, magnification: 2.9 },
      image_sensor: { n_px_height: 608, n_px_width: 608, pixel_pitch_um: 4.8 },
    };
    const { scene } = run({ populations: [ca1] }, [{ kind: "roomy" }], acquisition);
    const { planted } = scene.get(slots.cells);
    const inView = planted.crop({ top: 11, left: 11, height: 608, width: 608 });
    const areas: number[] = [];
    const boxes: number[] = [];
    for (let i = 0; i < planted.length; i++) {
      const area = inView.at(i).data.filter((value) => value > 0).length;
      if (area === 0) continue;
      areas.push(area);
      boxes.push(planted.at(i).data.length);
    }
    const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1]!;
    expect(planted.length).toBe(979);
    // Six seeds there: 972 … 977 cells in view, median area 96 … 98 px, median patch 672 … 696 px. Tolerances: four standard
    // errors of the difference between one median of 974 values (1.25 · sd/√n, with sd 33 and 210 px) and a mean of six.
    expect(Math.abs(areas.length - 974)).toBeLessThanOrEqual(6);
    expect(Math.abs(median(areas) - 96.8)).toBeLessThan(5.7);
    expect(Math.abs(median(boxes) - 683.4)).toBeLessThan(37);
  });
});

describe("the rules", () => {
  test("populations exclude changed fields of the step itself, which are named", () => {
    expect(issuesOf({ populations: [{}], soma_radius_um: 8, depth_range_um: [0, 90] })).toEqual([
      "error steps[0].populations: cannot be combined with soma_radius_um, depth_range_um of the step itself: set them in each population instead.",
    ]);
    expect(issuesOf({ populations: [{}], soma_radius_um: 7, depth_range_um: [0, 200] })).toEqual(
      [],
    );
  });

  test("an empty list of populations is an error", () => {
    expect(issuesOf({ populations: [] })).toEqual([
      "error steps[0].populations: must name at least one population, or be null.",
    ]);
  });

  test("a body wider than the field is an error", () => {
    const tiny = { image_sensor: { n_px_height: 32 } };
    expect(issuesOf({ populations: [{}, { soma_radius_um: 6.1 }] }, tiny)).toEqual([
      "error steps[0].populations[0].soma_radius_um: makes a cell body 14 µm across, larger than the field of view (12 µm).",
      "error steps[0].populations[1].soma_radius_um: makes a cell body 12.2 µm across, larger than the field of view (12 µm).",
    ]);
    expect(issuesOf({ soma_radius_um: 6 }, tiny)).toEqual([]);
  });

  test("depths run downwards from the surface", () => {
    expect(issuesOf({ depth_range_um: [30, 20] })).toEqual([
      "error steps[0].depth_range_um: must run from the lower to the higher depth (got [30, 20]).",
    ]);
    expect(issuesOf({ positions_um: [[-1, 0, 0]] })).toEqual([
      "error steps[0].positions_um[0][0]: must be a depth of 0 to 10000 µm below the surface (got -1).",
    ]);
    expect(issuesOf({ depth_range_um: [20, 20] })).toEqual([]);
  });

  test("a focal plane where no population is warns", () => {
    const populations = [
      { depth_range_um: [10, 20] },
      {
        positions_um: [
          [40, 0, 0],
          [60, 0, 0],
        ],
      },
    ];
    const at = (focal_depth_in_tissue_um: number | "auto") =>
      issuesOf({ populations }, { focal_depth_in_tissue_um });
    expect(at(30)).toEqual([
      "warning steps[0]: no population has cells at the focal plane, 30 µm: they lie at 10-20, 40-60 µm.",
    ]);
    expect([at(20), at(50), at("auto")]).toEqual([[], [], []]);
  });

  test("defaults are those of the reference", () => {
    const { kind: _, ...defaults } = spec({}).steps[0]!;
    expect(defaults).toEqual({
      density_per_mm3: 25000,
      soma_radius_um: 7,
      irregularity: 0.3,
      morphology: "soma",
      dendrite_length_um: 24,
      dendrite_width_um: 3,
      depth_range_um: [0, 200],
      min_distance_um: 0,
      positions_um: null,
      populations: null,
    });
  });
});
