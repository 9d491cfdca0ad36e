// Writes all pages as Markdown into apps/docs/pages, and their contents beside them. Nothing in there is edited by hand.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { stringify } from "yaml";
import { commandsPage } from "./commands.ts";
import { composedPages } from "./composed.ts";
import { filePages } from "./files.ts";
import { formatPages } from "./formats.ts";
import { drawFrame, frameAddress } from "./frames.ts";
import { heroPicture } from "./hero.ts";
import { homePage } from "./home.ts";
import { indicatorPages } from "./indicators.ts";
import { regionPages, scopePages, shownPresets } from "./instruments.ts";
import { type Found, foundNothing, pictureAddress, relativeLinks } from "./links.ts";
import { listPages } from "./lists.ts";
import { notebookPages } from "./notebooks.ts";
import type { Page } from "./page.ts";
import { sizedPictures } from "./picture-sizes.ts";
import { titledBlocks } from "./prose.ts";
import { readmePages } from "./readmes.ts";
import { root } from "./repository.ts";
import { type Sidebars, sidebarsOf } from "./sidebar.ts";
import { specPage } from "./spec-page.ts";
import { stepPages } from "./steps.ts";

export const PAGES = join(root, "apps/docs/pages");

export interface Site {
  readonly pages: readonly Page[];
  readonly sidebars: Sidebars;
  /** Of the repository. */
  readonly pictures: readonly string[];
}

/** `api`: pages of the API, which somebody else makes. */
export async function site(api: readonly Page[] = []): Promise<Site> {
  const found: Found = foundNothing();
  const pages = [
    homePage(found),
    ...readmePages(found),
    ...notebookPages(found),
    ...stepPages(found),
    ...(await formatPages(found)),
    ...(await composedPages(found)),
    specPage(),
    await commandsPage(),
    ...scopePages(),
    ...regionPages(),
    ...indicatorPages(found),
    ...api,
  ];
  const all = [...pages, ...listPages(pages), ...filePages(found)];
  return { pages: all, sidebars: sidebarsOf(all), pictures: [...found.pictures].sort() };
}

/** Everything, in a folder that is made anew. */
export async function writeSite({ pages, sidebars, pictures }: Site): Promise<void> {
  rmSync(PAGES, { recursive: true, force: true });
  for (const picture of pictures) write(pictureAddress(picture), readFileSync(join(root, picture)));
  for (const page of pages) {
    for (const [address, picture] of page.pictures ?? []) write(address, picture);
  }
  for (const name of shownPresets()) write(frameAddress(name), await drawFrame(name));
  // What no text names.
  write("public/icon.svg", readFileSync(join(root, "apps/studio/public/icon.svg")));
  write("public/hero.png", await heroPicture());
  for (const page of pages) write(page.path, sizedPictures(markdownOf(page), page.path, PAGES));
  write("contents.json", JSON.stringify(sidebars));
}

export function markdownOf({ path, title, description, text, front }: Page): string {
  const head = stringify({ title, description, ...front });
  return `---\n${head}---\n\n${titledBlocks(relativeLinks(text, path))}\n`;
}

function write(path: string, text: string | Uint8Array): void {
  const target = join(PAGES, path);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, text);
}
