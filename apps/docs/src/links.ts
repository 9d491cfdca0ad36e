// Links and pictures of a text of the repository, as links and pictures of the site. What has no page of its own gets one that shows
// the file: the site works without a network, and the repository need not have an address.
import { posix } from "node:path";
import { placeOf } from "./places.ts";
import { isThere } from "./repository.ts";

export interface Found {
  /** Files and folders that have no page of their own, and are linked. */
  readonly files: Set<string>;
  readonly pictures: Set<string>;
}

export const foundNothing = (): Found => ({ files: new Set(), pictures: new Set() });

/** Where the site shows a file, or lists a folder, that has no page of its own. */
export const fileAddress = (path: string): string => `/files/${path.replaceAll(".", "-")}.md`;
/** Where the site has a file: its page, or the one that shows it. */
export function addressOf(file: string): string {
  const place = placeOf(file);
  return place ? `/${place}` : fileAddress(file);
}

export const isPicture = (path: string): boolean => /\.(png|svg|gif)$/.test(path);
/** Where the site keeps a picture. */
export const pictureAddress = (path: string): string => `/pictures/${path}`;

/** `from`: the file whose text it is, from the root of the repository. */
export function siteLinks(text: string, from: string, found: Found): string {
  return outsideOfCode(text, (part) =>
    part.replace(
      /(!?)\[([^\]]*)\]\(([^)\s]+)\)/g,
      (all, picture: string, words: string, target: string) => {
        if (/^[a-z]+:|^#|^\//.test(target)) return all;
        const [path, anchor] = target.split("#") as [string, string?];
        const file = posix.normalize(posix.join(posix.dirname(from), path)).replace(/\/$/, "");
        if (!isThere(file)) throw new Error(`${from} links to ${target}, which is not there.`);
        if (picture || isPicture(file)) {
          found.pictures.add(file);
          return `${picture}[${words}](${pictureAddress(file)})`;
        }
        const shown = file === "." ? "README.md" : file;
        if (!placeOf(shown)) found.files.add(shown);
        return `[${words}](${addressOf(shown)}${anchor ? `#${anchor}` : ""})`;
      },
    ),
  );
}

/** Links from one page to others, by the way from the one to the others: a site of such links is at home under any path. */
export function relativeLinks(text: string, page: string): string {
  return outsideOfCode(text, (part) =>
    part.replace(/\]\(\/([^)\s]*)\)/g, (_, target: string) => {
      const way = posix.relative(posix.dirname(page), target);
      return `](${way.startsWith(".") ? way : `./${way}`})`;
    }),
  );
}

/** Changes what stands in no block of code. */
function outsideOfCode(text: string, change: (part: string) => string): string {
  return text
    .split(/(^(`{3,}).*?^\2$)/gms)
    .map((part, i) => (i % 3 === 0 ? change(part) : i % 3 === 1 ? part : ""))
    .join("");
}
