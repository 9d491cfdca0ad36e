// The licences of the libraries in a bundle, which its readers are owed.
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** One text with the licence of every library that a file among `inputs` is of. @throws Error for a library without one. */
export function licencesOf(root, inputs) {
  const folders = inputs.map((file) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1]);
  const libraries = [...new Set(folders)].filter((folder) => folder !== undefined).sort();
  return libraries
    .map((folder) => licenceOf(resolve(root, folder)))
    .join(`\n\n${"=".repeat(80)}\n\n`);
}

/** Where the source of a package is, of which manifests give many forms. */
export function sourceOf({ repository }) {
  const address = typeof repository === "string" ? repository : repository?.url;
  const [, place] =
    /(?:^|github[.:](?:com[:/])?)([\w-]+\/[\w.-]+?)(?:\.git)?$/.exec(address ?? "") ?? [];
  return place ? `https://github.com/${place}` : address;
}

function licenceOf(folder) {
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const { name, version, license } = manifest;
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file));
  const texts = files.map((file) => readFileSync(join(folder, file), "utf8").trim());
  if (texts.length === 0 && !license) throw new Error(`${name} ${version} names no licence.`);
  const source = sourceOf(manifest);
  const head = `${name} ${version} (${license ?? "licence below"})${source ? `\n${source}` : ""}`;
  return [head, ...texts].join("\n\n");
}
