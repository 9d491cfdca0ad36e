// Loads the verbs that step packages bring along, by module and export name.
import type { Custom, CustomVerb, FrameProgram, Shape } from "@minisim/pipeline/rendering";

/** The functions of a program's custom instructions, by instruction number. */
export async function loadVerbs(program: FrameProgram): Promise<Map<number, CustomVerb>> {
  const verbs = new Map<number, CustomVerb>();
  for (const [index, instruction] of program.instructions.entries()) {
    if (instruction.verb !== "custom") continue;
    const { module, export: name } = instruction;
    const loaded: Record<string, unknown> = await import(/* @vite-ignore */ module);
    const verb = loaded[name];
    if (typeof verb !== "function") {
      throw new TypeError(`The module "${module}" has no function "${name}" for a custom verb.`);
    }
    verbs.set(index, verb as CustomVerb);
  }
  return verbs;
}

/** What a custom verb does to frames of this shape. */
export const changeOf = (
  { operands, whole }: Custom,
  shape: Shape,
  verb: CustomVerb,
): ReturnType<CustomVerb> => verb(operands, shape, whole ?? { ...shape, top: 0, left: 0 });
