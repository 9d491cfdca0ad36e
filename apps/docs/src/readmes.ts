// A page for each README and each document: the text as it stands, with links that lead to pages.
import { posix } from "node:path";
import { formatNames } from "@minisim/interop";
import { type Found, siteLinks } from "./links.ts";
import type { Page } from "./page.ts";
import { placeOf, shownFiles } from "./places.ts";
import { firstSentence, withoutTitle } from "./prose.ts";
import { isThere, textOf } from "./repository.ts";

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
        description: descriptionOf(file) ?? firstSentence(body),
        text: pageText(title, body),
      };
    });

/** What the manifest of the package says, where it is the package's own README. */
function descriptionOf(file: string): string | undefined {
  const manifest = posix.join(posix.dirname(file), "package.json");
  if (!/^(packages|apps)\/[^/]+\/README\.md$/.test(file) || !isThere(manifest)) return undefined;
  return (JSON.parse(textOf(manifest)) as { readonly description: string }).description;
}

const isPartOfPage = (page: string): boolean =>
  page.startsWith("steps/") ||
  (formatNames as readonly string[]).includes(/^formats\/(.+)\.md$/.exec(page)?.[1] ?? "");

const pageText = (title: string, body: string): string => `# ${title}\n\n${body}`;
