// Settings of a format, checked: all that is wrong with them in one sentence each.
import type { z } from "zod";
import type { Settings } from "./contract.ts";
import { InteropError } from "./error.ts";

/** The settings with their defaults. @throws InteropError "settings" that names every one that does not fit. */
export function parseSettings<Schema extends z.ZodObject>(
  formatName: string,
  schema: Schema,
  settings: Settings | undefined,
): z.output<Schema> {
  const result = schema.safeParse(settings ?? {});
  if (result.success) return result.data;
  const lines = result.error.issues.flatMap((issue) => {
    if (issue.code !== "unrecognized_keys") return [`${issue.path.join(".")}: ${issue.message}`];
    const known = Object.keys(schema.shape).join(", ");
    return issue.keys.map((key) => `there is no setting "${key}", only ${known}`);
  });
  throw new InteropError("settings", `${formatName}: ${lines.join("; ")}.`);
}
