// The files that a package promises: what its manifest names for those who import it, and what its README shows.
import { existsSync, readFileSync } from "node:fs";
import { join, normalize } from "node:path";

/** A sentence for each promised file that would not be in the package's tarball. */
export function missingFiles(folder, manifest) {
  const packed = (file) =>
    manifest.files.some((entry) => file === entry || file.startsWith(`${entry}/`));
  return promised(folder, manifest).flatMap(({ by, file }) => {
    if (!existsSync(join(folder, file))) return [`${file} does not exist, which ${by} names.`];
    return packed(file) ? [] : [`${file} is not among "files", though ${by} names it.`];
  });
}

function promised(folder, { exports, imports, bin }) {
  const readme = readFileSync(join(folder, "README.md"), "utf8");
  const pictures = [...readme.matchAll(/!\[[^\]]*\]\(([^):]+)\)/g)].map(([, file]) => file);
  return [
    ...targetsOf(exports).map((file) => ({ by: '"exports"', file })),
    ...targetsOf(imports).map((file) => ({ by: '"imports"', file })),
    ...targetsOf(bin).map((file) => ({ by: '"bin"', file })),
    ...pictures.map((file) => ({ by: "README.md", file })),
  ].map(({ by, file }) => ({ by, file: normalize(file).replaceAll("\\", "/") }));
}

/** Every path in a map of conditions. */
function targetsOf(map) {
  if (typeof map === "string") return [map];
  return Object.values(map ?? {}).flatMap(targetsOf);
}
