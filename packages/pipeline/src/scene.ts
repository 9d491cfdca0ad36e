// The scene as it grows: what is announced, what steps have put, and one step's view of both. Nothing in it is of size frames × pixels.
import type { SceneGeometry } from "./geometry.ts";
import type { Put, Scene, Slot, Token } from "./tokens.ts";

export interface Entry {
  readonly value: unknown;
  /** What the value was made of: the same parts make the same value. */
  readonly parts: readonly unknown[];
}

/** The scene as it grows from step to step. */
export class GrowingScene implements Scene {
  readonly geometry: SceneGeometry;
  readonly #facts: ReadonlyMap<string, Entry>;
  readonly #entries: Map<string, Entry>;
  /** The columns that are there, by the name of their table. */
  readonly #columns = new Map<string, string>();

  constructor(geometry: SceneGeometry, facts: ReadonlyMap<string, Entry> = new Map()) {
    this.geometry = geometry;
    this.#facts = facts;
    this.#entries = new Map(facts);
  }

  get<T>(token: Token<T>): T {
    let entry = this.#entries.get(token.name);
    if (!entry) {
      entry = { value: token.start(this.geometry), parts: [] };
      this.#entries.set(token.name, entry);
    }
    return entry.value as T;
  }

  /** What the value of this name was made of; empty where nobody gave one. */
  partsOf(name: string): readonly unknown[] {
    return this.#entries.get(name)?.parts ?? [];
  }

  /** @throws Error for a table that a column has closed, and for the name of a fact */
  enter({ name, rule }: Slot<unknown, unknown>, value: unknown): void {
    if (this.#facts.has(name)) {
      throw new Error(`"${name}" is announced as a fact, so no step can put it.`);
    }
    const column = this.#columns.get(name);
    if (column !== undefined) {
      throw new Error(`Nothing can be added to "${name}" once its column "${column}" is there.`);
    }
    if (rule.columnOf) this.#columns.set(rule.columnOf.name, name);
    this.#entries.set(name, { value, parts: [value] });
  }
}

/** The scene in one step's turn: what the step puts is seen by itself alone, and what it reads is noted. */
export class Turn implements Scene {
  readonly geometry: SceneGeometry;
  /** By name, what the values that were read were made of. */
  readonly reads = new Map<string, readonly unknown[]>();
  readonly puts = new Map<string, { readonly slot: Put["slot"]; readonly value: unknown }>();
  #scene: GrowingScene | null;

  constructor(scene: GrowingScene) {
    this.geometry = scene.geometry;
    this.#scene = scene;
  }

  get<T>(token: Token<T>): T {
    const own = this.puts.get(token.name);
    if (own) return own.value as T;
    if (!this.#scene) {
      throw new Error(`"${token.name}" is read from the scene after the step has compiled.`);
    }
    this.reads.set(token.name, this.#scene.partsOf(token.name));
    return this.#scene.get(token);
  }

  put({ slot, given }: Put): void {
    const { merge } = slot.rule;
    const value = merge ? merge(this.get(slot), given, this) : given;
    this.puts.set(slot.name, { slot, value });
  }

  /** Later steps may change what this one would find. */
  end(): void {
    this.#scene = null;
  }
}
