// npm run docs: the whole site in apps/docs/dist, the studio under it, and a look at every link. DOCS_BASE is the path that it is served under.
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import process from "node:process";
import { build } from "vitepress";
import { apiPages } from "./api.ts";
import { problemsOfSite } from "./check-site.ts";
import { site, writeSite } from "./pages.ts";
import { root } from "./repository.ts";

const docs = join(root, "apps/docs");
const dist = join(docs, "dist");
const base = process.env.DOCS_BASE ?? "/";
if (!/^\/(.+\/)?$/.test(base)) {
  fail([
    `DOCS_BASE is ${JSON.stringify(base)}: a path begins and ends with a slash, as /minisim/.`,
  ]);
}

await writeSite(await site(await apiPages()));
await build(docs);
buildStudio();
const problems = problemsOfSite(dist, base);
if (problems.length > 0) fail(problems);
process.stdout.write(`apps/docs/dist is the site, to be served under ${base}\n`);

/** By the studio's own build; it works under any path. */
function buildStudio(): void {
  const studio = join(root, "apps/studio");
  const manifest = createRequire(join(studio, "package.json")).resolve("vite/package.json");
  const words = ["build", "--logLevel", "warn", "--emptyOutDir", "--outDir", join(dist, "studio")];
  execFileSync(process.execPath, [join(dirname(manifest), "bin/vite.js"), ...words], {
    cwd: studio,
    stdio: "inherit",
  });
}

function fail(problems: readonly string[]): never {
  process.stderr.write(problems.map((problem) => `${problem}\n`).join(""));
  process.exit(1);
}
