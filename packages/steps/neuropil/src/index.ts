// The neuropil step: the diffuse background light of processes too fine to see.
import { FootprintStack } from "@minisim/footprint";
import { attenuation, collectionEfficiency } from "@minisim/optics";
import {
  accumulate,
  defineStep,
  facts,
  type Scene,
  type Shape,
  type ShareWork,
  slots,
  summaryOf,
} from "@minisim/pipeline";
import { ornsteinUhlenbeck } from "@minisim/random";
import type { Acquisition } from "@minisim/spec";
import { name, version } from "../package.json";
import { firstEdition } from "./first-edition.ts";
import { params } from "./params.ts";
import { populationEnvelope } from "./population.ts";
import { componentNodes, fieldsOf, nodeGrid, spacingOf } from "./spatial.ts";
import { logSd, timeCourse } from "./time-courses.ts";
import { neuropilWork } from "./work.ts";

export { populationEnvelope } from "./population.ts";

export const neuropil = defineStep({
  kind: "neuropil",
  package: { name, version },
  revision: 2,
  domain: "tissue",
  after: ["composite"],
  summary:
    "Bright, smooth background from out-of-focus processes, which fluctuates a little, partly with the population.",
  sources: ["doi:10.7554/eLife.28728", "doi:10.1103/PhysRevE.54.2084"],
  params,
  firstEdition,
  truth: {
    neuropil_spatial: {
      dims: ["component", "height", "width"],
      unit: "1",
      description:
        "Spatial components S_k over the field of view, not negative. The background is " +
        "level · NA² · attenuation(depth_um) · mean over k of S_k · T_k.",
    },
    neuropil_temporal: {
      dims: ["component", "frame"],
      unit: "1",
      description:
        "Time courses T_k, the mean intact fraction of the fluorophore included, the level and 1/n_components not.",
    },
    neuropil_population: {
      dims: ["frame"],
      unit: "1",
      description:
        "Slow envelope p of all cells' clean traces together, mean 0, standard deviation 1; absent where no cell has a trace that varies.",
    },
  },
  announce: ({ params, acquisition }) => facts.background.of(meanLight(params, acquisition)),
  work: neuropilWork,
  compile({ params, acquisition, geometry, scene, random, share }) {
    const { n_components } = params;
    const { n_frames, fps, pixel_size_um, canvas, fov } = geometry;
    const components = Array.from({ length: n_components }, (_, k) => k);

    const sigma_px = params.spatial_sigma_um / pixel_size_um;
    const spacing_px = spacingOf(sigma_px);
    const grid = nodeGrid(canvas, sigma_px);
    const keys = [random.key("pattern"), ...components.map((k) => random.key("spatial", k))];
    const nodes = componentNodes(grid, sigma_px / spacing_px, params, keys);

    const activity = scene.get(slots.activity);
    const population = activity
      ? populationEnvelope(summaryOf(activity.C, share).sum, params.population_tau_s * fps)
      : null;
    const intact = meanIntact(scene, share);
    const population_coupling = population ? params.population_coupling : 0;
    const sd = logSd({ ...params, population_coupling });
    const temporal = new Float64Array(n_components * n_frames);
    for (const k of components) {
      const { normal } = random.stream("temporal", k);
      const own = ornsteinUhlenbeck(n_frames, params.temporal_tau_s * fps, normal);
      const course = timeCourse(own, population, sd);
      temporal.set(intact ? course.map((value, t) => value * intact[t]!) : course, k * n_frames);
    }

    const light = meanLight(params, acquisition);
    return {
      truth: {
        neuropil_spatial: fieldsOf(nodes, grid, fov, spacing_px),
        neuropil_temporal: temporal,
        ...(population && { neuropil_population: population }),
      },
      frames: accumulate(
        { spacing_px, coefficients: stackOf(nodes, grid, n_components) },
        { per_frame: [temporal], scale: light / n_components },
      ),
    };
  },
});

function meanLight(
  { level, depth_um }: { readonly level: number; readonly depth_um: number },
  { optics, tissue }: Acquisition,
): number {
  return level * collectionEfficiency(optics) * attenuation(depth_um, tissue);
}

/** The mean over cells of the fluorophore that is left, one value a frame; null where nothing bleaches. */
function meanIntact(scene: Scene, share: ShareWork | null): Float64Array | null {
  const intact = scene.get(slots.intact_fraction);
  return intact?.rows ? summaryOf(intact, share).sum.map((sum) => sum / intact.rows) : null;
}

/** Fields that cover the whole grid. */
function stackOf(nodes: Float64Array, grid: Shape, count: number): FootprintStack {
  const each = (values: readonly [number, number]) =>
    Int32Array.from({ length: 2 * count }, (_, i) => values[i % 2]!);
  return FootprintStack.fromArrays({
    canvas: grid,
    offsets: each([0, 0]),
    shapes: each([grid.height, grid.width]),
    data: Float32Array.from(nodes),
  });
}
