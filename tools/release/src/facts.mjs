// What says of the whole what it is, for those who find, cite and archive software: made of two manifests, so that no version and no
// address is written twice. The address of the repository has one place, "repository" of the root's manifest, which is empty until
// there is one.
import { readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { allFolders, manifestOf, root } from "../../build/src/manifest.mjs";

const AUTHORS = "The Minisim authors";
const TITLE = "Minisim: a forward simulator of miniscope calcium imaging";
/** By which a registry finds the packages that bring steps. */
const STEP = "minisim-step";
const TEMPLATE = join(root, "tools/build/step-template/package/package.json.txt");

/** The text of each file that tells facts, by its path from the root. */
export function factTexts() {
  const whole = manifestOf(root);
  const { version } = manifestOf(join(root, "packages/minisim"));
  const manifests = [
    ...allFolders()
      .filter((folder) => !manifestOf(folder).private)
      .map((folder) => join(folder, "package.json")),
    TEMPLATE,
  ].map((file) => [file, manifestText(whole, file)]);
  return new Map(
    [
      [join(root, "CITATION.cff"), citation(whole, version)],
      [join(root, "codemeta.json"), codemeta(whole, version)],
      ...manifests,
    ].map(([file, text]) => [relative(root, file).replaceAll("\\", "/"), text]),
  );
}

/** Writes those that are not as they should be; their paths. */
export function writeFacts() {
  const stale = staleFacts();
  const texts = factTexts();
  for (const file of stale) writeFileSync(join(root, file), texts.get(file));
  return stale;
}

/** The paths of those that are not as they should be. */
export function staleFacts() {
  return [...factTexts()].flatMap(([file, text]) => (textAt(file) === text ? [] : [file]));
}

function textAt(file) {
  try {
    return readFileSync(join(root, file), "utf8");
  } catch {
    return undefined;
  }
}

function citation({ description, keywords, license, repository }, version) {
  return [
    "# Made by `npm run facts`.",
    "cff-version: 1.2.0",
    "message: If you use this software, please cite it as below.",
    "type: software",
    `title: ${JSON.stringify(TITLE)}`,
    `abstract: ${JSON.stringify(description)}`,
    "authors:",
    `  - name: ${AUTHORS}`,
    `version: ${version}`,
    `license: ${license}`,
    ...(repository ? [`repository-code: ${JSON.stringify(repository)}`] : []),
    "keywords:",
    ...keywords.map((word) => `  - ${word}`),
    "",
  ].join("\n");
}

function codemeta({ description, keywords, license, repository, engines }, version) {
  const facts = {
    "@context": "https://w3id.org/codemeta/3.0",
    "@type": "SoftwareSourceCode",
    name: "Minisim",
    description,
    version,
    license: `https://spdx.org/licenses/${license}`,
    author: [{ "@type": "Organization", name: AUTHORS }],
    ...(repository && { codeRepository: repository }),
    programmingLanguage: ["TypeScript", "Python"],
    runtimePlatform: `Node.js ${engines.node}`,
    operatingSystem: ["Linux", "macOS", "Windows"],
    keywords,
  };
  return `${JSON.stringify(facts, null, 2)}\n`;
}

/** A manifest with the words and the address of the whole. */
function manifestText({ keywords, repository }, file) {
  const text = readFileSync(file, "utf8");
  const { name, version, description, keywords: _, repository: __, ...rest } = JSON.parse(text);
  const directory = relative(root, join(file, "..")).replaceAll("\\", "/");
  const made = {
    ...{ name, version, description },
    keywords: [
      ...keywords,
      ...(name.startsWith("@minisim/step-") && !/testkit/.test(name) ? [STEP] : []),
    ],
    ...(repository &&
      file !== TEMPLATE && { repository: { type: "git", url: repository, directory } }),
    ...rest,
  };
  return `${JSON.stringify(made, null, 2)}\n`;
}
