// What placing cells takes, expected from the parameters: how many there will be, how large, and what drawing them costs.
import { type CellGroup, meanPatchPx, type Work, type WorkContext } from "@minisim/pipeline";
import { crowd } from "./crowd.ts";
import { expectedShape } from "./expected-shape.ts";
import { type PlaceNeuronsParams, type Population, populationsOf } from "./params.ts";

// A population in as many slices of depth, which the optics will blur by different widths.
const SLICES = 8;

// Bytes: what there is of a cell beside its patch; its patch as it is drawn, in the stack of all, and in both again for the truth.
const BYTES_PER_CELL = 1500;
const BYTES_PER_PIXEL = 16;

// Nanoseconds, measured: a cell's streams of randomness, and a candidate for its place, without neighbours and among them.
const STREAMS_NS = 130_000;
const CANDIDATE_NS = 300;
const NEIGHBOURS_NS = 8000;

export function placeNeuronsWork(context: WorkContext<PlaceNeuronsParams>): Work {
  const { params, geometry, cells } = context;
  const { canvas, pixel_size_um } = geometry;
  const area_um2 = canvas.height * canvas.width * pixel_size_um * pixel_size_um;
  const populations = populationsOf(params).map((population) => {
    const { count, candidates } = crowd(population, area_um2);
    const shape = expectedShape(population, pixel_size_um);
    const candidate_ns = population.min_distance_um > 0 ? NEIGHBOURS_NS : CANDIDATE_NS;
    return {
      ...shape,
      groups: slicesOf(population, count, shape.side_px),
      planted_px: count * meanPatchPx(shape.side_px, canvas),
      count,
      operations: count * (STREAMS_NS + shape.operations) + candidates * candidate_ns,
    };
  });
  const sum = (name: "count" | "operations" | "planted_px") =>
    populations.reduce((total, population) => total + population[name], 0);
  return {
    cells: [...cells, ...populations.flatMap(({ groups }) => groups)],
    held_bytes: BYTES_PER_CELL * sum("count") + BYTES_PER_PIXEL * sum("planted_px"),
    passing_bytes: populations.reduce((most, { bytes }) => Math.max(most, bytes), 0),
    operations: sum("operations"),
  };
}

function slicesOf(population: Population, count: number, side_px: number): CellGroup[] {
  const depthAt = depthsOf(population);
  return Array.from({ length: SLICES }, (_, slice) => ({
    count: count / SLICES,
    depth_um: depthAt((slice + 0.5) / SLICES),
    side_px,
    blur_px: 0,
    has_trace: false,
  }));
}

/** The depth that a share of the cells lies above. */
function depthsOf({ positions_um, depth_range_um }: Population): (share: number) => number {
  const [lowest, highest] = depth_range_um;
  if (!positions_um) return (share) => lowest + share * (highest - lowest);
  const depths = Float64Array.from(positions_um, ([z]) => z).sort();
  return (share) => depths[Math.floor(share * depths.length)] ?? 0;
}
