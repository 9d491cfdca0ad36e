// What the page knows of a simulation: plain data that travels from the worker.
import type { Container, JsonSchema, Spec, Window } from "@minisim/spec";
import type { Foresight } from "./foresight.ts";
import type { PlainIssue } from "./rpc.ts";

export interface StepInfo {
  readonly kind: string;
  readonly domain: "cell" | "tissue" | "motion" | "sensor";
  readonly summary: string;
  readonly sources: readonly string[];
}

export interface PresetInfo {
  readonly name: string;
  readonly title: string;
  /** Complete, all steps on. */
  readonly spec: Spec;
}

export interface Catalog {
  readonly schema: JsonSchema;
  /** In canonical order. */
  readonly steps: readonly StepInfo[];
  readonly presets: readonly PresetInfo[];
}

/** What the preview shows of the recording. */
export interface WindowInfo {
  /** Pixels of the sensor: what is shown, what is recorded, and all of them. */
  readonly shown: Window;
  readonly recorded: Window;
  readonly sensor: { readonly height: number; readonly width: number };
  /** Whether its cells are drawn anew: a sample like the recording, not a part of it. */
  readonly redrawn: boolean;
  readonly full_frames: number;
  /** What the window's spec is: a recording of its own right, the same in Node. */
  readonly spec: Spec;
  /** The same over all of the recording's duration. */
  readonly counted: Spec;
  /** Whether the focus of the full field has still to be looked for. */
  readonly wants_focus: boolean;
}

/** What compiling will take: the window, and the whole field for as long. */
export interface Expected {
  readonly window: Foresight;
  readonly whole: Foresight;
}

export interface StageRow {
  readonly name: string;
  readonly kind: string;
  /** False among the cell steps, where there is no movie yet. */
  readonly hasMovie: boolean;
  readonly container: Container;
}

export interface PlanInfo {
  readonly number: number;
  readonly stages: readonly StageRow[];
  readonly height: number;
  readonly width: number;
  readonly pixelSizeUm: number;
  readonly fps: number;
  readonly frames: number;
  readonly window: WindowInfo;
  /** The spec of the recording, complete. */
  readonly recording: Spec;
  readonly warnings: readonly PlainIssue[];
  readonly compileMs: number;
}

/** What the page is about to show; a stage that the plan has not stands for its last one. */
export interface Shown {
  readonly stages: readonly string[];
  readonly frame: number;
  /** How fast the movie moves on while it is compiled. */
  readonly framesPerMs: number;
}

export type Opened =
  | {
      readonly ok: true;
      readonly plan: PlanInfo;
      readonly cacheKey: string;
      /** The first frame of each stage that is shown. */
      readonly first: readonly Block[];
    }
  | { readonly ok: false; readonly issues: readonly PlainIssue[] };

export interface SceneInfo {
  readonly plan: number;
  readonly planted: number;
  readonly inView: number;
  /** (z, y, x) µm of each unit. */
  readonly centersUm: Float64Array;
  readonly inFocus: Uint8Array;
  readonly focalDepthUm: number | null;
  readonly curvatureRadiusUm: number | null;
  readonly depthOfFieldUm: number;
  /** frame × (dy, dx) px; null where nothing moves. */
  readonly shifts: Float64Array | null;
  /** Fraction of light that the vessels let through, over the FOV; null without vessels. */
  readonly vessels: Float32Array | null;
}

/** Closed outlines: unit i owns loops loopsOf[i] … loopsOf[i + 1]; loop j owns points starts[j] … starts[j + 1] (y, x in px). */
export interface Outlines {
  readonly plan: number;
  readonly loopsOf: Int32Array;
  readonly starts: Int32Array;
  readonly points: Float32Array;
}

export interface Block {
  readonly plan: number;
  readonly stage: string;
  readonly first: number;
  readonly count: number;
  readonly data: Uint8Array | Uint16Array | Float32Array;
}

export interface UnitTrace {
  readonly unit: number;
  readonly calcium: Float64Array;
  readonly spikeTimes: Float64Array;
  /** Mean of the stage's frames over the footprint's half-peak pixels. */
  readonly roi: Float64Array;
}
