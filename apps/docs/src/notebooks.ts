// A page of each notebook: its text, its code, and what it printed and drew when it was last run.
import { posix } from "node:path";
import { type Found, pictureAddress, siteLinks } from "./links.ts";
import type { Page } from "./page.ts";
import { placeOf } from "./places.ts";
import { block, firstSentence, withoutTitle } from "./prose.ts";
import { namesIn, textOf } from "./repository.ts";

const FOLDER = "apps/python/examples";

interface Output {
  readonly text?: readonly string[];
  readonly data?: Readonly<Record<string, string | readonly string[]>>;
}
interface Cell {
  readonly cell_type: "markdown" | "code";
  readonly source: readonly string[];
  readonly outputs?: readonly Output[];
}

export const notebookPages = (found: Found): Page[] =>
  namesIn(FOLDER)
    .filter((name) => name.endsWith(".ipynb"))
    .map((name) => notebookPage(posix.join(FOLDER, name), found));

function notebookPage(file: string, found: Found): Page {
  const { cells } = JSON.parse(textOf(file)) as { readonly cells: readonly Cell[] };
  const pictures = new Map<string, Buffer>();
  const parts = cells.flatMap(({ cell_type, source, outputs = [] }) => {
    const text = source.join("");
    if (cell_type === "markdown") return [siteLinks(text, file, found)];
    return [block("python", text), ...outputs.flatMap((output) => shown(output, file, pictures))];
  });
  const { title, body } = withoutTitle(parts.join("\n\n"));
  return {
    path: placeOf(file)!,
    title,
    description: firstSentence(body),
    text: `# ${title}\n\n${body}`,
    pictures,
  };
}

/** A picture, or else what was printed; a table is printed as text. */
function shown({ text, data = {} }: Output, file: string, pictures: Map<string, Buffer>): string[] {
  const png = data["image/png"];
  if (png !== undefined) {
    const address = `${pictureAddress(file).replace(/\.ipynb$/, "")}-${pictures.size + 1}.png`;
    pictures.set(address, Buffer.from([png].flat().join(""), "base64"));
    return [`![What the code above draws](${address})`];
  }
  const words = [text ?? data["text/plain"] ?? []].flat().join("");
  return words.trim() === "" ? [] : [block("text", words)];
}
