// The spec under work: complete JSON that may be wrong for a moment, and what is wrong with it.

import type { JsonSchema } from "@minisim/spec";
import { batch, computed, signal } from "@preact/signals";
import type { PlainIssue } from "../engine/rpc.ts";
import type { Catalog } from "../engine/types.ts";
import { at, equal, type Path, withValue } from "./paths.ts";
import { placeIn } from "./places.ts";

export interface StepDraft {
  readonly kind: string;
  readonly [name: string]: unknown;
}
export interface Draft {
  readonly acquisition: Readonly<Record<string, unknown>>;
  readonly seed: unknown;
  readonly steps: readonly StepDraft[];
  readonly output: Readonly<Record<string, unknown>>;
}

export const catalog = signal<Catalog | null>(null);
export const draft = signal<Draft | null>(null);
export const issues = signal<readonly PlainIssue[]>([]);
/** What "reset" goes back to. */
export const origin = signal<Draft | null>(null);
export const presetName = signal("");
/** Sentences about what of a link, or of a file, could not be taken. */
export const notices = signal<readonly string[]>([]);

// Steps that are off keep their parameters for when they are on again.
const parked = new Map<string, StepDraft>();

/** `from`: what "reset" goes back to. */
export function load(spec: Draft, name: string, from: Draft = spec): void {
  batch(() => {
    parked.clear();
    put(spec, name, from);
    notices.value = [];
  });
}

export function put(spec: Draft, name: string, from: Draft): void {
  batch(() => {
    draft.value = spec;
    origin.value = from;
    presetName.value = name;
  });
}

export function loadPreset(name: string): void {
  const preset = catalog.value?.presets.find((one) => one.name === name);
  if (preset) load(preset.spec as Draft, name);
}

export function edit(path: Path, value: unknown): void {
  if (draft.value && !equal(at(draft.value, path), value)) {
    draft.value = withValue(draft.value, path, value);
  }
}

/** Where a step's parameters are in the draft; undefined while it is off. */
export function stepIndex(kind: string): number | undefined {
  const index = draft.value?.steps.findIndex((step) => step.kind === kind) ?? -1;
  return index < 0 ? undefined : index;
}

export function toggleStep(kind: string): void {
  const now = draft.value;
  if (!now) return;
  const found = now.steps.find((step) => step.kind === kind);
  if (found) {
    parked.set(kind, found);
    draft.value = { ...now, steps: now.steps.filter((step) => step !== found) };
    return;
  }
  const back =
    parked.get(kind) ??
    origin.value?.steps.find((step) => step.kind === kind) ??
    ({ kind, ...defaultsOf(stepSchema(kind)) } as StepDraft);
  const order = catalog.value?.steps.map((step) => step.kind) ?? [];
  const steps = [...now.steps, back].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
  draft.value = { ...now, steps };
}

/** Only these steps, for lessons; the others are parked. */
export function keepSteps(kinds: readonly string[]): void {
  for (const { kind } of catalog.value?.steps ?? []) {
    if (kinds.includes(kind) !== (stepIndex(kind) !== undefined)) toggleStep(kind);
  }
}

export function stepSchema(kind: string): JsonSchema | undefined {
  const { properties } = catalog.value?.schema ?? {};
  const items = properties?.steps?.items;
  const union = items ? (items.oneOf ?? items.anyOf) : undefined;
  return union?.find((one) => one.properties?.kind?.const === kind);
}

export function sectionSchema(...path: string[]): JsonSchema | undefined {
  return path.reduce<JsonSchema | undefined>(
    (place, name) => place?.properties?.[name],
    catalog.value?.schema,
  );
}

export function defaultsOf(schema: JsonSchema | undefined): Record<string, unknown> {
  const entries = Object.entries(schema?.properties ?? {});
  return Object.fromEntries(
    entries.flatMap(([name, field]) =>
      field.default === undefined ? [] : [[name, field.default]],
    ),
  );
}

/** What a field goes back to: the preset's value where the preset has the field, else the schema's default. */
export function resetValue(path: Path, schema: JsonSchema): unknown {
  const now = draft.value;
  const before = origin.value;
  if (path[0] === "steps" && now && before) {
    const kind = now.steps[path[1] as number]?.kind;
    const index = before.steps.findIndex((step) => step.kind === kind);
    const value = index < 0 ? undefined : at(before, ["steps", index, ...path.slice(2)]);
    return value === undefined ? schema.default : value;
  }
  const value = at(before, path);
  return value === undefined ? schema.default : value;
}

/** "sensor.photons_per_um2_s": a place in the spec, with a step by its kind. */
export function placeOf([first, index, ...rest]: Path): string {
  const kind = first === "steps" ? draft.value?.steps[Number(index)]?.kind : undefined;
  const names = kind === undefined ? [first, index, ...rest] : [kind, ...rest];
  return placeIn(names.filter((name) => name !== undefined));
}

export const changed = computed(() => !equal(draft.value, origin.value));
export const issuesAt = (path: Path): PlainIssue[] =>
  issues.value.filter((issue) => JSON.stringify(issue.path) === JSON.stringify(path));
