// Pages that list what there is of a kind, each with its sentence.
import type { Page } from "./page.ts";
import { plain } from "./prose.ts";

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
    const description = sentence.replaceAll("`", "");
    const text = [`# ${title}`, sentence, listOf(inside)].join("\n\n");
    return [{ path: `${folder}/index.md`, title, description, text }];
  });

/** Each with its sentence. */
export const listOf = (pages: readonly Page[]): string =>
  pages
    .map(({ path, title, description }) => `- [${plain(title)}](/${path}): ${plain(description)}`)
    .join("\n");
