// The blocks of code of a page that people follow, and what is to be done with each.
import { extname } from "node:path";

export interface Block {
  /** "docs/how-to/sweep-a-parameter.md:12" */
  readonly place: string;
  readonly language: string;
  /** The file that the block is: "sweep.yaml". It is written, and whoever needs it runs it. */
  readonly file?: string;
  readonly code: string;
}

/** What runs when it has no name of a file. */
const RUN = ["sh", "ts", "python"];
/** What is only to be read. */
const READ = "text";

/** The blocks in their order. */
export function blocksOf(text: string, page: string): Block[] {
  return [...text.matchAll(/^( *)(`{3,})([^\n`]*)\n(.*?)^\1\2$/gms)].map(
    ({ index, 1: indent, 3: info, 4: inside }) => {
      const [, language, file] = /^(\S*)(?: \[(\S+)\])?$/.exec(info!.trim()) ?? [info!, info!];
      const line = text.slice(0, index).split("\n").length;
      const code = inside!.replaceAll(new RegExp(`^${indent}`, "gm"), "");
      return { place: `${page}:${line}`, language: language!, ...(file && { file }), code };
    },
  );
}

/** What of a page nobody would run, and does not say that it is only to be read. */
export function unsaid(text: string, page: string): string[] {
  const blocks = blocksOf(text, page);
  const wrong = blocks.filter(
    ({ language, file }) => language !== READ && file === undefined && !RUN.includes(language),
  );
  const misnamed = blocks.filter(({ file }) => file !== undefined && extname(file) === "");
  const outside = text.replaceAll(/^( *)(`{3,}).*?^\1\2$/gms, "");
  const indented = /(?<=\n\n) {4}\S.*$/m.exec(outside);
  return [
    ...wrong.map(
      ({ place, language }) =>
        `${place}: a block of "${language}" runs nowhere: name its file, as in \`\`\`${language || "yaml"} [name.yaml], or make it text.`,
    ),
    ...misnamed.map(({ place, file }) => `${place}: ${file} is no name of a file.`),
    ...(indented && !/^ *([-*]|\d+\.) /m.test(outside)
      ? [`${page}: a block that is only indented says no language: ${indented[0].trim()}`]
      : []),
  ];
}

export const hasPython = (blocks: readonly Block[]): boolean =>
  blocks.some(({ language }) => language === "python");

export const isRead = ({ language }: Block): boolean => language === READ;
