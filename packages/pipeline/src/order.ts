// The canonical order of steps: by domain, then by the soft "after", "before" and "last" inside it, then by kind.
import type { Spec, StepSpec } from "@minisim/spec";
import { DOMAINS, type StepDefinition } from "./step.ts";

type Orderable = Pick<StepDefinition, "kind" | "domain" | "after" | "before" | "last">;

/** A stable topological sort that the order of `steps` does not influence. Throws an error that names the steps of a cycle. */
export function orderSteps<S extends Orderable>(steps: readonly S[]): S[] {
  return DOMAINS.flatMap((domain) => orderDomain(steps.filter((step) => step.domain === domain)));
}

function orderDomain<S extends Orderable>(steps: readonly S[]): S[] {
  const waiting = new Map(steps.map((step) => [step.kind, step]));
  const earlier = predecessors(steps);
  const ordered: S[] = [];
  while (waiting.size > 0) {
    const ready = [...waiting.keys()]
      .filter((kind) => ![...earlier.get(kind)!].some((other) => waiting.has(other)))
      .sort();
    const next = ready[0];
    if (next === undefined) {
      throw new Error(
        `These steps each want to come after another of them: ${[...waiting.keys()].sort().join(", ")}.`,
      );
    }
    ordered.push(waiting.get(next)!);
    waiting.delete(next);
  }
  return ordered;
}

function predecessors(steps: readonly Orderable[]): Map<string, Set<string>> {
  const earlier = new Map(steps.map((step) => [step.kind, new Set(step.after)]));
  for (const step of steps) {
    for (const later of step.before ?? []) earlier.get(later)?.add(step.kind);
  }
  const late = lateKinds(steps, earlier);
  for (const kind of late) {
    for (const other of earlier.keys()) if (!late.has(other)) earlier.get(kind)!.add(other);
  }
  return earlier;
}

/** The kinds of the last steps, and of all that come after one of them. */
function lateKinds(
  steps: readonly Orderable[],
  earlier: ReadonlyMap<string, ReadonlySet<string>>,
): ReadonlySet<string> {
  const late = new Set(steps.filter((step) => step.last).map((step) => step.kind));
  // A set that grows while it is read is read to its new end.
  for (const kind of late) {
    for (const [other, before] of earlier) if (before.has(kind)) late.add(other);
  }
  return late;
}

/** A step that a spec uses, with its parameters there, and its place in the spec's list. */
export interface UsedStep {
  readonly step: StepDefinition;
  readonly params: StepSpec;
  readonly index: number;
}

/** The steps of a spec, in the order in which they run. @throws Error when one of them is not among `steps`. */
export function usedSteps(spec: Spec, steps: readonly StepDefinition[]): UsedStep[] {
  const byKind = new Map(steps.map((step) => [step.kind, step]));
  const used = new Map<string, UsedStep>();
  for (const [index, { kind, ...params }] of spec.steps.entries()) {
    const step = byKind.get(kind);
    if (!step) throw new Error(`The spec uses the step "${kind}", which is not among those given.`);
    used.set(kind, { step, params: params as StepSpec, index });
  }
  return orderSteps([...used.values()].map((one) => one.step)).map((step) => used.get(step.kind)!);
}
