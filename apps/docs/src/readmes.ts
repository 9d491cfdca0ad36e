// A page for each README and each document: the text as it stands, with links that lead to pages.
import { formatNames } from "@minisim/interop";
import { type Found, siteLinks } from "./links.ts";
import type { Page } from "./page.ts";
import { placeOf, shownFiles } from "./places.ts";
import { firstSentence, withoutTitle } from "./prose.ts";
import { textOf } from "./repository.ts";

/** Those that are shown as they are; steps and formats have pages of their own, of which theirs are a part. */
export const readmePages = (found: Found): Page[] =>
  shownFiles()
    .filter((file) => !isPartOfPage(placeOf(file)!))
    .map((file) => {
      const text = siteLinks(textOf(file), file, found);
      const { title, body } = withoutTitle(text);
      return {
        path: placeOf(file)!,
        title,
        description: firstSentence(body),
        text: pageText(title, body),
      };
    });

const isPartOfPage = (page: string): boolean =>
  page.startsWith("steps/") ||
  (formatNames as readonly string[]).includes(/^formats\/(.+)\.md$/.exec(page)?.[1] ?? "");

const pageText = (title: string, body: string): string => `# ${title}\n\n${body}`;
