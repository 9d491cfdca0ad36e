// What every package exports, by entry: an export is a promise, so it is added knowingly. `vitest -u` accepts a change.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../../..", import.meta.url));

interface Manifest {
  readonly name: string;
  readonly exports?: Readonly<Record<string, { readonly "@minisim/source"?: string }>>;
}

/** [public name, source file] of every entry of every published package. */
function entries(): (readonly [name: string, file: string])[] {
  const folders = ["packages", "packages/steps", "apps"].flatMap((parent) =>
    readdirSync(join(root, parent)).map((child) => join(root, parent, child)),
  );
  return folders.flatMap((folder) => {
    const file = join(folder, "package.json");
    if (!existsSync(file)) return [];
    const { name, exports = {} } = JSON.parse(readFileSync(file, "utf8")) as Manifest;
    return Object.entries(exports).flatMap(([path, { "@minisim/source": source }]) =>
      source ? [[name + path.slice(1), join(folder, source)] as const] : [],
    );
  });
}

test("the names that packages export", async () => {
  const listed: string[] = [];
  for (const [name, file] of entries().sort(([a], [b]) => (a < b ? -1 : 1))) {
    const exported = await import(/* @vite-ignore */ pathToFileURL(file).href);
    listed.push(
      `${name}\n${Object.keys(exported)
        .sort()
        .map((key) => `  ${key}\n`)
        .join("")}`,
    );
  }
  await expect(listed.join("\n")).toMatchFileSnapshot("./fixtures/public-api.txt");
});
