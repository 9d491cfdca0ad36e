// How the pages in pages/ become a site in dist/. Everything is made here and kept beside it: search, fonts of the system, no other host.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { slug } from "github-slugger";
import { type DefaultTheme, defineConfig } from "vitepress";
import { licencesOf } from "../../../tools/build/src/licences.mjs";

const contents = JSON.parse(
  readFileSync(fileURLToPath(new URL("../pages/contents.json", import.meta.url)), "utf8"),
) as DefaultTheme.SidebarMulti;

/** What the site's scripts are made of. */
const inputs = new Set<string>();

export default defineConfig({
  lang: "en",
  title: "Minisim",
  description:
    "A forward simulator of miniscope calcium imaging: a typed spec in, a recording with its exact truth out.",
  base: process.env.DOCS_BASE ?? "/",
  srcDir: "pages",
  outDir: "dist",
  cacheDir: "node_modules/.vitepress",
  // No network, and none of the dates of a clock.
  lastUpdated: false,
  metaChunk: true,
  head: [
    [
      "link",
      { rel: "icon", href: `${process.env.DOCS_BASE ?? "/"}icon.svg`, type: "image/svg+xml" },
    ],
    ["meta", { name: "color-scheme", content: "dark light" }],
  ],
  markdown: {
    anchor: { slugify: slug },
    config(md) {
      // Blocks that are only indented look and scroll as the others do; commands are known by their first words.
      md.renderer.rules.code_block = (tokens, index, options, env, self) => {
        const token = tokens[index]!;
        const lines = token.content.trim().split("\n");
        const isShell = lines.every((line) =>
          /^( |#|$|(npm|npx|minisim|pip|python|node|for|eval) )/.test(line),
        );
        token.info = isShell ? "sh" : "text";
        return md.renderer.rules.fence!(tokens, index, options, env, self);
      };
    },
    theme: { light: "github-light-high-contrast", dark: "github-dark-high-contrast" },
  },
  vite: {
    plugins: [
      {
        name: "inputs",
        generateBundle(_, bundle) {
          for (const part of Object.values(bundle)) {
            if (part.type === "chunk") for (const module of part.moduleIds) inputs.add(module);
          }
        },
      },
    ],
    // The index of search, which nobody loads before they search.
    build: { chunkSizeWarningLimit: 4000 },
  },
  // The licences of the libraries in the site, which its readers are owed.
  buildEnd({ root, outDir }) {
    writeFileSync(join(outDir, "LICENCES.txt"), licencesOf(root, [...inputs]));
  },
  // The studio is no page of this site, and is built beside it.
  ignoreDeadLinks: [/^\/studio\//],
  themeConfig: {
    siteTitle: "Minisim",
    logo: "/icon.svg",
    nav: [
      { text: "What it is", link: "/overview" },
      { text: "How to", link: "/how-to/score-a-pipeline" },
      { text: "The model", link: "/model" },
      { text: "Studio", link: "/studio/", target: "_self" },
    ],
    sidebar: contents,
    outline: [2, 3],
    search: { provider: "local", options: { detailedView: true } },
    docFooter: { prev: "Before", next: "Next" },
    footer: { message: "MIT licence. LICENCES.txt has those of the libraries in this site." },
  },
});
