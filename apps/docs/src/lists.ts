// Pages that list what there is of a kind, each with its sentence.
import type { Page } from "./page.ts";
import { plain, table } from "./prose.ts";

const LISTS = [
  ["indicators", "Indicators", "What `cell_activity` can be told to express."],
  ["packages", "Packages", "What minisim is made of, and what each part is for."],
  ["api", "API", "What the packages export that people program against, read from their sources."],
  ["examples", "Examples", "Whole programs, studies and a notebook. Tests run them."],
] as const;

/** Of the kinds of which there are pages. */
export const listPages = (pages: readonly Page[]): Page[] =>
  LISTS.flatMap(([folder, title, sentence]) => {
    const inside = pages.filter(({ path }) => path.startsWith(`${folder}/`));
    if (inside.length === 0) return [];
    const rows = inside.map((page) => [
      `[${plain(page.title)}](/${page.path})`,
      plain(page.description),
    ]);
    const description = sentence.replaceAll("`", "");
    const text = [`# ${title}`, sentence, table(["", ""], rows)].join("\n\n");
    return [{ path: `${folder}/index.md`, title, description, text }];
  });
