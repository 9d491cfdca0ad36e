// JSON whose bytes depend on the value alone: keys sorted at every level, two spaces, a final line break.
import { partError } from "./error.ts";
import type { Storage } from "./storage.ts";

export function toJson(value: unknown): string {
  return `${JSON.stringify(sorted(value), null, 2)}\n`;
}

export async function writeJson(storage: Storage, key: string, value: unknown): Promise<void> {
  await storage.write(key, new TextEncoder().encode(toJson(value)));
}

/** @throws StoreError "missing", or "corrupt" when the bytes are no JSON. */
export async function readJson(storage: Storage, key: string): Promise<unknown> {
  const bytes = await storage.read(key);
  if (!bytes) throw partError("missing", key, "is missing");
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw partError("corrupt", key, "is not valid JSON", cause);
  }
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, sorted(item)]));
}
