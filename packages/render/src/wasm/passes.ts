// Cuts a stretch of a program into passes over the block, as few as the order of its instructions allows. Which
// instructions share a pass never changes a byte: the kernels round every product and sum as if they came one by one.
import type { FieldOperation } from "@minisim/kernels";
import { area } from "@minisim/pipeline";
import type { Ready, ReadyCustom, ReadyLight, ReadyMove, ReadySensor } from "./operands.ts";
import { buffer, grid, light, type State } from "./state.ts";

export type Pass = (state: State) => void;

/** The passes of instructions [from, to). */
export function passesOf(program: readonly Ready[], from: number, to: number): Pass[] {
  const passes: Pass[] = [];
  const run = (start: number, fits: (ready: ReadyLight) => boolean): ReadyLight[] => {
    const taken: ReadyLight[] = [];
    for (let i = start; i < to; i++) {
      const ready = program[i]!;
      if (ready.verb !== "light" || !fits(ready)) break;
      taken.push(ready);
    }
    return taken;
  };
  for (let i = from; i < to; ) {
    const ready = program[i]!;
    switch (ready.verb) {
      case "light": {
        const lights = run(i, () => true);
        passes.push(composePass(lights));
        i += lights.length;
        break;
      }
      case "translate": {
        const lights = run(i + 1, isField);
        i += 1 + lights.length;
        const next = i < to ? program[i]! : undefined;
        const sensor = next?.verb === "digitize" ? next : undefined;
        if (sensor) i++;
        passes.push(exposePass(ready, lights, sensor));
        break;
      }
      case "digitize":
        passes.push(digitizePass(ready));
        i++;
        break;
      case "custom":
        passes.push(customPass(ready));
        i++;
    }
  }
  return passes;
}

const isField = ({ operation }: ReadyLight): boolean => operation.kind !== "patches";

function composePass(lights: readonly ReadyLight[]): Pass {
  const operations = lights.map(({ operation }) => operation);
  return (state) => {
    for (const ready of lights) ready.load(state);
    const shape = { nFrames: state.frames.length, ...grid(state) };
    const { dark } = state;
    state.kernels.compose(dark ? buffer(state) : light(state), shape, operations, dark);
    state.dark = false;
  };
}

function exposePass(
  move: ReadyMove,
  lights: readonly ReadyLight[],
  sensor: ReadySensor | undefined,
): Pass {
  const operations = lights.map(({ operation }) => operation as FieldOperation);
  return (state) => {
    const { kernels, geometry, numbers, fov } = state;
    for (const ready of lights) ready.load(state);
    const shape = { nFrames: state.frames.length, ...geometry.canvas };
    const window = { top: geometry.margin_px, left: geometry.margin_px, ...geometry.fov };
    const target = sensor?.target ?? fov;
    const digitization = sensor && {
      frameNumbers: numbers,
      key: sensor.key,
      response: sensor.response,
    };
    kernels.expose(
      light(state),
      shape,
      window,
      move.shifts(state),
      operations,
      target,
      digitization,
    );
    state.space = "fov";
    state.counted = sensor?.target ?? null;
  };
}

function digitizePass({ key, response, target }: ReadySensor): Pass {
  return (state) => {
    const { kernels, numbers, frames } = state;
    const source = light(state);
    kernels.digitize(source, frames.length, area(grid(state)), numbers, key, response, target);
    state.counted = target;
  };
}

function customPass({ change }: ReadyCustom): Pass {
  return (state) => {
    const pixels = area(grid(state));
    const block = light(state).view();
    for (const [f, t] of state.frames.entries()) {
      change(block.subarray(f * pixels, (f + 1) * pixels), t);
    }
  };
}
