// The adapters that come with this package.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

// Beside src/ and dist/ alike.
const FOLDER = fileURLToPath(new URL("../adapters", import.meta.url));

export const builtinFolder = (name: string): string => join(FOLDER, name);

/** Names in order; none where the package was bundled without its files. */
export function builtinNames(): string[] {
  if (!existsSync(FOLDER)) return [];
  const entries = readdirSync(FOLDER, { withFileTypes: true });
  return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
}
