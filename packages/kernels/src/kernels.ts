// The public contract of the kernels: the verbs, and what each does to which array.
import type { Arena, F32, I32, U8, U16 } from "./arena.ts";
import type {
  BlockShape,
  Edge,
  FrameShape,
  NoiseWindow,
  PhiloxKey,
  PhiloxWords,
  PixelNumbers,
  SensorResponse,
  Whole,
  Window,
} from "./operands.ts";

/** `count` patches of float32 pixels; each lies wholly on the canvas, and may be empty. */
export interface Patches {
  readonly count: number;
  /** count × 4: first row, first column, height, width. */
  readonly table: I32;
  /** Where each patch begins in `data`, in elements. */
  readonly starts: I32;
  readonly data: F32;
}

/** frame_f += Σ_k weights[k·nFrames + f] · patch_k, in ascending k. Throws when a patch leaves the canvas. */
export interface AddPatches {
  readonly kind: "patches";
  readonly patches: Patches;
  readonly weights: F32;
}

/** frame_f += Σ_k weights[k·nFrames + f] · field_k, in ascending k; `fields` holds `count` fields one after the other. */
export interface AddFields {
  readonly kind: "fields";
  readonly count: number;
  readonly fields: F32;
  readonly weights: F32;
}

/**
 * frame_f += Σ_n β(node n) · Σ_k weights[k·nFrames + f] · patch_k[n]: patches of coefficients on a coarse grid, summed there and
 * taken to the frame's pixels by cubic B-splines β. The grid is `coarseGrid(shape, spacing_px)`; the centres of both coincide. Of frames that are a
 * part of larger ones, it is the grid of those.
 */
export interface AddCoarse {
  readonly kind: "coarse";
  readonly spacing_px: number;
  readonly whole?: Whole | undefined;
  readonly patches: Patches;
  readonly weights: F32;
}

/** frame_f *= field, and then *= weights[f] when weights are given; frame_f *= field + weights[f] · swing with a swing beside them. */
export interface Modulate {
  readonly kind: "modulate";
  readonly field: F32;
  readonly weights?: F32 | undefined;
  readonly swing?: F32 | undefined;
}

/** frame_f *= weights[f]: the bits of a field of ones with these weights. */
export interface Scale {
  readonly kind: "modulate";
  readonly field: null;
  readonly weights: F32;
  readonly swing?: undefined;
}

export type FieldOperation = AddFields | Modulate | Scale;
export type LightOperation = AddPatches | AddCoarse | FieldOperation;

/**
 * Where the pixels of a sensor differ, height × width: λ = light · electrons_per_unit · sensitivity + dark_e, in place of the
 * response's dark_e, and offset_e is added to the electrons after the full well.
 */
export interface SensorPatterns extends FrameShape {
  readonly sensitivity: F32;
  readonly dark_e: F32;
  readonly offset_e: F32;
  /** One more offset for each row of each frame of the block, frame × height. */
  readonly row_offsets_e?: F32 | undefined;
}

/** What `digitize` takes besides light: `frameNumbers` names each frame of the block. */
export interface Digitization {
  readonly frameNumbers: I32;
  readonly key: PhiloxKey;
  /** Whose noise each pixel has; row-major from 0 where absent. */
  readonly numbers?: PixelNumbers | undefined;
  readonly response: SensorResponse;
  /** All pixels alike where there are none. */
  readonly patterns?: SensorPatterns | undefined;
}

/**
 * A smooth displacement of each frame of a block, px: cubic B-splines on `coarseGrid(window, spacing_px)`, whose centre is the window's; or on the grid
 * of the whole of which the window is a part.
 */
export interface Displacements {
  readonly spacing_px: number;
  readonly whole?: Whole | undefined;
  /** Coefficients: frame × (dy, dx) × nodes, row-major. */
  readonly nodes: Float64Array;
}

/** How frames move: (dy, dx) in pixels for each, or for each of their pixels. */
export type Motion = ArrayLike<number> | Displacements;

/**
 * The frame verbs. Arrays must come from this object's arenas. Multiplications and additions are rounded to float32 one by
 * one, and a pixel's sum has one order, so the bits depend neither on the size of a block nor on the engine.
 * Every verb throws a RangeError when an array is too short for the sizes given, and an Error when it has been released.
 */
export interface Kernels {
  /** A new set of arrays with one lifetime. */
  arena(): Arena;

  /** frame_f += Σ_k weights[k·nFrames + f] · patch_k, in ascending k. Throws when a patch leaves the canvas. */
  accumulatePatches(block: F32, shape: BlockShape, patches: Patches, weights: F32): void;

  /** Patches of coefficients on a coarse grid, as `AddCoarse` says. Throws when a patch leaves that grid. */
  accumulateCoarse(
    block: F32,
    shape: BlockShape,
    spacing_px: number,
    patches: Patches,
    weights: F32,
  ): void;

  /** frame_f += weights[f] · field. */
  accumulateField(block: F32, nFrames: number, nPixels: number, field: F32, weights: F32): void;

  /** frame_f *= field, and then *= weights[f] when weights are given; frame_f *= field + weights[f] · swing with a swing beside them. */
  modulate(
    block: F32,
    nFrames: number,
    nPixels: number,
    field: F32,
    weights?: F32,
    swing?: F32,
  ): void;

  /**
   * out[y, x] = source(top + y − dy, left + x − dx), bilinear, 0 outside the source; a positive shift moves content to
   * higher indices, a whole one copies exactly. `motion` holds (dy, dx) in pixels for each frame, or makes it a smooth field over the
   * window. Source and target differ.
   */
  translate(source: F32, shape: BlockShape, target: F32, window: Window, motion: Motion): void;

  /**
   * Turns light into counts. `frameNumbers` names each frame of the block: it is the frame's place in the recording, not in the
   * block, that decides the noise. A NaN pixel is dark.
   */
  digitize(
    source: F32,
    nFrames: number,
    nPixels: number,
    sensor: Digitization,
    target: U8 | U16,
  ): void;

  /**
   * Operations in order, in one pass over the block: the bits are those of the verbs one by one. A `dark` block stands for
   * zeros, whatever it holds.
   */
  compose(
    block: F32,
    shape: BlockShape,
    operations: readonly LightOperation[],
    dark?: boolean,
  ): void;

  /**
   * `translate`, then operations on the window's grid, then, with a sensor, `digitize`, in one pass: the bits are those of
   * the verbs one by one. The target takes light (F32) without a sensor and counts (U8, U16) with one.
   */
  expose(
    source: F32,
    shape: BlockShape,
    window: Window,
    motion: Motion,
    operations: readonly FieldOperation[],
    target: F32 | U8 | U16,
    sensor?: Digitization,
  ): void;

  /**
   * `compose` of a dark block and `expose` of it, in one pass in which no frame of light is ever whole: `operations` are on
   * the grid of `shape`, `fields` on that of the window. The bits are those of the two passes.
   */
  capture(
    shape: BlockShape,
    operations: readonly LightOperation[],
    window: Window,
    motion: Motion,
    fields: readonly FieldOperation[],
    target: F32 | U8 | U16,
    sensor?: Digitization,
  ): void;

  /** Standard normals of a window of an unbounded field: the same (row, col) has the same value in every window. */
  normals(target: F32, window: NoiseWindow, key: PhiloxKey): void;

  /**
   * Correlates a frame along both axes with `taps` (odd length 2·radius + 1), for the pixels of `window`. Source rows
   * that the window does not reach are not computed.
   */
  blur(source: F32, shape: FrameShape, taps: F32, target: F32, window: Window, edge: Edge): void;

  /** One Philox4x32-10 block: four counter words to four random words. */
  philox(counter: PhiloxWords, key: PhiloxKey): PhiloxWords;
}
