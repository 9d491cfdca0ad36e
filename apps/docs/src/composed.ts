// Pages that are made of parts of others: the model and its limits, reproducibility, lists, the citation.
import { builtinSteps, presets } from "minisim";
import { parse } from "yaml";
import { formatTable } from "./formats.ts";
import { regionPages, scopePages } from "./instruments.ts";
import { type Found, siteLinks } from "./links.ts";
import { listOf } from "./lists.ts";
import type { Page } from "./page.ts";
import { block, code, plain, section, table, withoutTitle } from "./prose.ts";
import { textOf } from "./repository.ts";
import { readmeOf, stepTable } from "./steps.ts";

export async function composedPages(found: Found): Promise<Page[]> {
  return [
    modelPage(found),
    reproducibilityPage(found),
    citationPage(),
    presetsPage(),
    {
      path: "formats/index.md",
      title: "Formats",
      description: "The files of the field's tools that minisim writes and reads.",
      text: [
        "# Formats",
        "What `minisim export` writes, and whose results `minisim score` reads. Movies that are [measured](/formats/movies.md) have a page of their own.",
        await formatTable(),
      ].join("\n\n"),
    },
  ];
}

function modelPage(found: Found): Page {
  const readme = siteLinks(section(textOf("README.md"), "The model"), "README.md", found);
  const limits = builtinSteps.flatMap(({ kind }) => {
    const said = limitsOf(siteLinks(textOf(readmeOf(kind)), readmeOf(kind), found));
    return said
      ? [
          `### ${code(kind)} {#limits-of-${kind}}`,
          said,
          `More: [${code(kind)}](/steps/${kind}.md).`,
        ]
      : [];
  });
  return {
    path: "model.md",
    title: "The model and its limits",
    description: "The steps of the simulation, in their order, and what each of them leaves out.",
    text: [
      "# The model and its limits",
      readme,
      "## The steps",
      stepTable(),
      "## What it leaves out",
      "What the page of each step says of its limits, in one place. How far recordings are from real ones is measured: [validation on real recordings](/validation-real.md).",
      ...limits,
    ].join("\n\n"),
  };
}

/** What a README says under "Limits": a section, or a paragraph that begins so. */
export function limitsOf(text: string): string | undefined {
  const own = /^## Limits\n(.*?)(?=^## |$(?![\s\S]))/ms.exec(text)?.[1];
  const paragraph = /^\*\*Limits\.?\*\*[:.]? *(.*?)(?=\n\n|$(?![\s\S]))/ms.exec(text)?.[1];
  const said = (own ?? paragraph)?.trim();
  return said && said[0]!.toUpperCase() + said.slice(1);
}

function reproducibilityPage(found: Found): Page {
  const stability = textOf("STABILITY.md");
  const apart = section(textOf("README.md"), "What sets it apart")
    .split(/\n(?=- )/)
    .filter((item) => /^- \*\*(One recording|Every frame|Paired)/.test(item));
  const contract = withoutTitle(
    siteLinks(textOf("packages/testing/STABILITY.md"), "packages/testing/STABILITY.md", found),
  );
  return {
    path: "reproducibility.md",
    title: "Reproducibility",
    description: "What is promised about the bytes of a recording, and how it is kept.",
    text: [
      "# Reproducibility",
      siteLinks(apart.join("\n"), "README.md", found),
      "## The contract",
      section(stability, "Bytes"),
      "What versions promise beyond bytes: [stability](/stability.md). How to check it yourself: [make a recording again](/how-to/make-it-again.md).",
      "## For test suites",
      `Of \`@minisim/testing\`:\n\n${contract.body.replace(/^## /gm, "### ")}`,
    ].join("\n\n"),
  };
}

interface Citation {
  readonly title: string;
  readonly version: string;
  readonly license: string;
  readonly authors: readonly { readonly name: string }[];
}

function citationPage(): Page {
  const text = textOf("CITATION.cff");
  const { title, version, license, authors } = parse(text) as Citation;
  const names = authors.map(({ name }) => name);
  const bibtex = [
    "@software{minisim,",
    `  title = {${title}},`,
    `  author = {${names.map((name) => `{${name}}`).join(" and ")}},`,
    `  version = {${version}},`,
    `  license = {${license}}`,
    "}",
  ].join("\n");
  return {
    path: "citation.md",
    title: "Citation",
    description: "How to cite minisim.",
    text: [
      "# Citation",
      `${names.join(", ")}. *${plain(title)}*, version ${version}. Software, ${license} licence.`,
      "Name the version, and the cache key of the recordings you used: `minisim inspect` prints it, and with it anybody makes the same bytes.",
      block("text", bibtex),
      "## CITATION.cff",
      block("yaml", text),
    ].join("\n\n"),
  };
}

function presetsPage(): Page {
  const rows = presets.map(({ name, scope, region }) => {
    const [one, other] = name.split("/") as [string, string];
    const isClassic = one === "classic";
    return [
      code(name),
      isClassic ? plain(scope) : `[${plain(scope)}](/scopes/${one}.md)`,
      isClassic ? plain(region) : `[${plain(region)}](/regions/${other}.md)`,
    ];
  });
  return {
    path: "presets.md",
    title: "Presets",
    description: "Every scope looking into every region: the specs to start from.",
    text: [
      "# Presets",
      "Scope × region → a spec. `minisim init NAME -o mine.yaml` writes one to edit, with a remark beside each number; `buildSpec(scope, region)` makes one in a program.",
      table(["preset", "scope", "region"], rows),
      "## Scopes",
      listOf(scopePages()),
      "## Regions",
      listOf(regionPages()),
    ].join("\n\n"),
  };
}
