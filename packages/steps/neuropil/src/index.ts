// The neuropil step: the diffuse background light of processes too fine to see.
import { accumulate, defineStep, slots, summaryOf } from "@minisim/pipeline";
import { slowFluctuation } from "./fluctuation.ts";
import { params } from "./params.ts";
import { populationEnvelope } from "./population.ts";
import { shareEqually, smoothField } from "./spatial.ts";
import { timeCourse } from "./time-courses.ts";
import { neuropilWork } from "./work.ts";

export { populationEnvelope } from "./population.ts";

export const neuropil = defineStep({
  kind: "neuropil",
  revision: 1,
  domain: "tissue",
  after: ["composite"],
  summary: "Diffuse background from out-of-focus processes, partly following the population.",
  sources: ["doi:10.7554/eLife.28728", "doi:10.1103/PhysRevE.54.2084"],
  params,
  truth: {
    neuropil_spatial: {
      dims: ["component", "canvas_height", "canvas_width"],
      unit: "1",
      description:
        "Spatial components S_k, not negative, all of the same mean over the canvas. " +
        "The background is amplitude · mean over k of S_k · T_k.",
    },
    neuropil_temporal: {
      dims: ["component", "frame"],
      unit: "1",
      description:
        "Time courses T_k, the mean intact fraction of the fluorophore included, the amplitude and 1/n_components not.",
    },
    neuropil_population: {
      dims: ["frame"],
      unit: "1",
      description:
        "Slow envelope P of all cells' clean traces together, mean 1; absent where no cell has a trace.",
    },
  },
  work: neuropilWork,
  compile({ params, geometry, scene, random }) {
    const { n_components } = params;
    const { n_frames, fps, pixel_size_um, canvas } = geometry;
    const components = Array.from({ length: n_components }, (_, k) => k);

    const sigmaPx = params.spatial_sigma_um / pixel_size_um;
    const spatial = shareEqually(
      components.map((k) => smoothField(canvas, sigmaPx, random.key("spatial", k))),
    );

    const activity = scene.get(slots.activity);
    const intact_fraction = scene.get(slots.intact_fraction);
    const population = activity
      ? populationEnvelope(summaryOf(activity.C).sum, params.population_tau_s * fps)
      : null;
    const intact = intact_fraction?.rows
      ? summaryOf(intact_fraction).sum.map((sum) => sum / intact_fraction.rows)
      : null;
    const temporal = new Float64Array(n_components * n_frames);
    for (const k of components) {
      const { normal } = random.stream("temporal", k);
      const drift = slowFluctuation(n_frames, params.temporal_tau_s * fps, normal);
      const course = timeCourse(drift, population, params.population_coupling);
      temporal.set(intact ? course.map((value, t) => value * intact[t]!) : course, k * n_frames);
    }

    return {
      truth: {
        neuropil_spatial: spatial,
        neuropil_temporal: temporal,
        ...(population && { neuropil_population: population }),
      },
      frames: accumulate(
        { count: n_components, height: canvas.height, width: canvas.width, data: spatial },
        { per_frame: [temporal], scale: params.amplitude / n_components },
      ),
    };
  },
});
