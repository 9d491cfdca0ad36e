// Pieces of Markdown.

/** Plain text as Markdown that shows it as it is; DOIs and addresses are links. */
export const plain = (text: string): string =>
  text
    .replace(/[&<>]/g, (letter) => `&#${letter.charCodeAt(0)};`)
    .replace(/[\\*_`[\]|{}~]/g, (letter) => `\\${letter}`)
    .replace(/\bdoi:(10\.\d+\/(?:\\?[^\s,;)])+[^\s,;).])/g, (all, doi: string) => {
      return `[${all}](https://doi.org/${doi.replaceAll("\\", "")})`;
    });

export const sentence = (text: string): string => (/[.?!]$/.test(text) ? text : `${text}.`);

export const code = (text: string): string => `\`${text.replaceAll("|", "\\|")}\``;

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

export const block = (language: string, text: string): string => {
  const fence = text.includes("```") ? "````" : "```";
  return `${fence}${language}\n${text.trimEnd()}\n${fence}`;
};

/** The text without its first heading, and that heading. */
export function withoutTitle(text: string): { readonly title: string; readonly body: string } {
  const found = /^# (.+)\n/m.exec(text);
  if (!found) throw new Error(`There is no title in: ${text.slice(0, 60)}`);
  return { title: found[1]!.trim(), body: trimmed(text.slice(found.index + found[0].length)) };
}

/** The part of a text under a heading of the second level, without the heading. */
export function section(text: string, title: string): string {
  const [, ...parts] = text.split(/^## /m);
  const part = parts.find((one) => one.startsWith(`${title}\n`));
  if (part === undefined) throw new Error(`There is no section "${title}".`);
  return trimmed(part.slice(title.length));
}

/** Without empty lines around it; a block that begins it keeps its indent. */
const trimmed = (text: string): string => text.replace(/^(\s*\n)+/, "").trimEnd();

/** The first paragraph that is prose, in one line and without marks. */
export function firstSentence(text: string): string {
  const paragraph = text
    .replace(/^(```|~~~).*?^\1$/gms, "")
    .split(/\n{2,}/)
    .map((part) => part.replace(/\s+/g, " ").trim())
    .find((part) => /^[A-Z_*`"[a-z]/.test(part) && !part.startsWith("["));
  const words = (paragraph ?? "").replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1").replace(/[*`<>]/g, "");
  return /^.+?[.?!](?= |$)/.exec(words)?.[0] ?? words;
}

/** Blocks that are files, "```yaml [sweep.yaml]", with their name above them. */
export const titledBlocks = (text: string): string =>
  text.replace(
    /^(`{3,})(\S+) \[(\S+\.\w+)\]\n(.*?)^\1$/gms,
    (_, fence, language, file, inside) =>
      `<div class="file">${file}</div>\n\n${fence}${language}\n${inside}${fence}`,
  );
