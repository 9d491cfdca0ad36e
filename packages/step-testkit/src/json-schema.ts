// What the suite reads of the schema of a step's parameters.
import { z } from "zod";

export interface JsonSchema {
  readonly type?: string;
  readonly description?: string;
  readonly unit?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
}

export const jsonSchemaOf = (params: z.ZodObject): JsonSchema =>
  z.toJSONSchema(params, { io: "input" }) as JsonSchema;

export const isNumber = ({ type, anyOf }: JsonSchema): boolean =>
  type === "number" || type === "integer" || (anyOf?.some(isNumber) ?? false);
