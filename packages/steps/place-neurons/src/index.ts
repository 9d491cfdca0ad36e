// The place_neurons step: where the cells are and what they look like in focus.
import { defineStep, type NewCell, type SceneGeometry, slots } from "@minisim/pipeline";
import type { Random } from "@minisim/random";
import { name, version } from "../package.json";
import { checkPlaceNeurons } from "./check.ts";
import { plantFootprint } from "./morphology.ts";
import { type Population, placeNeuronsParams, populationsOf } from "./params.ts";
import { placeCells } from "./placement.ts";
import type { Position } from "./spacing.ts";
import { placeNeuronsWork } from "./work.ts";

export const placeNeurons = defineStep({
  kind: "place_neurons",
  package: { name, version },
  revision: 1,
  domain: "cell",
  summary: "Scatters neurons through the tissue and draws the shape of each.",
  sources: ["doi:10.1073/pnas.12.3.207"],
  params: placeNeuronsParams,
  check: checkPlaceNeurons,
  work: placeNeuronsWork,
  compile({ params, geometry, random, warn }) {
    const cells: NewCell[] = [];
    for (const [p, population] of populationsOf(params).entries()) {
      const { sites, wanted } = sitesOf(p, population, geometry, random);
      for (const site of sites) cells.push(grow(site, population, geometry, random));
      if (sites.length < wanted) {
        const which = params.populations ? ` of population ${p}` : "";
        warn(
          "fewer_cells",
          `Only ${sites.length} of ${wanted} cells${which} fit at least ${population.min_distance_um} µm apart.`,
        );
      }
    }
    return { put: slots.cells.of(cells) };
  },
});

interface Site {
  readonly key: readonly (string | number)[];
  readonly position_um: Position;
}

function sitesOf(
  p: number,
  population: Population,
  { fov, margin_px, pixel_size_um }: SceneGeometry,
  random: Random,
): { sites: Site[]; wanted: number } {
  const given = population.positions_um;
  if (given) {
    const sites = given.map((position_um, i) => ({ key: [p, "given", i], position_um }));
    return { sites, wanted: given.length };
  }
  const { cells, wanted } = placeCells(population, { ...fov, pixel_size_um }, margin_px, (k) => {
    return random.stream("position", p, k).uniform;
  });
  const sites = cells.map(({ position_um, shell, candidate }) => ({
    key: [p, shell, candidate],
    position_um,
  }));
  return { sites, wanted };
}

function grow(
  site: Site,
  population: Population,
  geometry: SceneGeometry,
  random: Random,
): NewCell {
  const { canvas, pixel_size_um } = geometry;
  const [, y, x] = site.position_um;
  const morphology = {
    kind: population.morphology,
    irregularity: population.irregularity,
    soma_radius_px: population.soma_radius_um / pixel_size_um,
    length_px: population.dendrite_length_um / pixel_size_um,
    width_px: population.dendrite_width_um / pixel_size_um,
  };
  const plant = plantFootprint([y, x], { ...canvas, pixel_size_um }, morphology, (purpose) =>
    random.stream(purpose, ...site.key),
  );
  return { ...site, ...plant };
}
