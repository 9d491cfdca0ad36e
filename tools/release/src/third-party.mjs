// The libraries and fonts that reach users, and their licences: by walking from what is shipped along the dependencies that are installed.
import { existsSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { sourceOf } from "../../build/src/licences.mjs";
import { manifestOf, packageFolders, root } from "../../build/src/manifest.mjs";

export const LIST = "THIRD_PARTY.md";

/** Licences that ask for no more than their text to be handed on. */
const PERMISSIVE = [
  "0BSD",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "BlueOak-1.0.0",
  "ISC",
  "MIT",
];
/** What their manifests call by no name, read from their files. */
const READ = {
  "dejavu-fonts-ttf": "Bitstream Vera, Arev and public domain",
  h5wasm: "NIST public domain; HDF5 (BSD-3-Clause)",
};
/** What one should know beyond the licence's name. */
const NOTES = {
  "@resvg/resvg-wasm":
    "weak copyleft: the library may be shipped with works of any licence, its own source stays open. Used as published, in no way changed. Holds a WebAssembly build of resvg.",
  mediabunny: "weak copyleft, as above. Used as published, in no way changed; in the studio alone.",
  "dejavu-fonts-ttf":
    "fonts: may be bundled, embedded and sold with software, not sold by themselves; changed ones need other names. Figures are set in DejaVu Sans; its outlines are in no file that we write, text in pictures is pixels.",
  h5wasm:
    "a WebAssembly build of the HDF5 library, © The HDF Group and the Board of Trustees of the University of Illinois, whose notice is in LICENSE.txt of the package.",
  numcodecs:
    "holds WebAssembly builds of Zstandard (BSD-3-Clause), LZ4 (BSD-2-Clause) and Blosc (BSD-3-Clause).",
};
/** Compiled into what our own packages hold. */
const COMPILED = ["packages/kernels", "assemblyscript"];

/** The text of the list. @throws Error for a library whose licence nobody has looked at. */
export function thirdParty() {
  const products = new Map([
    ["npm", packageFolders().filter((folder) => !manifestOf(folder).private)],
    // Which brings what others install beside it.
    ["CLI", [join(root, "apps/cli"), join(root, "packages/store-s3")]],
    ["wheel", [join(root, "packages/bridge")]],
    ["studio", [join(root, "apps/studio")]],
  ]);
  const found = new Map();
  for (const [product, folders] of products) {
    for (const library of librariesOf(folders)) {
      const key = `${library.name}@${library.version}`;
      const known = found.get(key) ?? { ...library, products: [] };
      found.set(key, { ...known, products: [...known.products, product] });
    }
  }
  const rows = [...found.values()].sort(
    (a, b) => compare(a.name, b.name) || compare(a.version, b.version),
  );
  return text(rows);
}

const compare = (a, b) => (a < b ? -1 : Number(a > b));

function text(rows) {
  const noted = rows.filter(({ name }) => NOTES[name]);
  const [folder, compiler] = COMPILED;
  const { version, license } = manifestOf(folderOf(compiler, join(root, folder)));
  const lines = [
    "# Third-party software",
    "",
    "Minisim is under the MIT licence. These libraries and fonts reach its users under their own. `npm run facts` makes this list from what is installed, and a",
    "test compares. *npm*: installed with the packages, which hold none of them. *CLI* (the one-file command), *wheel* (the engine in the Python package) and *studio*",
    "are bundles: each holds code of some of those marked here, and with it the text of the licence of each one that it does hold. What Python",
    "installs beside the wheel (a Node, NumPy, pandas, xarray) comes from its own publishers and is in no file of ours. The documentation site that `npm run docs`",
    "builds has the licences of the libraries in its scripts beside them, in `LICENCES.txt`.",
    "",
    "| library | version | licence | in |",
    "| --- | --- | --- | --- |",
    ...rows.map(
      ({ name, version, license, products }) =>
        `| ${name} | ${version} | ${license} | ${products.join(", ")} |`,
    ),
    "",
    "## What to know of some",
    "",
    ...noted.map(
      ({ name, license, source }) =>
        `- **${name}** (${license})${source ? `, source ${source}` : ""}: ${NOTES[name]}`,
    ),
    `- **${compiler}** ${version} (${license}) compiled the WebAssembly in \`@minisim/kernels\` and \`@minisim/store\`, which may hold parts of its standard library.`,
    "",
  ];
  return lines.join("\n");
}

/** All that somebody else made among what these folders need to run. */
function librariesOf(folders) {
  const visited = new Set();
  const found = [];
  const visit = (folder) => {
    if (visited.has(folder)) return;
    visited.add(folder);
    const { name, version, dependencies = {}, ...manifest } = manifestOf(folder);
    const isOurs = !folder.includes("node_modules");
    if (!isOurs)
      found.push({ name, version, license: licenceOf(name, manifest), source: sourceOf(manifest) });
    for (const dependency of Object.keys(dependencies)) visit(folderOf(dependency, folder));
  };
  folders.forEach(visit);
  return found;
}

/** Where a dependency of the package in this folder is installed. */
function folderOf(name, folder) {
  for (let at = folder; ; at = dirname(at)) {
    const place = join(at, "node_modules", name);
    if (existsSync(join(place, "package.json"))) return realpathSync(place);
    if (dirname(at) === at) throw new Error(`${name} is not installed for ${folder}.`);
  }
}

function licenceOf(name, { license }) {
  if (READ[name]) return READ[name];
  if (PERMISSIVE.includes(license) || (license === "MPL-2.0" && NOTES[name])) return license;
  throw new Error(
    `${name} has the licence "${license}": look at it, then name it in third-party.mjs.`,
  );
}
