// What a frame is a sum of: an image of each cell, of each background, and the way of their light to the sensor. They come from the frame
// program, so that whatever a step does to the light is in them.
import { cellsInView } from "@minisim/finalize";
import {
  type Accumulate,
  area,
  type CellFactors,
  cellFactors,
  countOf,
  denseField,
  denseSeries,
  type FrameSeries,
  footprintsInMotion,
  type Instruction,
  type Plan,
  rowOf,
  type Shape,
} from "@minisim/pipeline";
import { cropped, type Rectangle } from "./moved.ts";
import { type Path, pathOf } from "./path.ts";

/** An image that is the same in every frame, and the unknown whose light it is: a cell, or a background. */
export interface Part {
  readonly unknown: number;
  readonly image: Rectangle;
  /** Where an unknown has several: the share of this one in each frame. */
  readonly share: { readonly of: FrameSeries; readonly row: number } | null;
}

export interface Light {
  readonly canvas: Shape;
  readonly fov: Shape;
  readonly n_frames: number;
  /** Number of cells: those of the ground truth, in its order. They are the first unknowns. */
  readonly cells: number;
  /** Names of the unknowns after the cells: the stage that adds it, numbered where it adds several; the last one is the constant. */
  readonly backgroundNames: readonly string[];
  /** On the canvas, from where the tissue's motion takes them to the field of view. */
  readonly moved: readonly Part[];
  /** On the field of view, with all fields that they pass. The last one is 1 everywhere and takes the sensor's offset. */
  readonly unmoved: readonly Part[];
  readonly path: Path;
  /** The product of the fields between the motion and the sensor, 1 where there are none. */
  readonly shade: Float64Array;
  /** For every frame the known factor between an unknown's activity and the weight of its image. */
  factor(unknown: number): Float64Array;
}

/**
 * The light of a plan up to its first digitize. Halos of more than 64 cells are no images of their own: what is left of them is taken for
 * background. Where the focus moves, a cell's image is the mixture of its footprints that the program makes.
 */
export function lightOf(plan: Plan): Light {
  const { program, scene } = plan;
  const { geometry, stages } = program;
  const { canvas, fov, n_frames } = geometry;
  const instructions = opticalPart(program.instructions);
  const units = cellsInView(plan);
  const path = pathOf(instructions, canvas, fov, n_frames);
  const ones = new Float64Array(area(fov)).fill(1);
  const shade = path.fields(path.moving, instructions.length) ?? ones;
  const ladder = footprintsInMotion(scene);
  const moved: Part[] = [];
  const unmoved: Part[] = [];
  const backgroundNames: string[] = [];
  const addedAt: number[] = [];
  let ofCells: { readonly at: number; readonly factors: CellFactors } | null = null;

  /** The images that an instruction adds, or some of them, each with its fields up to the motion or to the sensor. */
  function add(at: number, part: (image: Rectangle, k: number) => Part, only?: readonly number[]) {
    const onCanvas = at < path.moving;
    const plane = onCanvas ? canvas : fov;
    const field = path.fields(at, onCanvas ? path.moving : instructions.length);
    const images = rectanglesOf(instructions[at] as Accumulate, plane, only);
    for (const image of images) shadeBy(image, field, plane.width);
    if (onCanvas && path.still) {
      unmoved.push(...images.map((image, k) => part(arrived(image), k)));
    } else {
      (onCanvas ? moved : unmoved).push(...images.map(part));
    }
    return images.length;
  }
  /** On the field of view, where nothing moves. */
  function arrived(image: Rectangle): Rectangle {
    const seen = cropped(image, fov, path.margin);
    shadeBy(seen, shade, fov.width);
    return seen;
  }

  for (const [at, instruction] of instructions.entries()) {
    if (instruction.verb !== "accumulate") continue;
    const factors = cellFactors(instruction, scene);
    if (factors) {
      ofCells = { at, factors };
      if (ladder !== null && instruction.components === ladder.stack) {
        const unknownOf = new Map(units.map((unit, i) => [unit, i]));
        const rungs = [...ladder.cells.keys()].filter((k) => unknownOf.has(ladder.cells[k]!));
        const share = (k: number) => ({ of: ladder.shares, row: rungs[k]! });
        const unknown = (k: number) => unknownOf.get(ladder.cells[rungs[k]!]!)!;
        add(at, (image, k) => ({ unknown: unknown(k), image, share: share(k) }), rungs);
      } else {
        add(at, (image, unknown) => ({ unknown, image, share: null }), units);
      }
    } else if (!isManySmooth(instruction)) {
      const first = units.length + backgroundNames.length;
      const added = add(at, (image, k) => ({ unknown: first + k, image, share: null }));
      const stage = stages.find(({ end }) => at < end)!.name;
      for (let k = 0; k < added; k++) {
        backgroundNames.push(added > 1 ? `${stage}_${k}` : stage);
        addedAt.push(at);
      }
    }
  }
  const unknown = units.length + backgroundNames.length;
  unmoved.push({ unknown, image: whole(fov, ones), share: null });
  backgroundNames.push("constant");
  addedAt.push(instructions.length);

  return {
    ...{ canvas, fov, n_frames, cells: units.length, backgroundNames, moved, unmoved, path, shade },
    factor(unknown) {
      const background = unknown - units.length;
      if (background >= 0) return path.factor(addedAt[background]!);
      if (!ofCells) return new Float64Array(n_frames).fill(1);
      const product = path.factor(ofCells.at);
      const { scale, per_frame } = ofCells.factors;
      for (let t = 0; t < n_frames; t++) product[t]! *= scale;
      for (const one of per_frame) {
        const row = rowOf(
          one instanceof Float64Array ? denseSeries(one, n_frames) : one,
          units[unknown]!,
        );
        for (let t = 0; t < n_frames; t++) product[t]! *= row[t]!;
      }
      return product;
    },
  };
}

function opticalPart(instructions: readonly Instruction[]): readonly Instruction[] {
  const end = instructions.findIndex(({ verb }) => verb === "digitize");
  return end < 0 ? instructions : instructions.slice(0, end);
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
