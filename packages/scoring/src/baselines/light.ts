// The images that make up a frame: of each cell, of each background, as they fall on the sensor. They come from the frame program, so
// that whatever a step does to the light is in them.
import { cellsInView } from "@minisim/finalize";
import { coarseGrid, splineLines } from "@minisim/kernels";
import {
  type Accumulate,
  area,
  type CellFactors,
  cellFactors,
  countOf,
  denseField,
  denseSeries,
  displacementNodes,
  type FootprintLadder,
  footprintsInMotion,
  type Instruction,
  type Modulate,
  type Plan,
  rowOf,
  type Shape,
  type Translate,
} from "@minisim/pipeline";
import {
  type Displaced,
  displacedPatch,
  movedPatch,
  type Padded,
  padded,
  type Rectangle,
} from "./moved.ts";

/** What the movie is a sum of. */
export interface Light {
  /** Number of cells: those of the ground truth, in its order. */
  readonly cells: number;
  /** Names of what comes after the cells: the stage that adds it, numbered where it adds several; the last one is the constant. */
  readonly backgroundNames: readonly string[];
  /** What the images of a frame depend on: frames with equal numbers have the same images. */
  settingAt(t: number): readonly number[];
  /** Cells first, then backgrounds, in the sensor's pixels. The last one is 1 everywhere and takes the sensor's offset. */
  imagesAt(t: number): readonly Rectangle[];
  /** For every frame the known factor between a cell's activity and the weight of its image. */
  knownFactor(cell: number): Float64Array;
}

/** An image before motion, and what comes after. */
interface Source {
  readonly image: Padded;
  /** Whether the tissue's motion moves it. */
  readonly moves: boolean;
  /** The product of the fields that it passes after the motion; null where there are none. */
  readonly shade: Float64Array | null;
  /** Its brightness has a factor that changes in time for each of these. */
  readonly passed: readonly Modulate[];
}

/**
 * The light of a plan up to its first digitize. Every component that an accumulate adds is multiplied by the fields behind it, moved as the
 * renderer moves it, and cut to the field of view. A custom verb is passed as if it changed nothing. Halos
 * of more than 64 cells are no images of their own: what is left of them is taken for background. Where the focus moves, a cell's image is the mixture of
 * its footprints that the program makes.
 */
export function lightOf(plan: Plan): Light {
  const { program, scene } = plan;
  const { geometry, stages } = program;
  const instructions = opticalPart(program.instructions);
  const units = cellsInView(plan);
  const path = pathOf(instructions, geometry.canvas, geometry.fov);
  const ladder = footprintsInMotion(scene);
  let cells: readonly Source[] = units.map(() => DARK);
  let mixture: Mixture | null = null;
  let factors: CellFactors = { per_frame: [], scale: 1 };
  const backgrounds: Source[] = [];
  const backgroundNames: string[] = [];
  for (const [at, instruction] of instructions.entries()) {
    if (instruction.verb !== "accumulate") continue;
    const ofCells = cellFactors(instruction, scene);
    if (ofCells) {
      const mixes = ladder !== null && instruction.components === ladder.stack;
      if (mixes) mixture = mixtureOf(ladder, path.sources(instruction, at), units);
      else cells = path.sources(instruction, at, units);
      factors = ofCells;
      continue;
    }
    if (isManySmooth(instruction)) continue;
    const added = path.sources(instruction, at);
    const stage = stages.find(({ end }) => at < end)!.name;
    backgrounds.push(...added);
    backgroundNames.push(...added.map((_, k) => (added.length > 1 ? `${stage}_${k}` : stage)));
  }
  backgroundNames.push("constant");
  const cellsAt = (t: number) => (mixture ? mixture(t) : cells);
  const constant = whole(geometry.fov, new Float64Array(path.pixels).fill(1));
  return {
    cells: units.length,
    backgroundNames,
    settingAt: (t) => [...path.settingAt(t), ...(mixture ? [t] : [])],
    imagesAt(t) {
      const sources = [...cellsAt(t), ...backgrounds];
      return [...sources.map((source) => path.arrive(source, t)), constant];
    },
    knownFactor(cell) {
      const { n_frames } = geometry;
      const product = new Float64Array(n_frames).fill(factors.scale);
      for (const one of factors.per_frame) {
        const series = one instanceof Float64Array ? denseSeries(one, n_frames) : one;
        const row = rowOf(series, units[cell]!);
        for (let t = 0; t < product.length; t++) product[t]! *= row[t]!;
      }
      return product;
    },
  };
}

/** The cells of a frame. */
type Mixture = (t: number) => readonly Source[];

/** Each cell's footprint in a frame: of its components, each with its share. */
function mixtureOf(
  { cells, shares }: FootprintLadder,
  components: readonly Source[],
  units: readonly number[],
): Mixture {
  const share = new Float64Array(1);
  const own = units.map((unit) => [...cells.keys()].filter((k) => cells[k] === unit));
  return (t) =>
    own.map((all) => {
      const parts = all.flatMap((k) => {
        shares.read(k, t, t + 1, share, 0);
        return share[0]! > 0 ? [{ source: components[k]!, share: share[0]! }] : [];
      });
      return parts.reduce<Source>((so, { source, share }) => mixedWith(so, source, share), DARK);
    });
}

/** A source and a share of another one on the same way. */
function mixedWith(so: Source, other: Source, share: number): Source {
  const scaled = { ...other.image, data: other.image.data.map((value) => share * value) };
  if (so === DARK) return { ...other, image: scaled };
  const [large, small] =
    so.image.data.length >= scaled.data.length ? [so.image, scaled] : [scaled, so.image];
  // The wider of two blurs of a footprint holds the narrower one.
  const data = large.data.slice();
  for (let y = 0; y < small.height; y++) {
    const at = (small.row - large.row + y) * large.width + small.col - large.col;
    for (let x = 0; x < small.width; x++) data[at + x]! += small.data[y * small.width + x]!;
  }
  return { ...other, image: { ...large, data } };
}

const DARK: Source = {
  image: padded({ row: 0, col: 0, height: 0, width: 0, data: new Float64Array(0) }),
  moves: false,
  shade: null,
  passed: [],
};

function opticalPart(instructions: readonly Instruction[]): readonly Instruction[] {
  const end = instructions.findIndex(({ verb }) => verb === "digitize");
  return end < 0 ? instructions : instructions.slice(0, end);
}

/** A field that swings counts as it is on average: to an analysis, what swings in it is noise. */
function settled(modulation: Modulate): Modulate {
  const { field, weights, swing } = modulation;
  if (!field || !swing || !weights) return modulation;
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / Math.max(1, weights.length);
  const data = field.map((value, pixel) => value + mean * swing[pixel]!);
  return { verb: "modulate", field: data, weights: null };
}

/** The way of light from where an instruction adds it to the sensor. */
function pathOf(instructions: readonly Instruction[], canvas: Shape, fov: Shape) {
  const moving = instructions.findIndex(({ verb }) => verb === "translate");
  const move = instructions[moving] as Translate | undefined;
  const margin = (canvas.height - fov.height) / 2;
  const fields = instructions.flatMap((instruction, at) =>
    instruction.verb === "modulate" ? [{ at, ...settled(instruction) }] : [],
  );
  const changing = fields.filter(({ weights }) => weights !== null);
  const shiftAt = (t: number): [number, number] => [
    move?.shifts?.[2 * t] ?? 0,
    move?.shifts?.[2 * t + 1] ?? 0,
  ];
  const displacedAt = move?.displacement && displacements(move, fov, margin);
  const factorAt = ({ weights }: Modulate, t: number) => weights?.[t] ?? 1;
  /** The product of the fields that stand in the program from `from` up to `to`. */
  const product = (from: number, to: number): Float64Array | null =>
    fields
      .filter(({ at }) => at > from && at < to)
      .reduce<Float64Array | null>((so, { field }) => {
        return so && field ? so.map((value, pixel) => value * field[pixel]!) : (so ?? field);
      }, null);

  return {
    pixels: fov.height * fov.width,
    settingAt: (t: number) => [
      ...shiftAt(t),
      ...(move?.displacement ? [t] : []),
      ...changing.map((field) => factorAt(field, t)),
    ],

    sources(instruction: Accumulate, at: number, only?: readonly number[]): Source[] {
      const moves = at < moving;
      const before = product(at, moves ? moving : at);
      const shade = product(Math.max(at, moving), instructions.length);
      const passed = changing.filter((field) => field.at > at);
      const width = moves ? canvas.width : fov.width;
      return rectanglesOf(instruction, moves ? canvas : fov, only).map((image) => {
        shadeBy(image, before, width);
        return { image: padded(image), moves, shade, passed };
      });
    },

    /** A source's image in frame t. */
    arrive({ image, moves, shade, passed }: Source, t: number): Rectangle {
      const [dy, dx] = shiftAt(t);
      const soft = moves ? displacedAt?.(t) : undefined;
      const seen = soft
        ? displacedPatch(image, soft, fov)
        : moves
          ? movedPatch(image, dy - margin, dx - margin, fov)
          : movedPatch(image, 0, 0, fov);
      shadeBy(seen, shade, fov.width);
      const factor = passed.reduce((so, field) => so * factorAt(field, t), 1);
      if (factor !== 1) for (let k = 0; k < seen.data.length; k++) seen.data[k]! *= factor;
      return seen;
    },
  };
}

/** The displacement of every pixel of the field of view from the canvas, of one frame after the other. */
function displacements({ shifts, displacement }: Translate, fov: Shape, margin: number) {
  const { spacing_px, whole } = displacement!;
  const grid = coarseGrid(whole ?? fov, spacing_px);
  const read = splineLines(grid, fov, spacing_px, whole);
  const nodes = new Float64Array(2 * area(grid));
  let known = -1;
  let displaced: Displaced = { down: new Float64Array(0), right: new Float64Array(0), reach: 0 };
  const atPixels = (axis: number) => {
    const pixels = new Float64Array(area(fov));
    for (let y = 0; y < fov.height; y++) {
      read(nodes, axis * area(grid), y, 0, fov.width, pixels, y * fov.width);
    }
    return pixels;
  };
  return (t: number): Displaced => {
    if (t === known) return displaced;
    const shift = [shifts![2 * t]! - margin, shifts![2 * t + 1]! - margin] as const;
    displacementNodes(displacement!, t, shift, nodes);
    const [down, right] = [atPixels(0), atPixels(1)];
    const most = (so: number, value: number) => Math.max(so, Math.abs(value));
    displaced = { down, right, reach: right.reduce(most, down.reduce(most, 0)) };
    known = t;
    return displaced;
  };
}

// The oracle's images are dense: those of more smooth components would not fit into memory.
const MOST_SMOOTH = 64;

/** Whether an instruction adds so many smooth components, such as the halos of all cells, that they are left to the backgrounds. */
function isManySmooth({ components }: Accumulate): boolean {
  return "coefficients" in components && countOf(components) > MOST_SMOOTH;
}

/** The components that an instruction adds to frames of this shape, or some of them, in float64. */
function rectanglesOf(
  { components }: Accumulate,
  shape: Shape,
  only?: readonly number[],
): Rectangle[] {
  const chosen = only ?? Array.from({ length: countOf(components) }, (_, k) => k);
  if ("canvas" in components) {
    return chosen.map((k) => {
      const { row, col, height, width, data } = components.at(k);
      return { row, col, height, width, data: Float64Array.from(data) };
    });
  }
  if ("coefficients" in components) {
    return chosen.map((k) => whole(shape, denseField(components, k, shape)));
  }
  const size = area(components);
  return chosen.map((k) => whole(components, components.data.slice(k * size, (k + 1) * size)));
}

const whole = ({ height, width }: Shape, data: Float64Array): Rectangle => ({
  row: 0,
  col: 0,
  height,
  width,
  data,
});

/** Multiplies an image by a field of rows that are `stride` pixels long. */
function shadeBy(
  { row, col, height, width, data }: Rectangle,
  field: Float64Array | null,
  stride: number,
): void {
  if (!field) return;
  for (let y = 0; y < height; y++) {
    const from = (row + y) * stride + col;
    for (let x = 0; x < width; x++) data[y * width + x]! *= field[from + x]!;
  }
}
