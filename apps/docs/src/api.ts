// Pages of the API: what the packages export that people program against, read from the sources.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, posix } from "node:path";
import { Application, type TypeDocOptions } from "typedoc";
import type { PluginOptions } from "typedoc-plugin-markdown";
import type { Page } from "./page.ts";
import { withoutTitle } from "./prose.ts";
import { root, textOf } from "./repository.ts";

/** Those that the README names first to who writes a program, a test or a step. */
const PACKAGES = [
  ...["minisim", "testing", "scoring", "interop", "sweep", "pipelines", "measures", "figures"],
  ...["spec", "pipeline", "recording"],
];

interface Entry {
  /** What is imported: "@minisim/sweep/node". */
  readonly name: string;
  /** Of its page: "sweep-node". */
  readonly slug: string;
  /** In the repository. */
  readonly source: string;
}

export async function apiPages(): Promise<Page[]> {
  const entries = PACKAGES.flatMap((name) => entriesOf(`packages/${name}`));
  const out = mkdtempSync(join(tmpdir(), "minisim-api-"));
  try {
    await write(entries, out);
    const files = readdirSync(out).filter((file) => file !== "README.md");
    return files.map((file) => pageOf(file, readFileSync(join(out, file), "utf8"), entries));
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

async function write(entries: readonly Entry[], out: string): Promise<void> {
  const options: TypeDocOptions & Partial<PluginOptions> = {
    plugin: ["typedoc-plugin-markdown"],
    entryPoints: entries.map(({ source }) => join(root, source)),
    tsconfig: join(root, "apps/docs/api.tsconfig.json"),
    // Types are checked by `npm run check`, with the compiler of this repository.
    skipErrorChecking: true,
    excludePrivate: true,
    excludeInternal: true,
    excludeExternals: true,
    disableSources: true,
    readme: "none",
    router: "module",
    out,
    logLevel: "Error",
    hidePageHeader: true,
    hideBreadcrumbs: true,
    useCodeBlocks: true,
    parametersFormat: "table",
    classPropertiesFormat: "table",
    interfacePropertiesFormat: "table",
    typeAliasPropertiesFormat: "table",
    propertyMembersFormat: "table",
    typeDeclarationFormat: "table",
    typeDeclarationVisibility: "compact",
    enumMembersFormat: "table",
  };
  const app = await Application.bootstrapWithPlugins(options as TypeDocOptions);
  const project = await app.convert();
  if (project?.children?.length !== entries.length) {
    throw new Error("The API could not be read: some entry of some package is no module.");
  }
  for (const module of project.children) {
    const entry = entries.find(({ source }) => moduleName(source) === module.name);
    if (!entry) throw new Error(`The API has a module "${module.name}" that no package has.`);
    module.name = entry.slug;
  }
  await app.generateOutputs(project);
  if (app.logger.hasErrors()) throw new Error("The API could not be written.");
}

/** How TypeDoc calls a module. */
const moduleName = (source: string): string =>
  source.replace(/^packages\//, "").replace(/(\/index)?\.ts$/, "");

function pageOf(file: string, text: string, entries: readonly Entry[]): Page {
  const { name, source } = entries.find(({ slug }) => `${slug}.md` === file)!;
  const folder = source.split("/").slice(0, 2).join("/");
  const { body } = withoutTitle(text);
  return {
    path: `api/${file}`,
    title: name,
    description: `What ${name} exports: functions, types and values.`,
    text: `# \`${name}\`\n\nWhat it is for, with examples: [its README](/${folder}.md).\n\n${body}`,
  };
}

/** The entries of a package: those that run in browsers, and those for Node. */
function entriesOf(folder: string): Entry[] {
  const { name, exports } = JSON.parse(textOf(`${folder}/package.json`)) as {
    readonly name: string;
    readonly exports: Readonly<Record<string, { readonly "@minisim/source": string }>>;
  };
  return Object.entries(exports).map(([path, targets]) => {
    const whole = posix.join(name, path);
    return {
      name: whole,
      slug: whole.replace("@minisim/", "").replaceAll("/", "-"),
      source: posix.join(folder, targets["@minisim/source"]),
    };
  });
}
