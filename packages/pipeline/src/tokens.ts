// Tokens: typed names under which steps that know nothing of each other leave and find things.
import type { Geometry } from "@minisim/spec";
import type { SceneGeometry } from "./geometry.ts";

/** The name of a value that `Scene.get` gives. Tokens of the same name stand for the same value. */
export interface Token<T> {
  readonly name: string;
  /** The value where no step has given one. */
  start(geometry: SceneGeometry): T;
}

/** All that is announced and all that steps have put so far. */
export interface Scene {
  readonly geometry: SceneGeometry;
  /** The value of a slot or a fact. It belongs to whoever gave it and is not to be changed. */
  get<T>(token: Token<T>): T;
}

/** A value that steps put on the scene while they compile, for those that come later. */
export interface Slot<T, Given = T> extends Token<T> {
  readonly rule: SlotRule<T, Given>;
  /** What a step returns to put `given` there. */
  of(given: Given): Put;
}

export interface SlotRule<T, Given = T> {
  /** The value before anybody puts something; null where absent. */
  start?(geometry: SceneGeometry): T;
  /** The value after a step has put `given`; where absent it is what was given last. */
  merge?(there: T, given: Given, scene: Scene): T;
  /** The table of which this is a column: nothing is added to the table once the column is there. */
  readonly columnOf?: Token<unknown>;
}

export interface Put {
  readonly slot: Slot<unknown, unknown>;
  readonly given: unknown;
}

/** @param name unique among all steps: begin it with a name of your own */
export function slot<T>(name: string): Slot<T | null, T>;
export function slot<T, Given = T>(name: string, rule: SlotRule<T, Given>): Slot<T, Given>;
export function slot(name: string, rule: SlotRule<unknown> = {}): Slot<unknown> {
  const token: Slot<unknown> = {
    name,
    rule,
    start: (geometry) => rule.start?.(geometry) ?? null,
    of: (given) => ({ slot: token, given }),
  };
  return Object.freeze(token);
}

/** A value that steps announce from their parameters and draws alone, before any step compiles, so that earlier steps know it too. */
export interface Fact<T, Given = T> extends Token<T> {
  readonly rule: FactRule<T, Given> | null;
  /** What a step returns to announce `given`. */
  of(given: Given): Announced;
}

export interface FactRule<T, Given = T> {
  /** The value where nobody announces the fact. */
  readonly neutral: T;
  /** The value after one more step has announced `given`. */
  merge(there: T, given: Given): T;
  /** Says what is wrong with what a step announces; undefined where nothing is. */
  problem?(given: Given, geometry: Geometry): string | undefined;
}

export interface Announced {
  readonly fact: Fact<unknown, unknown>;
  readonly given: unknown;
}

/** Without a rule, one step at most may announce the fact, and it is null where none does. @param name unique among all steps */
export function fact<T>(name: string): Fact<T | null, T>;
export function fact<T, Given = T>(name: string, rule: FactRule<T, Given>): Fact<T, Given>;
export function fact(name: string, rule: FactRule<unknown> | null = null): Fact<unknown> {
  const token: Fact<unknown> = {
    name,
    rule,
    start: () => rule?.neutral ?? null,
    of: (given) => ({ fact: token, given }),
  };
  return Object.freeze(token);
}
