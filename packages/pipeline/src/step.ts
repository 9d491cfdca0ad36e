// What an effect step is. A step is a value: parameters, order, physics, truth. The built-in steps are made of nothing else.
import type { Random } from "@minisim/random";
import type {
  Acquisition,
  CheckContext,
  Finding,
  Frozen,
  Geometry,
  StepSchema,
} from "@minisim/spec";
import type { z } from "zod";
import type { RecordingWindow, SceneGeometry } from "./geometry.ts";
import type { Instruction } from "./program.ts";
import type { FrameSeries } from "./series.ts";
import type { ShareWork } from "./share-work.ts";
import type { Announced, Put, Scene } from "./tokens.ts";
import { named, type TruthDeclarations, type TruthTokens } from "./truth.ts";
import type { Work, WorkContext } from "./work.ts";

/** Where a step acts: on cells, on the light of the still tissue, on its motion, or on the image on the sensor. */
export const DOMAINS = ["cell", "tissue", "motion", "sensor"] as const;
export type Domain = (typeof DOMAINS)[number];

interface ViewContext<P> {
  readonly params: P;
  readonly acquisition: Acquisition;
  readonly geometry: Geometry;
}

export interface AnnounceContext<P> extends ViewContext<P> {
  /** That of `compile`: a course that is drawn under the same path in both is the same. */
  readonly random: Random;
}

export interface WindowContext<P> extends ViewContext<P> {
  /** Of the recording that `geometry` tells of. */
  readonly window: RecordingWindow;
}

export interface CompileContext<P> {
  readonly params: P;
  readonly acquisition: Acquisition;
  readonly geometry: SceneGeometry;
  /** What earlier steps have put, and what all steps have announced. Readable while the step compiles. */
  readonly scene: Scene;
  /** Randomness of this step alone: no draw here moves another step's. */
  readonly random: Random;
  /** For work that takes long with a long recording, where other processes compile the same spec; null where there are none. The outcome is the same. */
  readonly share: ShareWork | null;
  /** Reports something the user should know, as data. */
  warn(code: string, message: string): void;
}

/** All that a step makes. What is left out is nothing. */
export interface Made<T extends TruthDeclarations = TruthDeclarations> {
  /** For later steps: `slots.optics.of(columns)`. */
  readonly put?: Put | readonly Put[];
  /** Its truth fields, as declared; one left out is absent from the ground truth. A field whose last dimension is the frame may be a series. */
  readonly truth?: { readonly [Name in keyof T]?: Float64Array | FrameSeries };
  /** What it does to every frame. */
  readonly frames?: Instruction | readonly Instruction[];
}

/** What a step says of itself, all but its truth. */
interface StepBody<K extends string, P extends z.ZodObject, T extends TruthDeclarations>
  extends StepSchema<K, P> {
  readonly kind: K;
  /** Of the physics: raise it when the same parameters give other bytes. Part of the cache key of specs that use the step. */
  readonly revision: number;
  readonly domain: Domain;
  /** The name of the movie after this step; the kind where absent. */
  readonly stage?: string;
  /** Kinds that, if present, come earlier in the same domain. */
  readonly after?: readonly string[];
  /** Kinds that, if present, come later in the same domain: for a step that they do not know. */
  readonly before?: readonly string[];
  /** Whether it comes after all others of its domain, but for those that name it in `after`. */
  readonly last?: boolean;
  readonly summary: string;
  readonly sources: readonly string[];
  /** A strict zod object without `kind`, every field with a default, a description and a unit. */
  readonly params: P;
  // Methods, so that a definition with narrower parameters is still a StepDefinition.
  check?(context: CheckContext<Frozen<z.output<P>>>): readonly Finding[];
  /** What earlier steps must know of it: `facts.excitation.of(field)`. Quick: long series and fields are recipes, made when read. */
  announce?(context: AnnounceContext<Frozen<z.output<P>>>): Announced | readonly Announced[];
  /**
   * For a step that lays something over the whole field of view, or is told something of every frame: the parameters that change where the
   * recording has the window's size and length, and should have the middle of the field.
   */
  inWindow?(context: WindowContext<Frozen<z.output<P>>>): Readonly<Record<string, unknown>>;
  /** The step's share of the work, expected from its parameters alone; draws nothing and is quick. */
  work?(context: WorkContext<Frozen<z.output<P>>>): Work;
  /** A pure function of what it is given. */
  // biome-ignore lint/suspicious/noConfusingVoidType: a step that makes nothing returns nothing at all.
  compile(context: CompileContext<Frozen<z.output<P>>>): Made<NoInfer<T>> | void;
}

export interface StepDefinition<
  K extends string = string,
  P extends z.ZodObject = z.ZodObject,
  T extends TruthDeclarations = TruthDeclarations,
> extends StepBody<K, P, T> {
  /** The fields that it leaves, by name; each is a token that `GroundTruth.get` takes. */
  readonly truth?: TruthTokens<T>;
}

/** Makes a step of what it says of itself; its truth declarations become tokens. */
export function defineStep<
  const K extends string,
  P extends z.ZodObject,
  const T extends TruthDeclarations = Record<never, never>,
>(
  definition: StepBody<K, P, T> & { readonly truth?: T },
): StepDefinition<K, P, T> & { readonly truth: TruthTokens<T> } {
  return Object.freeze({ ...definition, truth: named(definition.truth) });
}

/** One or many as a list. */
export function listOf<T extends object>(given: T | readonly T[] | undefined): readonly T[] {
  if (given === undefined) return [];
  return Array.isArray(given) ? (given as readonly T[]) : [given as T];
}
