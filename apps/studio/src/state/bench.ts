// What is under work, as it is put aside: for a lesson, or beside a change.
import { untracked } from "@preact/signals";
import type { WindowLimits } from "../engine/window-limits.ts";
import { limits } from "./live.ts";
import { type Draft, draft, origin, presetName } from "./spec.ts";

export interface Bench {
  readonly spec: Draft;
  readonly name: string;
  /** What "reset" goes back to. */
  readonly origin: Draft;
  readonly limits: WindowLimits;
}

/** Null where there is no spec yet. */
export const benchNow = (): Bench | null =>
  untracked(() => {
    const spec = draft.value;
    if (!spec) return null;
    const from = origin.value ?? spec;
    return { spec, name: presetName.value, origin: from, limits: limits.value };
  });
