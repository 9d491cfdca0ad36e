// The wasm backend: operands are copied into the kernels' memory once, then each stretch of the program runs in as few
// passes over the block as its order allows.
import type { CustomVerb } from "@minisim/pipeline/rendering";
import type { Machine, RenderedProgram } from "./machine.ts";
import { prepare } from "./wasm/operands.ts";
import { type Pass, passesOf } from "./wasm/passes.ts";
import { beginBlock, blockPixels, createState, light } from "./wasm/state.ts";

export function wasmMachine(
  program: RenderedProgram,
  blockFrames: number,
  verbs: ReadonlyMap<number, CustomVerb>,
): Machine {
  const state = createState(program, blockFrames);
  const { geometry, instructions } = program;
  let space: "canvas" | "fov" = "canvas";
  const ready = instructions.map((instruction, index) => {
    const made = prepare(instruction, index, state, geometry[space], verbs.get(index));
    if (instruction.verb === "translate") space = "fov";
    return made;
  });
  const stretches = new Map<string, Pass[]>();

  return {
    begin(frames, weights) {
      beginBlock(state, frames, weights);
    },
    run(from, to) {
      const name = `${from} ${to}`;
      let passes = stretches.get(name);
      if (!passes) {
        passes = passesOf(ready, from, to);
        stretches.set(name, passes);
      }
      for (const pass of passes) pass(state);
    },
    frames() {
      // A look at counts leaves them counts: they may still be asked for as such.
      const block = (state.counted ?? light(state)).view().subarray(0, blockPixels(state));
      return block instanceof Float32Array ? block : Float32Array.from(block);
    },
    counts() {
      if (!state.counted) throw new Error("The last instruction was not a digitize.");
      return state.counted.view().subarray(0, blockPixels(state));
    },
    release: () => state.arena.release(),
  };
}
