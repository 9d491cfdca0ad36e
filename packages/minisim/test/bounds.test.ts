// Every number of a spec has a smallest and a largest value, so that no parameter alone can make a recording that never ends or
// light that is no number. A parameter that a step gains is covered the day it appears.
import { Spec } from "minisim";
import { expect, test } from "vitest";

interface Node {
  readonly type?: string;
  readonly const?: unknown;
  readonly properties?: Record<string, Node>;
  readonly items?: Node | false;
  readonly prefixItems?: Node[];
  readonly anyOf?: Node[];
  readonly oneOf?: Node[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
}

/** Every number below a node of the JSON Schema, by its place. */
function* numbers(node: Node, path: string): Generator<readonly [path: string, node: Node]> {
  const isNumber = node.type === "number" || node.type === "integer";
  if (isNumber && node.const === undefined) yield [path, node];
  for (const [name, child] of Object.entries(node.properties ?? {})) {
    yield* numbers(child, `${path}.${name}`);
  }
  for (const child of [...(node.anyOf ?? []), ...(node.oneOf ?? []), ...(node.prefixItems ?? [])]) {
    yield* numbers(child, child.properties?.kind ? `${path}.${kindOf(child)}` : path);
  }
  if (node.items) yield* numbers(node.items, path);
}

const kindOf = (step: Node) => (step.properties!.kind as { const?: string }).const;

const found = [...numbers(Spec.jsonSchema() as Node, "")];

test("every number is bounded on both sides", () => {
  // What a double can count is no bound, except of the seed, which may be any whole number.
  const isBound = (value: number | undefined) =>
    value !== undefined && Math.abs(value) < Number.MAX_SAFE_INTEGER;
  const unbounded = found
    .filter(
      ([, { minimum, exclusiveMinimum, maximum, exclusiveMaximum }]) =>
        !(isBound(minimum ?? exclusiveMinimum) && isBound(maximum ?? exclusiveMaximum)),
    )
    .map(([path]) => path);
  expect(unbounded).toEqual([".seed"]);
  expect(found.length).toBeGreaterThan(80);
});

test("what may not be 0 has a smallest value, not an open end at 0", () => {
  expect(found.filter(([, node]) => node.exclusiveMinimum === 0)).toEqual([]);
});
