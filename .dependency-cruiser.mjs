// Package boundaries, read from the manifests: a package imports what its package.json names, by public name, and the
// rooms depend on each other in one direction only. What the rules cannot read from a manifest stands here by name.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";

const folders = ["packages", "packages/steps", "apps", "examples", "tools"]
  .filter((parent) => existsSync(parent))
  .flatMap((parent) => readdirSync(parent).map((child) => `${parent}/${child}`))
  .filter((folder) => existsSync(`${folder}/package.json`));
const manifests = new Map(
  folders.map((folder) => [folder, JSON.parse(readFileSync(`${folder}/package.json`, "utf8"))]),
);
const folderOf = new Map([...manifests].map(([folder, { name }]) => [name, folder]));

// Physics is numbers in, numbers out.
const PHYSICS = ["kernels", "footprint", "optics", "sensor", "random"];

export default {
  forbidden: [
    {
      name: "no-circles",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    ...[...manifests].map(([folder, manifest]) => ({
      name: `only-what-the-manifest-names:${manifest.name}`,
      severity: "error",
      // What runs sources is part of no build.
      from: { path: `^${folder}/src/`, pathNot: "-source\\.mjs$" },
      to: { path: "^(packages|apps|examples|tools)/", pathNot: allowed(folder, manifest) },
    })),
    {
      name: "physics-knows-no-pipeline",
      severity: "error",
      from: { path: `^packages/(${PHYSICS.join("|")})/src/` },
      to: { path: "^packages/(pipeline|render|recording|finalize|simulator|store|steps)/" },
    },
    {
      name: "a-step-knows-no-other-step",
      severity: "error",
      from: { path: "^packages/steps/([^/]+)/src/" },
      to: { path: "^packages/steps/", pathNot: "^packages/steps/$1/" },
    },
    {
      name: "only-minisim-and-apps-know-all-steps",
      severity: "error",
      from: { path: "^packages/", pathNot: "^packages/(steps|minisim)/|/test/" },
      to: { path: "^packages/steps/" },
    },
    {
      name: "node-only-behind-node-entries",
      severity: "error",
      from: {
        path: "^packages/.+/src/",
        // create-minisim-step, output, interop and pipelines are for Node: files and programs are their subject. What interop's entry for browsers reaches is held to the next rule.
        pathNot: "/src/node(\\.ts$|/|-)|^packages/(create-minisim-step|interop|output|pipelines)/",
      },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "interop-for-browsers-reaches-nothing-of-node",
      severity: "error",
      from: { path: "^packages/interop/src/web/" },
      to: { path: `^(node:)?(${builtinModules.join("|")})$`, reachable: true },
    },
    {
      name: "resolvable",
      severity: "error",
      from: { path: "/src/" },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "/dist/|/assembly/|\\.generated\\.ts$" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["@minisim/source", "types", "import", "default"],
      mainFields: ["module", "main"],
    },
  },
};

function allowed(folder, { dependencies = {}, peerDependencies = {} }) {
  const named = Object.keys({ ...dependencies, ...peerDependencies });
  const inside = named.map((name) => folderOf.get(name)).filter(Boolean);
  return `^(${[folder, ...inside].join("|")})/`;
}
