// What kind of control a field of the schema wants, and over which range its slider runs.
import type { FileContent, JsonSchema } from "@minisim/spec";

export type Shape =
  | { readonly is: "number"; readonly number: JsonSchema; readonly or: null | "auto" | undefined }
  | { readonly is: "choice"; readonly options: readonly string[] }
  | { readonly is: "flag" }
  | { readonly is: "tuple"; readonly parts: readonly JsonSchema[] }
  | { readonly is: "rows"; readonly row: JsonSchema; readonly nullable: boolean }
  | { readonly is: "file"; readonly content: FileContent }
  | { readonly is: "table" };

export function shapeOf(schema: JsonSchema): Shape {
  if (schema.file) return { is: "file", content: schema.file };
  const branches = schema.anyOf ?? [schema];
  const nullable = branches.some(({ type }) => type === "null");
  const auto = branches.some((one) => one.const === "auto");
  for (const branch of branches) {
    if (branch.type === "number" || branch.type === "integer") {
      return { is: "number", number: branch, or: auto ? "auto" : nullable ? null : undefined };
    }
    if (branch.enum) return { is: "choice", options: branch.enum };
    if (branch.type === "boolean") return { is: "flag" };
    if (branch.type === "array" && branch.prefixItems) {
      return { is: "tuple", parts: branch.prefixItems };
    }
    if (branch.type === "array" && branch.items && branch.items.properties) {
      return { is: "rows", row: branch.items, nullable };
    }
  }
  return { is: "table" };
}

export interface Scale {
  readonly logarithmic: boolean;
  readonly low: number;
  readonly high: number;
  /** Whether the slider's left end is zero, which has no logarithm. */
  readonly zero: boolean;
}

// What a scientist turns: schemas allow far more than a slider can show, so it runs around the usual value.
const DECADES = 30;

/** `usual`: the default, or the preset's value where the default is no number. */
export function scaleOf(schema: JsonSchema, usual: number, value: number): Scale {
  const least = schema.minimum ?? beside(schema.exclusiveMinimum, 1) ?? Number.NEGATIVE_INFINITY;
  const most = schema.maximum ?? beside(schema.exclusiveMaximum, -1) ?? Number.POSITIVE_INFINITY;
  const integer = schema.type === "integer";
  if (usual > 0 && least >= 0 && most / usual > 40) {
    const low = Math.max(least, usual / DECADES, integer ? 1 : 0);
    const high = Math.min(most, usual * DECADES);
    return {
      logarithmic: true,
      low: value > 0 ? Math.min(low, value) : low,
      high: Math.max(high, value),
      zero: schema.minimum === 0,
    };
  }
  const reach = usual !== 0 ? Math.abs(usual) * 4 : schema.unit === "1" ? 1 : 200;
  const low = Math.max(least, usual > 0 && least >= 0 ? 0 : -reach);
  const high = Math.min(most, most <= 1.5 ? most : reach);
  return {
    logarithmic: false,
    low: Math.min(low, value),
    high: Math.max(high, value),
    zero: false,
  };
}

/** A hundredth away from a bound that the value itself may not have. */
function beside(bound: number | undefined, side: 1 | -1): number | undefined {
  return bound === undefined ? undefined : bound + side * 0.01 * Math.abs(bound);
}

/** 0..1000 → value. */
export function fromSlider(position: number, scale: Scale, integer: boolean): number {
  const share = position / 1000;
  if (scale.logarithmic && scale.zero && position === 0) return 0;
  const value = scale.logarithmic
    ? scale.low * (scale.high / scale.low) ** share
    : scale.low + (scale.high - scale.low) * share;
  if (integer) return Math.round(value);
  return Number(value.toPrecision(3));
}

export function toSlider(value: number, scale: Scale): number {
  if (!Number.isFinite(value)) return 0;
  if (scale.logarithmic) {
    if (value <= scale.low) return 0;
    return (1000 * Math.log(value / scale.low)) / Math.log(scale.high / scale.low);
  }
  return scale.high === scale.low ? 0 : (1000 * (value - scale.low)) / (scale.high - scale.low);
}

/** "≥ 0, ≤ 1": the range as the schema has it. */
export function rangeText(schema: JsonSchema): string {
  const bounds = [
    schema.minimum !== undefined && `≥ ${schema.minimum}`,
    schema.exclusiveMinimum !== undefined && `> ${schema.exclusiveMinimum}`,
    schema.maximum !== undefined && `≤ ${schema.maximum}`,
    schema.exclusiveMaximum !== undefined && `< ${schema.exclusiveMaximum}`,
  ];
  return bounds.filter(Boolean).join(", ");
}

/** "tau_decay_s" → "tau decay": the unit stands beside the number. */
export function labelOf(name: string): string {
  return name
    .replace(/_(um|s|px|hz|nm|deg|e|e_s|adu|per_um|per_mm3|per_um2_s|adu_per_e)$/, "")
    .replaceAll("_", " ")
    .replace(/^n px/, "pixels,")
    .replace(/^n /, "number of ")
    .replace(/\bna\b/, "NA")
    .replace(/\bmfp\b/, "mean free path,")
    .replace(/^f0$/, "baseline F₀")
    .replace(/^fps$/, "frame rate");
}
