// One point of a grid → the spec as it would be written by hand: the base with a value at the place of every axis.
import { excerpt } from "@minisim/spec";
import { assign, isWholeStep, PathProblem, type Place, placeOf, segmentsOf } from "./axis-path.ts";
import type { Axis } from "./grid.ts";
import { isObject, type Json, type JsonObject } from "./json.ts";
import { didYouMean } from "./suggest.ts";

/** A value that cannot be put where its axis points, or an axis that points nowhere (`ofValue` false). */
export interface Misfit {
  readonly axis: number;
  readonly ofValue: boolean;
  readonly message: string;
}

export interface Variation {
  readonly spec: JsonObject;
  /** The place of each axis in `spec`; empty for an axis with a misfit. */
  readonly places: readonly Place[];
  readonly misfits: readonly Misfit[];
}

/** `base` is complete: parsed. Steps are replaced first, so that other axes may set fields of the new ones. */
export function vary(
  base: JsonObject,
  axes: readonly Axis[],
  choice: readonly number[],
  kinds: readonly string[],
): Variation {
  const spec = structuredClone(base);
  const places: Place[] = axes.map(() => []);
  const misfits: Misfit[] = [];
  const order = [...axes.keys()].sort(
    (a, b) => Number(isWholeStep(axes[b]!.name)) - Number(isWholeStep(axes[a]!.name)),
  );
  for (const axis of order) {
    const { name, values } = axes[axis]!;
    const value = structuredClone(values[choice[axis]!]!);
    try {
      if (isWholeStep(name)) replaceStep(spec, segmentsOf(name)[1]!, value, kinds);
      else {
        const place = placeOf(name, spec);
        assign(spec, place, value);
        places[axis] = place;
      }
    } catch (error) {
      if (!(error instanceof PathProblem)) throw error;
      misfits.push({ axis, ofValue: error instanceof ValueProblem, message: error.message });
    }
  }
  // Only now is it sure where each step stands.
  const steps = (spec.steps as JsonObject[]).map(({ kind }) => kind);
  for (const [axis, { name }] of axes.entries()) {
    const index = steps.indexOf(segmentsOf(name)[1] ?? "");
    if (isWholeStep(name) && index >= 0) places[axis] = ["steps", index];
  }
  return { spec, places, misfits };
}

class ValueProblem extends PathProblem {}

function replaceStep(spec: JsonObject, kind: string, value: Json, kinds: readonly string[]): void {
  const steps = spec.steps as JsonObject[];
  const index = steps.findIndex((step) => step.kind === kind);
  if (index < 0 && !kinds.includes(kind)) {
    const near = didYouMean(kind, kinds) || ` The kinds are ${kinds.join(", ")}.`;
    throw new PathProblem(`there is no step of the kind "${excerpt(kind)}".${near}`);
  }
  if (value === null) {
    if (index >= 0) steps.splice(index, 1);
    return;
  }
  if (!isObject(value) || (value.kind !== undefined && value.kind !== kind)) {
    throw new ValueProblem("a step is an object with its parameters, or null to leave it out.");
  }
  const step = { ...value, kind };
  if (index < 0) steps.push(step);
  else steps[index] = step;
}
