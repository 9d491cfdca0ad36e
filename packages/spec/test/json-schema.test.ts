import { createSpecFactory } from "@minisim/spec";
import { describe, expect, test } from "vitest";
import { factory, kinds } from "./fake-steps.ts";

interface Node {
  readonly [keyword: string]: unknown;
  readonly properties?: Record<string, Node>;
  readonly items?: Node;
  readonly prefixItems?: readonly Node[];
  readonly anyOf?: readonly Node[];
  readonly oneOf?: readonly Node[];
}

const schema = factory.jsonSchema() as Node;
const { acquisition, steps } = schema.properties!;

describe("JSON Schema of a spec", () => {
  test("says what it is", () => {
    expect(schema).toMatchObject({
      $schema: "https://json-schema.org/draft/2020-12/schema",
      type: "object",
      required: ["steps"],
      additionalProperties: false,
    });
    expect(Object.keys(schema.properties!)).toEqual([
      "$schema",
      "spec_version",
      "acquisition",
      "seed",
      "steps",
      "output",
    ]);
  });

  test("has defaults, ranges, units and sources", () => {
    expect(acquisition!.properties!.optics!.properties!.emission_nm).toEqual({
      type: "number",
      minimum: 200,
      maximum: 2000,
      default: 525,
      unit: "nm",
      description: "Wavelength of the emitted light",
      source: "525: GCaMP; 200 to 2000: ultraviolet to the end of near infrared",
    });
    expect(acquisition!.properties!.image_sensor!.properties!.quantum_efficiency).toMatchObject({
      minimum: 0.001,
      maximum: 1,
    });
    expect(acquisition!.properties!.optics!.properties!.na).toMatchObject({
      minimum: 0.01,
      exclusiveMaximum: 1.33,
    });
    expect(acquisition!.properties!.focal_depth_in_tissue_um).toMatchObject({
      default: "auto",
      unit: "µm",
      anyOf: [{ const: "auto" }, { type: "number", minimum: 0 }],
    });
  });

  test("tells the steps apart by kind", () => {
    const branches = steps!.items!.oneOf!;
    expect(branches.map((branch) => branch.properties!.kind!.const)).toEqual(kinds);
    expect(branches.map((branch) => branch.title)).toEqual(kinds);
    expect(branches[0]).toMatchObject({
      description: "Puts cells into the tissue.",
      required: ["kind"],
      additionalProperties: false,
    });
  });

  test("every leaf has a description and a unit, every group a description", () => {
    expect(incomplete(schema.properties!.acquisition!, "acquisition")).toEqual([]);
    expect(incomplete(schema.properties!.seed!, "seed")).toEqual([]);
    expect(incomplete(schema.properties!.output!, "output")).toEqual([]);
    const branches = steps!.items!.oneOf!;
    expect(branches.flatMap((branch) => incomplete(branch, String(branch.title)))).toEqual([]);
  });

  test("is plain JSON", () => {
    expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
  });

  test("exists without any step", () => {
    expect(createSpecFactory([]).jsonSchema()).toMatchObject({
      properties: { steps: { type: "array", items: { not: {} } } },
    });
  });
});

/** Places below `node` that lack what a form needs. `kind` is a constant: it has no unit. */
function incomplete(node: Node, path: string): string[] {
  const fields = Object.entries(node.properties ?? {}).filter(([key]) => key !== "kind");
  const inside = [
    ...fields.flatMap(([key, field]) => [
      ...(field.description ? [] : [`${path}.${key}: no description`]),
      ...incomplete(field, `${path}.${key}`),
    ]),
    ...(node.prefixItems ?? []).flatMap((place, index) => incomplete(place, `${path}[${index}]`)),
    ...(node.items ? incomplete(node.items, `${path}[]`) : []),
  ];
  const isGroup =
    node.properties !== undefined || node.items !== undefined || node.prefixItems !== undefined;
  const list = node.anyOf?.find((branch) => branch.type === "array");
  if (list) return incomplete(list, path);
  if (isGroup) return inside;
  return node.description && node.unit ? inside : [...inside, `${path}: no description or unit`];
}
