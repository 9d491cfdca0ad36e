// What a spec will take: the shares of its steps added up, and what follows for memory, disk and time.
import { type Acquisition, geometryOf, type Spec, windowOf } from "@minisim/spec";
import { announcementsOf } from "./compile.ts";
import { cutOf } from "./crop/cut.ts";
import { facts, gatherFacts } from "./facts.ts";
import { area, type SceneGeometry, sceneGeometry } from "./geometry.ts";
import {
  compileBytes,
  type ExpectedProgram,
  frameOperations,
  kernelBytes,
  stagesBytes,
  workerBytes,
} from "./memory.ts";
import { type UsedStep, usedSteps } from "./order.ts";
import type { StepDefinition } from "./step.ts";
import type { CellGroup, Work, WorkContext } from "./work.ts";

/** A job needs `compile_bytes`, and `worker_bytes` for each worker, of whom there is at least one. */
export interface ExpectedWork {
  readonly frames: number;
  /** Of a frame: as it is stored, and with its margin. */
  readonly fov_px: number;
  readonly canvas_px: number;
  /** Of the movie, and of the stages that are kept beside it, as they decode. Noise hardly gets smaller on the disk. */
  readonly movie_bytes: number;
  readonly stages_bytes: number;
  /** In the field of view and the margin around it. */
  readonly cells: number;
  /** In the patches of all cells, and in all dense fields, as each frame reads them. */
  readonly footprint_px: number;
  readonly field_px: number;
  /** Of all coarse components, as each frame reads them. */
  readonly coefficients: number;
  /** Memory of the process that compiles, with the ground truth and what all workers share. */
  readonly compile_bytes: number;
  /** Memory of each worker that renders, and what of it the kernels hold. */
  readonly worker_bytes: number;
  readonly kernel_bytes: number;
  /** Of the compile, and of one frame on one core: about a nanosecond each on a laptop. */
  readonly operations: number;
  readonly frame_operations: number;
  /** The shares of the steps, in the order in which they run; `index` is the place in the spec. */
  readonly shares: readonly StepShare[];
}

export interface StepShare extends Work {
  readonly kind: string;
  readonly index: number;
  /** As announced. */
  readonly margin_px: number;
}

const SUMMED = [
  "footprint_px",
  "field_px",
  "coefficients",
  "spline_px",
  "displaced_px",
  "operations",
] as const;

/**
 * The work of a parsed spec. A number stands for what is to be expected, not for a bound: patches and spikes are drawn later.
 * A step that tells nothing of its work counts as none.
 * @throws Error when a step of the spec is not among `steps`.
 */
export function expectedWork(spec: Spec, steps: readonly StepDefinition[]): ExpectedWork {
  const { acquisition, output } = spec;
  const used = usedSteps(spec, steps);
  const view = geometryOf(acquisition);
  const announcements = announcementsOf(used, spec);
  const known = gatherFacts(announcements, view);
  const fact: WorkContext<unknown>["fact"] = (token) => {
    const entry = known.get(token.name);
    return entry ? (entry.value as never) : token.start(geometry);
  };
  const margins = announcements.map(({ announced }) =>
    Number(announced.find(({ fact }) => fact.name === facts.margin_px.name)?.given ?? 0),
  );
  const geometry = sceneGeometry(view, acquisition.fps, sum(margins));
  const { cells, shares } = sharesOf(used, margins, acquisition, geometry, fact);
  // All is made, and then the window cut out of it.
  const recorded = cutOf(geometry, windowOf(acquisition)).geometry;
  const part = area(recorded.canvas) / area(geometry.canvas);
  const total = (name: (typeof SUMMED)[number]) => sum(shares.map((share) => share[name] ?? 0));
  const seen = (name: (typeof SUMMED)[number]) => part * total(name);
  const has_sensor = fact(facts.exposure) !== null;
  const program: ExpectedProgram = {
    geometry: recorded,
    cells: sum(cells.map(({ count }) => count)),
    footprint_px: seen("footprint_px"),
    field_px: seen("field_px"),
    coefficients: total("coefficients"),
    spline_px: seen("spline_px"),
    displaced_px: seen("displaced_px"),
    has_sensor,
    pixel_bytes: !has_sensor ? 4 : acquisition.image_sensor.bit_depth > 8 ? 2 : 1,
    kept_stages: output.save_intermediates
      ? used.filter(({ step }) => step.domain !== "cell").length
      : 0,
  };
  const { n_frames, fov, canvas } = recorded;
  return Object.freeze({
    frames: n_frames,
    fov_px: area(fov),
    canvas_px: area(canvas),
    movie_bytes: n_frames * program.pixel_bytes * area(fov),
    stages_bytes: n_frames * stagesBytes(program),
    cells: Math.round(program.cells),
    footprint_px: program.footprint_px,
    field_px: program.field_px,
    coefficients: program.coefficients,
    compile_bytes: compileBytes(shares, program),
    worker_bytes: workerBytes(program),
    kernel_bytes: kernelBytes(program),
    operations: total("operations"),
    frame_operations: frameOperations(program),
    shares: Object.freeze(shares),
  });
}

/** What each step tells of itself, and the cells as the last one leaves them. */
function sharesOf(
  used: readonly UsedStep[],
  margins: readonly number[],
  acquisition: Acquisition,
  geometry: SceneGeometry,
  fact: WorkContext<unknown>["fact"],
) {
  let cells: readonly CellGroup[] = [];
  let focal_depth_um: number | null = null;
  const shares = used.map(({ step, params, index }, i): StepShare => {
    const work = step.work?.({ params, acquisition, geometry, fact, cells, focal_depth_um }) ?? {};
    cells = work.cells ?? cells;
    focal_depth_um = work.focal_depth_um ?? focal_depth_um;
    return { ...work, kind: step.kind, index, margin_px: margins[i]! };
  });
  return { cells, shares };
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
