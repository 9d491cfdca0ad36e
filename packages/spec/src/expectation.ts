// Says in words what a field accepts ("a number ≥ 0 or null") and what it was given ("the string \"abc\""),
// read from the JSON Schema of the field.
import { z } from "zod";
import { excerpt } from "./excerpt.ts";

export type Node = z.core.JSONSchema.BaseSchema;

type Fields = Record<PropertyKey, unknown>;

const nodes = new WeakMap<z.ZodType, Node>();

/** The JSON Schema of what `schema` accepts; the same object every time. */
export function nodeOf(schema: z.ZodType): Node {
  let node = nodes.get(schema);
  if (node === undefined) {
    node = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
    nodes.set(schema, node);
  }
  return node;
}

/** The node that describes the value at `path` below `node`; `value` decides between alternatives. */
export function nodeAt(node: Node, path: readonly PropertyKey[], value: unknown): Node | undefined {
  const [segment, ...rest] = path;
  if (segment === undefined) return node;
  const branches = alternatives(node).filter((branch) => childOf(branch, segment) !== undefined);
  const chosen = branches.filter((branch) => matchesConstants(branch, value));
  const children = (chosen.length > 0 ? chosen : branches).map(
    (branch) => childOf(branch, segment)!,
  );
  const child = children.length > 1 ? { anyOf: children } : children[0];
  return child && nodeAt(child, rest, (value as Fields | undefined)?.[segment]);
}

/** The node itself, or the members of the union it is. */
export function alternatives(node: Node): Node[] {
  const members = node.anyOf ?? node.oneOf;
  return members === undefined ? [node] : members.flatMap((member) => alternatives(member as Node));
}

/** What the node accepts: `"auto" or a number ≥ 0`. */
export function expectation(node: Node): string {
  return enumeration([...new Set(alternatives(node).flatMap(accepted))]);
}

/** A value as part of a sentence; never longer than a few words. */
export function shown(value: unknown): string {
  if (Array.isArray(value)) {
    if (value.length === 0) return "an empty list";
    return value.length === 1 ? "a list of 1 item" : `a list of ${value.length} items`;
  }
  switch (typeof value) {
    case "string":
      return `the string ${JSON.stringify(excerpt(value, 40))}`;
    case "number":
    case "boolean":
      return String(value);
    case "object":
      return value === null ? "null" : "an object";
    case "undefined":
      return "nothing";
    default:
      return `a ${typeof value}`;
  }
}

function childOf(node: Node, segment: PropertyKey): Node | undefined {
  if (typeof segment === "number") {
    const place =
      node.prefixItems?.[segment] ?? (Array.isArray(node.items) ? undefined : node.items);
    return typeof place === "object" ? (place as Node) : undefined;
  }
  const properties = node.properties ?? {};
  const field = Object.hasOwn(properties, segment)
    ? properties[String(segment)]
    : node.additionalProperties;
  return typeof field === "object" ? (field as Node) : undefined;
}

function matchesConstants(node: Node, value: unknown): boolean {
  return Object.entries(node.properties ?? {}).every(
    ([key, field]) =>
      typeof field !== "object" ||
      field.const === undefined ||
      field.const === (value as Fields | undefined)?.[key],
  );
}

function accepted(node: Node): string[] {
  if (node.const !== undefined) return [JSON.stringify(node.const)];
  if (node.enum !== undefined) return node.enum.map((option) => JSON.stringify(option));
  switch (node.type) {
    case "number":
      return [`a number${bounds(node)}`];
    case "integer":
      return [`a whole number${bounds(node)}`];
    case "boolean":
      return ["true", "false"];
    case "null":
      return ["null"];
    case "string":
      return ["a string"];
    case "array":
      return [listOf(node)];
    case "object":
      return ["an object"];
    default:
      return ["a valid value"];
  }
}

function bounds(node: Node): string {
  const parts = [
    [">", node.exclusiveMinimum],
    ["≥", node.minimum],
    ["<", node.exclusiveMaximum],
    ["≤", node.maximum],
  ].filter(
    // The limits of integers that a number can hold: zod's own, no news to anybody.
    ([, bound]) => bound !== undefined && Math.abs(Number(bound)) !== Number.MAX_SAFE_INTEGER,
  );
  return parts.length === 0 ? "" : ` ${parts.map((part) => part.join(" ")).join(" and ")}`;
}

function listOf(node: Node): string {
  const places = node.prefixItems;
  if (places === undefined) return "a list";
  const numbers = places.every((place) => typeof place === "object" && place.type === "number");
  return `a list of ${places.length} ${numbers ? "numbers" : "items"}`;
}

function enumeration(words: readonly string[]): string {
  if (words.length === 0) return "left out";
  if (words.length === 1) return words.join("");
  return `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}
