// What says what this software is agrees with the manifests, and all that is shipped has a licence that somebody has looked at.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { allFolders, manifestOf, root } from "../../build/src/manifest.mjs";
import { staleFacts } from "../src/facts.mjs";
import { LIST, thirdParty } from "../src/third-party.mjs";

const read = (file: string) => readFileSync(join(root, file), "utf8");
const { version } = manifestOf(join(root, "packages/minisim"));

test("manifests, citation and codemeta are those that `npm run facts` writes", () => {
  expect(staleFacts()).toEqual([]);
});

test("the list of licences is the one that `npm run facts` writes", () => {
  expect(read(LIST)).toBe(thirdParty());
});

test("it names what is not simply permissive", () => {
  const list = read(LIST);
  for (const [name, licence] of [
    ["@resvg/resvg-wasm", "MPL-2.0"],
    ["mediabunny", "MPL-2.0"],
    ["dejavu-fonts-ttf", "Bitstream Vera"],
    ["h5wasm", "HDF5"],
  ]) {
    expect(list).toMatch(new RegExp(`^\\| ${name} \\| [^|]+ \\| [^|]*${licence}`, "m"));
    expect(list).toMatch(new RegExp(`^- \\*\\*${name}\\*\\*`, "m"));
  }
});

test("a citation names the version that is on npm, and nobody in person", () => {
  expect(parse(read("CITATION.cff"))).toMatchObject({
    "cff-version": "1.2.0",
    authors: [{ name: "The Minisim authors" }],
    license: "MIT",
    version,
  });
  expect(JSON.parse(read("codemeta.json"))).toMatchObject({ version, name: "Minisim" });
});

describe("every published package", () => {
  const published = allFolders()
    .map(manifestOf)
    .filter((manifest) => !manifest.private);
  test.each(published)(
    "$name can be found",
    ({ name, description, keywords, license, engines }) => {
      expect(description.length, name).toBeGreaterThan(15);
      expect(keywords).toContain("calcium-imaging");
      expect({ license, engines }).toEqual({ license: "MIT", engines: { node: ">=20.19" } });
    },
  );
});
