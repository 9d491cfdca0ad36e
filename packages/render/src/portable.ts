// A program as plain data that can be posted to workers: operands in shared memory where the platform has it, and no series,
// since whoever posts a job posts the weights of its frames along.
import { FootprintStack } from "@minisim/footprint";
import type {
  Accumulate,
  CoarseFields,
  Components,
  CustomOperand,
  DenseFields,
  FrameProgram,
  Instruction,
} from "@minisim/pipeline/rendering";

type Sparse = Pick<FootprintStack, "canvas" | "offsets" | "shapes" | "data">;
type Coarse = Omit<CoarseFields, "coefficients"> & { readonly coefficients: Sparse };
type PortableComponents = Sparse | Coarse | DenseFields;
type PortableInstruction =
  | Exclude<Instruction, Accumulate>
  | (Omit<Accumulate, "components" | "weights"> & { readonly components: PortableComponents });

export interface PortableProgram extends Omit<FrameProgram, "instructions"> {
  readonly instructions: readonly PortableInstruction[];
}

type Operand = Float64Array | Float32Array | Int32Array | Uint8Array;
export type Carry = <A extends Operand>(operand: A) => A;

/** Leaves operands where they are, for a worker that runs on the calling thread. */
export const asItIs: Carry = (operand) => operand;

/** Copies operands into shared memory, once for all workers, where they are not there yet. Without shared memory each worker gets its own copy with the message. */
export const shared: Carry = <A extends Operand>(operand: A): A => {
  if (typeof SharedArrayBuffer === "undefined") return operand;
  if (operand.buffer instanceof SharedArrayBuffer) return operand;
  const Type = operand.constructor as new (buffer: SharedArrayBuffer) => A;
  const copy = new Type(new SharedArrayBuffer(operand.byteLength));
  copy.set(operand);
  return copy;
};

export function toPortable(program: FrameProgram, carry: Carry): PortableProgram {
  const { geometry, stages } = program;
  return { geometry, stages, instructions: program.instructions.map((one) => packed(one, carry)) };
}

/** The program again. Its accumulates have no weights of their own. */
export function fromPortable({ geometry, stages, instructions }: PortableProgram): FrameProgram {
  return { geometry, stages, instructions: instructions.map(unpacked) };
}

function packed(instruction: Instruction, carry: Carry): PortableInstruction {
  switch (instruction.verb) {
    case "accumulate":
      return { verb: "accumulate", components: packedComponents(instruction.components, carry) };
    case "modulate": {
      const { field, weights, swing } = instruction;
      return {
        ...instruction,
        field: field && carry(field),
        weights: weights && carry(weights),
        ...(swing && { swing: carry(swing) }),
      };
    }
    case "translate": {
      const { shifts, displacement } = instruction;
      const moved = { ...instruction, shifts: shifts && carry(shifts) };
      if (!displacement) return moved;
      const { basis, weights } = displacement;
      const carried = { basis: carry(basis), weights: carry(weights) };
      return { ...moved, displacement: { ...displacement, ...carried } };
    }
    case "digitize": {
      const { patterns } = instruction;
      if (!patterns) return instruction;
      const sensitivity = carry(patterns.sensitivity);
      const dark_e = carry(patterns.dark_e);
      const offset_e = carry(patterns.offset_e);
      return { ...instruction, patterns: { sensitivity, dark_e, offset_e } };
    }
    case "assemble": {
      const { upper, lower, tear, stripes } = instruction;
      return {
        ...instruction,
        upper: carry(upper),
        lower: carry(lower),
        tear: carry(tear),
        stripes: stripes && {
          ...stripes,
          amplitude: carry(stripes.amplitude),
          phase: carry(stripes.phase),
        },
      };
    }
    case "custom": {
      const carried = Object.entries(instruction.operands).map(
        ([name, operand]): [string, CustomOperand] => [
          name,
          typeof operand === "object" ? carry(operand) : operand,
        ],
      );
      return { ...instruction, operands: Object.fromEntries(carried) };
    }
  }
}

function packedComponents(components: Components, carry: Carry): PortableComponents {
  if ("canvas" in components) return packedStack(components, carry);
  if ("coefficients" in components) {
    return { ...components, coefficients: packedStack(components.coefficients, carry) };
  }
  return { ...components, data: carry(components.data) };
}

function packedStack({ canvas, offsets, shapes, data }: FootprintStack, carry: Carry): Sparse {
  return { canvas, offsets: carry(offsets), shapes: carry(shapes), data: carry(data) };
}

function unpacked(instruction: PortableInstruction): Instruction {
  if (instruction.verb !== "accumulate") return instruction;
  const components = unpackedComponents(instruction.components);
  return { verb: "accumulate", components, weights: { per_frame: [] } };
}

function unpackedComponents(components: PortableComponents): Components {
  if ("canvas" in components) return FootprintStack.fromArrays(components);
  if (!("coefficients" in components)) return components;
  return { ...components, coefficients: FootprintStack.fromArrays(components.coefficients) };
}
