// The adapters of pipelines that the one file carries. Their scripts are run by Python, so they lie in a folder while this process lives.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";

let folder;

export function builtinFolder(name) {
  folder ??= unpacked();
  return join(folder, name);
}

// The bundler puts the texts in, by path.
export const builtinNames = () => [
  ...new Set(Object.keys(ADAPTERS).map((path) => path.split("/")[0])),
];

function unpacked() {
  const made = mkdtempSync(join(tmpdir(), "minisim-adapters-"));
  process.once("exit", () => rmSync(made, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(ADAPTERS)) {
    mkdirSync(dirname(join(made, path)), { recursive: true });
    writeFileSync(join(made, path), text);
  }
  return made;
}
