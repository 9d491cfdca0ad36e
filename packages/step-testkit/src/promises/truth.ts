// The truth: each field that is declared is left, is made of numbers, and says of the movie what the movie shows.
import { groundTruth } from "@minisim/finalize";
import type { Plan, TruthField } from "@minisim/pipeline";
import type { Params } from "../bench.ts";
import { toldParams } from "../differences.ts";
import type { ConformanceOptions, SeenFrame, Shown } from "../options.ts";
import { promise, type Subject, sentences } from "../promise.ts";
import { RELATIVE_TOLERANCE } from "./frames.ts";

export function truthIsTrue(subject: Subject): void {
  const { step, bench, params, options } = subject;
  const { absent = [], shown } = options;
  const names = Object.keys(step.truth ?? {});

  promise("leaves every truth field it declares, with the declared dimensions and a unit", () => {
    const plan = bench.compile({ params });
    const { fields } = groundTruth(plan);
    return names.flatMap((name) => {
      const field = plan.truth.get(name);
      const { dims, unit } = step.truth![name]!;
      if (absent.includes(name)) {
        return sentences(
          field !== undefined &&
            `Truth field "${name}" is left, and conformance is told that it is absent.`,
        );
      }
      const odd = field?.data.findIndex((value) => value === Infinity || value === -Infinity) ?? -1;
      return sentences(
        !field &&
          `Truth field "${name}" is declared and not left. If other parameters leave it, give them as params, or name it in absent.`,
        field &&
          field.shape.length !== dims.length &&
          `Truth field "${name}" is declared with the dimensions (${dims.join(", ")}) and has ${field.shape.length}.`,
        odd >= 0 && `Truth field "${name}" has ${field!.data[odd]} at place ${odd}.`,
        unit === "" && `Truth field "${name}" has no unit ("1" for a plain number).`,
        field !== undefined &&
          !fields.has(name) &&
          `Truth field "${name}" is lost on the way to the ground truth.`,
      );
    });
  });

  promise("what the truth says is what the movie shows", async () => {
    const plan = bench.compile({ params });
    if (names.length === 0 || bench.instructionsOf(plan).length === 0) return [];
    if (!shown) {
      return [
        `${step.kind} changes frames and leaves truth (${names.join(", ")}), and conformance is not told how the movie shows it: give shown, such as { factors: ["${names[0]}"] }, or { none: "why it cannot be seen" }.`,
      ];
    }
    if (typeof shown === "object" && "none" in shown) return [];
    const settings: Params[] = [params, {}, ...neutralOf(options)];
    for (const setting of settings) {
      const contradiction = await contradictionIn(subject, shown, setting);
      if (contradiction) return [contradiction];
    }
    return [];
  });
}

const neutralOf = ({ neutral }: ConformanceOptions): Params[] =>
  "none" in neutral ? [] : [neutral];

/** The first pixel at which the movie after the step is not what the truth makes of the movie before it. */
async function contradictionIn(
  { step, bench }: Subject,
  shown: Shown,
  params: Params,
): Promise<string | null> {
  const plan = bench.compile({ params });
  const { stages, geometry } = plan.program;
  const own = stages.findIndex(({ kind }) => kind === step.kind);
  const until = (kind: string) => bench.movie(plan, { until: kind, backend: "reference" });
  const after = await until(step.kind);
  const previous = stages[own - 1];
  const before = previous?.space ? await until(previous.kind) : new Float32Array(after.length);
  const pixels = geometry.fov.height * geometry.fov.width;
  const peak = Math.max(...[before, after].map((movie) => movie.reduce(larger, 0)));
  for (let frame = 0; frame < geometry.n_frames; frame++) {
    // A formula may ask for a field at every pixel.
    const known = new Map<string, Float64Array | null>();
    const seen: SeenFrame = {
      before: Float64Array.from(before.subarray(frame * pixels, (frame + 1) * pixels)),
      frame,
      truth(name) {
        if (!known.has(name)) known.set(name, inFrame(plan, name, frame));
        return known.get(name)!;
      },
    };
    const expected = typeof shown === "function" ? shown(seen) : combined(shown, seen);
    for (let pixel = 0; pixel < pixels; pixel++) {
      const at = frame * pixels + pixel;
      const [says, shows] = [expected[pixel]!, after[at]!];
      if (Math.abs(says - shows) <= peak * RELATIVE_TOLERANCE) continue;
      const fields = Object.keys(step.truth ?? {}).flatMap((name) => {
        const field = isSeen(plan, name) ? seen.truth(name) : null;
        return field ? [`${name} ${field[pixel]}`] : [];
      });
      return `The truth of ${step.kind} contradicts the movie: with ${toldParams(params)}, ${bench.placeOf(plan, at)} is ${seen.before[pixel]} before stage "${stages[own]!.name}"; by the truth (${fields.join(", ")}) it is ${says} after it, and the movie has ${shows}.`;
    }
  }
  return null;
}

const larger = (most: number, value: number) => Math.max(most, Math.abs(value));

function combined(
  { factors = [], addends = [] }: Exclude<Shown, (seen: SeenFrame) => Float64Array>,
  { before, truth }: SeenFrame,
): Float64Array {
  const fields = (names: readonly string[]) => names.flatMap((name) => truth(name) ?? []);
  const [times, plus] = [fields(factors), fields(addends)];
  return before.map((light, pixel) => {
    const scaled = times.reduce((sofar, field) => sofar * field[pixel]!, light);
    return plus.reduce((sofar, field) => sofar + field[pixel]!, scaled);
  });
}

const ROWS = ["height", "canvas_height"];
const COLUMNS = ["width", "canvas_width"];

/** Whether a field has a value at each pixel, in each frame, or both. */
function isSeen(plan: Plan, name: string): boolean {
  const dims = plan.truth.get(name)?.dims ?? [];
  return dims.length > 0 && dims.every((dim) => ["frame", ...ROWS, ...COLUMNS].includes(dim));
}

/** A field in a frame at every pixel of the field of view. @throws Error for a field that is neither a picture nor a course */
function inFrame(plan: Plan, name: string, frame: number): Float64Array | null {
  const field = plan.truth.get(name);
  if (!field) return null;
  if (!isSeen(plan, name)) {
    throw new Error(
      `Truth field "${name}" has the dimensions (${field.dims.join(", ")}); shown knows those of frames and pixels. Say { none: "why" } and test it yourself.`,
    );
  }
  const { fov, canvas } = plan.program.geometry;
  const strides = stridesOf(field);
  const along = (dims: readonly string[]) => {
    const i = field.dims.findIndex((dim) => dims.includes(dim));
    return { stride: i < 0 ? 0 : strides[i]!, onCanvas: field.dims[i]?.startsWith("canvas_") };
  };
  const [t, y, x] = [along(["frame"]), along(ROWS), along(COLUMNS)];
  const top = y.onCanvas ? (canvas.height - fov.height) / 2 : 0;
  const left = x.onCanvas ? (canvas.width - fov.width) / 2 : 0;
  const values = field.data;
  return Float64Array.from({ length: fov.height * fov.width }, (_, pixel) => {
    const row = Math.floor(pixel / fov.width) + top;
    const column = (pixel % fov.width) + left;
    return values[frame * t.stride + row * y.stride + column * x.stride]!;
  });
}

function stridesOf({ shape }: TruthField): number[] {
  return shape.map((_, i) => shape.slice(i + 1).reduce((a, b) => a * b, 1));
}
