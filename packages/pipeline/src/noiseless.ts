// A frame program without the noise of its sensor, of all light or of some sources of it alone.
import { area } from "./geometry.ts";
import {
  type Components,
  type Digitize,
  type FrameProgram,
  type Instruction,
  modulate,
} from "./program.ts";

/**
 * The program whose frames are what `program` expects of its own: light as it is, and after the sensor the counts that light makes on average, less
 * those without light. Nothing is clipped or rounded. With `sources`, only those components shine. Custom verbs are kept, with
 * whatever light they add.
 */
export function noiseless(
  program: FrameProgram,
  sources: readonly Components[] | null = null,
): FrameProgram {
  const kept = program.instructions.map((instruction) => keptOf(instruction, program, sources));
  const before = (end: number) => kept.slice(0, end).filter((one) => one !== null).length;
  return {
    geometry: program.geometry,
    instructions: kept.filter((one) => one !== null),
    stages: program.stages.map((stage) => ({
      ...stage,
      end: before(stage.end),
      container: "float32",
    })),
  };
}

function keptOf(
  instruction: Instruction,
  program: FrameProgram,
  sources: readonly Components[] | null,
): Instruction | null {
  if (instruction.verb === "digitize") return modulate(countsPerLight(instruction, program));
  // Stripes are a fault of reading out.
  if (instruction.verb === "assemble") return { ...instruction, stripes: null };
  const isOther = instruction.verb === "accumulate" && !sources?.includes(instruction.components);
  return sources !== null && isOther ? null : instruction;
}

function countsPerLight(
  { exposure, patterns }: Digitize,
  { geometry }: FrameProgram,
): Float64Array {
  const { photons_per_unit, quantum_efficiency, counts_per_e } = exposure;
  const factor = photons_per_unit * quantum_efficiency * counts_per_e;
  const sensitivity = patterns?.sensitivity ?? new Float64Array(area(geometry.fov)).fill(1);
  return sensitivity.map((value) => value * factor);
}
