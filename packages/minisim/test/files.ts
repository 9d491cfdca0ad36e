// Every file below a folder with its content, to be compared.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export function filesOf(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  return new Map(files.map((file) => [file.slice(folder.length), readFileSync(file, "hex")]));
}
