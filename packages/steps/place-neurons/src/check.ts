// Rules between fields.
import type { CheckContext, Finding, Path } from "@minisim/spec";
import {
  MAX_DEPTH_UM,
  type PlaceNeuronsParams,
  type Population,
  populationSchema,
  populationsOf,
} from "./params.ts";

export function checkPlaceNeurons(context: CheckContext<PlaceNeuronsParams>): Finding[] {
  const { params } = context;
  const findings = checkList(params);
  for (const [i, population] of populationsOf(params).entries()) {
    const base: Path = params.populations ? ["populations", i] : [];
    findings.push(...checkPopulation(population, base, context));
  }
  findings.push(...checkFocus(context));
  return findings;
}

function checkList(params: PlaceNeuronsParams): Finding[] {
  const { populations, ...own } = params;
  if (!populations) return [];
  const findings: Finding[] = [];
  if (populations.length === 0) {
    findings.push({
      severity: "error",
      code: "no_populations",
      path: ["populations"],
      message: "must name at least one population, or be null.",
    });
  }
  const untouched: Readonly<Record<string, unknown>> = populationSchema.parse({});
  const changed = Object.entries(own)
    .filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(untouched[name]))
    .map(([name]) => name);
  if (changed.length > 0) {
    findings.push({
      severity: "error",
      code: "population_twice",
      path: ["populations"],
      message: `cannot be combined with ${changed.join(", ")} of the step itself: set ${changed.length === 1 ? "it" : "them"} in each population instead.`,
      involves: changed.map((name) => [name]),
    });
  }
  return findings;
}

function checkPopulation(
  population: Population,
  base: Path,
  { geometry }: CheckContext<PlaceNeuronsParams>,
): Finding[] {
  const findings: Finding[] = [];
  const smallerSide_um = Math.min(...geometry.fov_um);
  const diameter_um = 2 * population.soma_radius_um;
  if (diameter_um > smallerSide_um) {
    findings.push({
      severity: "error",
      code: "soma_exceeds_fov",
      path: [...base, "soma_radius_um"],
      message: `makes a cell body ${short(diameter_um)} µm across, larger than the field of view (${short(smallerSide_um)} µm).`,
      involves: [
        ["acquisition", "image_sensor"],
        ["acquisition", "optics", "magnification"],
      ],
    });
  }
  const [lowest, highest] = population.depth_range_um;
  if (lowest > highest) {
    findings.push({
      severity: "error",
      code: "depth_range_reversed",
      path: [...base, "depth_range_um"],
      message: `must run from the lower to the higher depth (got [${lowest}, ${highest}]).`,
    });
  }
  for (const [i, [z]] of (population.positions_um ?? []).entries()) {
    if (z >= 0 && z <= MAX_DEPTH_UM) continue;
    findings.push({
      severity: "error",
      code: z < 0 ? "above_surface" : "too_deep",
      path: [...base, "positions_um", i, 0],
      message: `must be a depth of 0 to ${MAX_DEPTH_UM} µm below the surface (got ${z}).`,
    });
  }
  return findings;
}

/** A plane in focus where no cell is makes every cell blurred: allowed, but rarely meant. */
function checkFocus({ params, acquisition }: CheckContext<PlaceNeuronsParams>): Finding[] {
  const focal_um = acquisition.focal_depth_in_tissue_um;
  if (focal_um === "auto") return [];
  const ranges = populationsOf(params).flatMap(depthRange);
  if (ranges.length === 0 || ranges.some(([low, high]) => low <= focal_um && focal_um <= high)) {
    return [];
  }
  const listed = ranges.map(([low, high]) => `${short(low)}-${short(high)}`).join(", ");
  return [
    {
      severity: "warning",
      code: "focus_outside_cells",
      path: [],
      message: `no population has cells at the focal plane, ${short(focal_um)} µm: they lie at ${listed} µm.`,
      involves: [["acquisition", "focal_depth_in_tissue_um"]],
    },
  ];
}

/** The depths of a population's cells: none for an empty list of positions. */
function depthRange(population: Population): (readonly [number, number])[] {
  const { positions_um } = population;
  if (!positions_um) return [population.depth_range_um];
  if (positions_um.length === 0) return [];
  const depths = positions_um.map(([z]) => z);
  return [[depths.reduce((a, b) => Math.min(a, b)), depths.reduce((a, b) => Math.max(a, b))]];
}

const short = (value: number): string => String(Number(value.toPrecision(6)));
