// The frame program of a window: its frames are, byte for byte, the window of the whole program's frames.
import type { FrameProgram, Instruction } from "../program.ts";
import type { Cut, Space } from "./cut.ts";

/**
 * What lies on a grid is cut, what is smooth or drawn by pixel is told where the window lies. Stripes of a faulty readout alone are not those of the whole:
 * they are as strong as the window is bright.
 */
export function cutProgram(program: FrameProgram, cut: Cut): FrameProgram {
  let space: Space = "canvas";
  const instructions = program.instructions.map((instruction) => {
    const kept = cutInstruction(instruction, cut, space);
    if (instruction.verb === "translate") space = "fov";
    return kept;
  });
  return Object.freeze({ ...program, geometry: cut.geometry, instructions });
}

function cutInstruction(instruction: Instruction, cut: Cut, space: Space): Instruction {
  const whole = cut.whole[space];
  switch (instruction.verb) {
    case "accumulate": {
      const { components } = instruction;
      if ("canvas" in components) {
        return { ...instruction, components: cut.stack(components, space) };
      }
      if ("coefficients" in components) {
        return { ...instruction, components: { ...components, whole } };
      }
      const { height, width } = cut.window[space];
      const data = cut.planes(components.data, space);
      return { ...instruction, components: { ...components, height, width, data } };
    }
    case "modulate": {
      const { field, swing } = instruction;
      return {
        ...instruction,
        field: field && cut.planes(field, space),
        ...(swing && { swing: cut.planes(swing, space) }),
      };
    }
    case "translate": {
      const { displacement } = instruction;
      if (!displacement) return instruction;
      return { ...instruction, displacement: { ...displacement, whole: cut.whole.fov } };
    }
    case "digitize": {
      const { patterns } = instruction;
      const maps = patterns && {
        sensitivity: cut.planes(patterns.sensitivity, space),
        dark_e: cut.planes(patterns.dark_e, space),
        offset_e: cut.planes(patterns.offset_e, space),
      };
      return { ...instruction, patterns: maps, whole };
    }
    case "assemble": {
      const { stripes } = instruction;
      const { top, height } = cut.window.fov;
      const tear = instruction.tear.map((row) => Math.min(Math.max(row - top, 0), height));
      const phased = stripes && {
        ...stripes,
        phase: stripes.phase.map((phase) => phase + top / stripes.period_px),
      };
      return { ...instruction, tear, stripes: phased };
    }
    case "custom":
      return { ...instruction, whole };
  }
}
