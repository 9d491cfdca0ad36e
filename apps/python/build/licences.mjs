// The licences of the libraries in a bundle, which its readers are owed.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** One text with the licence of every library that a file among `inputs` is of. @throws Error for a library without one. */
export function licencesOf(root, inputs) {
  const folders = inputs.map((file) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1]);
  const libraries = [...new Set(folders)].filter((folder) => folder !== undefined).sort();
  return libraries.map((folder) => licenceOf(join(root, folder))).join(`\n\n${"=".repeat(80)}\n\n`);
}

function licenceOf(folder) {
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const { name, version, license } = manifest;
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file));
  const texts = files.map((file) => readFileSync(join(folder, file), "utf8").trim());
  if (texts.length === 0 && !license) throw new Error(`${name} ${version} names no licence.`);
  return [`${name} ${version} (${license ?? "licence below"})`, ...texts].join("\n\n");
}
