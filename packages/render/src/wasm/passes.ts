// Cuts a stretch of a program into passes over the block, as few as the order of its instructions allows. Which
// instructions share a pass never changes a byte: the kernels round every product and sum as if they came one by one.
import type { FieldOperation } from "@minisim/kernels";
import { area } from "@minisim/pipeline/rendering";
import type { Ready, ReadyCustom, ReadyLight, ReadyMove, ReadySensor } from "./operands.ts";
import { buffer, grid, light, type State } from "./state.ts";

export type Pass = (state: State) => void;

/** The passes of instructions [from, to). */
export function passesOf(program: readonly Ready[], from: number, to: number): Pass[] {
  const passes: Pass[] = [];
  for (let i = from; i < to; ) {
    const ready = program[i]!;
    switch (ready.verb) {
      case "light": {
        const lights = lightsFrom(program, i, to);
        i += lights.length;
        const next = i < to ? program[i]! : undefined;
        if (next?.verb !== "translate") {
          passes.push(composePass(lights));
          break;
        }
        const exposure = exposureFrom(program, i, to);
        passes.push(capturePass(lights, exposure));
        i = exposure.end;
        break;
      }
      case "translate": {
        const exposure = exposureFrom(program, i, to);
        passes.push(exposePass(exposure));
        i = exposure.end;
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

/** A translate, the fields on the window that follow it, and the digitize behind them if it is next. */
interface Exposure {
  readonly move: ReadyMove;
  readonly fields: readonly ReadyLight[];
  /** What each of the fields does to the light. */
  readonly operations: readonly FieldOperation[];
  readonly sensor: ReadySensor | undefined;
  /** The instruction that comes after. */
  readonly end: number;
}

/** `at` is that of a translate. */
function exposureFrom(program: readonly Ready[], at: number, to: number): Exposure {
  const fields = lightsFrom(program, at + 1, to, isField);
  const next = at + 1 + fields.length;
  const last = next < to ? program[next]! : undefined;
  const sensor = last?.verb === "digitize" ? last : undefined;
  return {
    move: program[at] as ReadyMove,
    fields,
    operations: fields.map(({ operation }) => operation as FieldOperation),
    sensor,
    end: sensor ? next + 1 : next,
  };
}

function lightsFrom(
  program: readonly Ready[],
  from: number,
  to: number,
  fits: (ready: ReadyLight) => boolean = () => true,
): ReadyLight[] {
  const taken: ReadyLight[] = [];
  for (let i = from; i < to; i++) {
    const ready = program[i]!;
    if (ready.verb !== "light" || !fits(ready)) break;
    taken.push(ready);
  }
  return taken;
}

const isField = ({ operation }: ReadyLight): boolean =>
  operation.kind === "fields" || operation.kind === "modulate";

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

function exposePass(exposure: Exposure): Pass {
  return (state) => {
    const shape = { nFrames: state.frames.length, ...state.geometry.canvas };
    state.kernels.expose(light(state), shape, ...exposed(state, exposure));
    arrive(state, exposure);
  };
}

/** What lies on the canvas already, frames of a stage that was looked at, has to be taken from there. */
function capturePass(lights: readonly ReadyLight[], exposure: Exposure): Pass {
  const operations = lights.map(({ operation }) => operation);
  const compose = composePass(lights);
  const expose = exposePass(exposure);
  return (state) => {
    if (!state.dark) {
      compose(state);
      expose(state);
      return;
    }
    for (const ready of lights) ready.load(state);
    const shape = { nFrames: state.frames.length, ...state.geometry.canvas };
    state.kernels.capture(shape, operations, ...exposed(state, exposure));
    state.dark = false;
    arrive(state, exposure);
  };
}

/** The operands of an exposure, those that depend on the block's frames brought in. */
function exposed(state: State, { move, fields, operations, sensor }: Exposure) {
  const { geometry, fov } = state;
  for (const ready of fields) ready.load(state);
  sensor?.load(state);
  const window = { top: geometry.margin_px, left: geometry.margin_px, ...geometry.fov };
  const target = sensor?.target ?? fov();
  return [window, move.motion(state), operations, target, sensor?.digitization] as const;
}

function arrive(state: State, { sensor }: Exposure): void {
  state.space = "fov";
  state.counted = sensor?.target ?? null;
}

function digitizePass(sensor: ReadySensor): Pass {
  const { digitization, target } = sensor;
  return (state) => {
    const source = light(state);
    sensor.load(state);
    state.kernels.digitize(source, state.frames.length, area(grid(state)), digitization, target);
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
