// What the page exposes in its console, as tests use it.
import type { Census } from "../src/engine/census.ts";
import type { PlanInfo, SceneInfo } from "../src/engine/types.ts";
import type { Place } from "../src/engine/window-limits.ts";
import type { Draft } from "../src/state/spec.ts";

export interface Handle {
  readonly spec: Draft | null;
  readonly plan: PlanInfo | null;
  readonly scene: SceneInfo | null;
  readonly ready: boolean;
  readonly judged: Census | null;
  readonly counts: Readonly<
    Record<"window" | "recording", { readonly plan: number; readonly census: Census } | null>
  >;
  readonly cacheKey: string;
  readonly latencyMs: number;
  readonly invalid: boolean;
  readonly shown: { readonly plan: number; readonly stage: string; readonly frame: number };
  readonly look: Readonly<Record<"stage" | "other" | "outlines", string>> & {
    readonly wiping: boolean;
    readonly vessels: boolean;
    readonly frame: number | null;
    readonly side: number;
    readonly place: Place | null;
  };
  readonly view: { readonly zoom: number; readonly centre: readonly [y: number, x: number] };
  edit(path: readonly (string | number)[], value: unknown): void;
  value(path: readonly (string | number)[]): unknown;
  frameHash(stage: string, frame: number): Promise<string | null>;
}

declare global {
  var minisimStudio: Handle;
}
