// Whether a ground truth holds together: types of its arrays, and named dimensions that agree across fields.
import { isFootprintStack } from "@minisim/footprint";
import { isComputed } from "./array.ts";
import { FIXED_DIMS } from "./fields.ts";
import type { Ragged, Structure } from "./structure.ts";
import type { NamedDeclaration } from "./truth-field.ts";

/** A value that claims to be a field. */
export interface Claim {
  readonly declaration: NamedDeclaration;
  readonly value: unknown;
}

/** One sentence for each thing that is wrong; none where all is right. */
export function problemsOf(structure: Structure, claims: readonly Claim[]): string[] {
  const wrong = [...structureProblems(structure), ...claims.flatMap(typeProblem)];
  return wrong.length > 0 ? wrong : dimensionProblems(structure, claims);
}

function structureProblems(structure: Structure): string[] {
  const { planted, fov_offset, fov_shape, spike_times_s, focal_depth_um } = structure;
  const problems: string[] = [];
  if (!isFootprintStack(planted)) problems.push("planted: must be a FootprintStack");
  for (const [name, value] of Object.entries({ fov_offset, fov_shape })) {
    if (!isPair(value)) problems.push(`${name}: must be two whole numbers from 0`);
  }
  if (focal_depth_um !== null && typeof focal_depth_um !== "number") {
    problems.push("focal_depth_um: must be a number or null");
  }
  if (!isRagged(spike_times_s)) {
    problems.push("spike_times_s: must have offsets (Int32Array) and data (Float64Array)");
  } else if (!divides(spike_times_s)) {
    problems.push("spike_times_s: offsets must rise from 0 to the length of data");
  }
  return problems;
}

const isPair = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.length === 2 &&
  value.every((length) => Number.isInteger(length) && length >= 0);

const isRagged = (value: Partial<Ragged> | undefined): value is Ragged =>
  value?.offsets instanceof Int32Array && value.data instanceof Float64Array;

/** Whether the offsets cut all of the data into lists. */
function divides({ offsets, data }: Ragged): boolean {
  const rises = offsets.every((at, i) => i === 0 || at >= offsets[i - 1]!);
  return rises && offsets[0] === 0 && offsets.at(-1) === data.length;
}

function typeProblem({ declaration: { name, dtype }, value }: Claim): string[] {
  const data = (value as { data?: unknown } | null)?.data;
  const right = isComputed(value) || data instanceof (dtype === "bool" ? Uint8Array : Float64Array);
  const wanted = dtype === "bool" ? "Uint8Array (0 or 1)" : "Float64Array";
  return right ? [] : [`${name}: must be an ndarray of ${wanted}`];
}

function dimensionProblems(structure: Structure, claims: readonly Claim[]): string[] {
  const { planted, fov_shape, spike_times_s } = structure;
  const shapes = [
    { name: "planted", dims: ["unit"], shape: [planted.length] },
    { name: "fov_shape", dims: ["height", "width"], shape: fov_shape },
    { name: "spike_times_s", dims: ["unit"], shape: [spike_times_s.offsets.length - 1] },
    ...claims.map(({ declaration: { name, dims }, value }) => {
      const { shape } = value as { readonly shape: readonly number[] };
      return { name, dims, shape };
    }),
  ];
  const first = new Map(
    Object.entries(FIXED_DIMS).map(([dim, length]) => [dim, { length, name: "their name" }]),
  );
  const problems: string[] = [];
  for (const { name, dims, shape } of shapes) {
    if (dims.length !== shape.length) {
      problems.push(`${name} must have dimensions (${dims.join(", ")}), but has ${shape.length}`);
      continue;
    }
    for (const [axis, dim] of dims.entries()) {
      const length = shape[axis]!;
      const known = first.get(dim);
      if (!known) first.set(dim, { length, name });
      else if (known.length !== length) {
        problems.push(
          `${name} has ${length} along "${dim}", but ${known.name} has ${known.length}`,
        );
      }
    }
  }
  return problems;
}
