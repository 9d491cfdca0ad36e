// A spec in the Python package's words: the same text that it would write, and the key that it takes from it.
import { createHash } from "node:crypto";
import type { Spec, StepSpec } from "@minisim/spec";
import { FIELDS, POSITIVE, STEPS, WHOLE } from "./vocabulary.ts";
import { inTheirWords } from "./words.ts";

export interface SpecDocument {
  /** JSON without spaces, byte for byte as the package's `model_dump_json`. */
  readonly text: string;
  /** First 16 hex digits of its SHA-256: the package's `cache_key`. */
  readonly cacheKey: string;
}

type Json = Readonly<Record<string, unknown>>;

/** What the package has no word or no room for, as paths into the spec; empty when it can hold all of it. */
export function foreignFields(spec: Spec): string[] {
  const found: string[] = [];
  visit(inTheirWords(spec), FIELDS.spec, "", found);
  return found;
}

/** The spec must have no foreign fields. */
export function specDocument(spec: Spec): SpecDocument {
  const order = Object.keys(STEPS);
  const document = inTheirWords(spec);
  const steps = (document.steps as StepSpec[]).toSorted(
    (a, b) => order.indexOf(a.kind) - order.indexOf(b.kind),
  );
  const text = objectText({ ...document, steps }, FIELDS.spec);
  const cacheKey = createHash("sha256").update(text).digest("hex").slice(0, 16);
  return { text, cacheKey };
}

/** The fields of a nested object, or of the objects of a list; undefined where the value is no object of its own. */
function fieldsOf(name: string, value: Json): readonly string[] | undefined {
  if (name === "steps") return STEPS[value.kind as string];
  if (name === "populations") return FIELDS.population;
  if (name === "layers") return FIELDS.vessel_layer;
  return Object.hasOwn(FIELDS, name) ? FIELDS[name as keyof typeof FIELDS] : undefined;
}

function visit(object: object, known: readonly string[], path: string, found: string[]): void {
  for (const [name, value] of Object.entries(object)) {
    const at = path === "" ? name : `${path}.${name}`;
    if (!known.includes(name)) found.push(at);
    else if (POSITIVE.has(name) && value === 0) found.push(`${at} = 0`);
    else visitValue(name, value, at, found);
  }
}

function visitValue(name: string, value: unknown, at: string, found: string[]): void {
  if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) visitValue(name, item, `${at}[${i}]`, found);
  } else if (typeof value === "object" && value !== null) {
    const known = fieldsOf(name, value as Json);
    if (known) visit(value as Json, known, at, found);
    else found.push(`${at} (${(value as Json).kind ?? "an object"})`);
  }
}

function objectText(object: Json, fields: readonly string[]): string {
  const members = fields
    .filter((name) => object[name] !== undefined)
    .map((name) => `${JSON.stringify(name)}:${valueText(name, object[name])}`);
  return `{${members.join(",")}}`;
}

function valueText(name: string, value: unknown): string {
  if (typeof value === "number") return WHOLE.has(name) ? String(value) : floatText(value);
  if (Array.isArray(value)) return `[${value.map((item) => valueText(name, item)).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return objectText(value as Json, fieldsOf(name, value as Json)!);
}

/** As the package's JSON writes floats: a point in whole ones, exponents outside 1e-5 … 1e16. */
function floatText(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-5 || size >= 1e16)) return value.toExponential();
  if (Object.is(value, -0)) return "-0.0";
  return Number.isInteger(value) ? `${value}.0` : String(value);
}
