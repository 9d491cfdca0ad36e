// Files of the repository that pages link to: each as a page with its text; folders as a list of what is in them.
import { extname, posix } from "node:path";
import { addressOf, type Found, fileAddress, isPicture, pictureAddress } from "./links.ts";
import type { Page } from "./page.ts";
import { placeOf } from "./places.ts";
import { block } from "./prose.ts";
import { isFolder, namesIn, textOf } from "./repository.ts";

/** By the ending of a name, or by a name that has none. */
const LANGUAGES: Readonly<Record<string, string>> = {
  ".ts": "ts",
  ".mjs": "js",
  ".js": "js",
  ".py": "python",
  ".yaml": "yaml",
  ".json": "json",
  ".csv": "text",
  ".txt": "text",
  ".cff": "yaml",
  ".smk": "python",
  ".def": "text",
  Snakefile: "python",
  Dockerfile: "docker",
};

/** The pages of the files that were found, and of what is in their folders. */
export function filePages(found: Found): Page[] {
  const pages = new Map<string, Page>();
  const visit = (path: string): void => {
    if (pages.has(path)) return;
    if (!isFolder(path)) {
      pages.set(path, filePage(path));
      return;
    }
    const files = namesIn(path)
      .map((name) => posix.join(path, name))
      .filter((one) => !isFolder(one));
    pages.set(path, folderPage(path, files, found));
    files.filter((file) => !isPicture(file) && !placeOf(file)).forEach(visit);
  };
  [...found.files].forEach(visit);
  return [...pages.values()];
}

function filePage(path: string): Page {
  const language = LANGUAGES[extname(path) || posix.basename(path)];
  if (!language) throw new Error(`A page links to ${path}: src/files.ts knows no such files.`);
  return page(path, block(language, textOf(path)));
}

function folderPage(path: string, files: readonly string[], found: Found): Page {
  const pictures = files.filter(isPicture);
  for (const picture of pictures) found.pictures.add(picture);
  const lines = files.filter((file) => !isPicture(file));
  return page(
    path,
    [
      lines.map((file) => `- [\`${posix.basename(file)}\`](${addressOf(file)})`).join("\n"),
      ...pictures.map(
        (file) =>
          `\`${posix.basename(file)}\`\n\n![${posix.basename(file)}](${pictureAddress(file)})`,
      ),
    ].join("\n\n"),
  );
}

const page = (path: string, body: string): Page => ({
  path: fileAddress(path).slice(1),
  title: posix.basename(path),
  description: `${path} of the repository.`,
  text: `# \`${posix.basename(path)}\`\n\n<p class="facts">${path} in the repository</p>\n\n${body}`,
  front: { search: false, outline: false, prev: false, next: false },
});
