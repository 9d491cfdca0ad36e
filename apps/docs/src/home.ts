// The first page: what it is in a minute. Its words are those of the README.

import { blocksOf } from "./blocks.ts";
import { heroSize } from "./hero.ts";
import { type Found, siteLinks } from "./links.ts";
import type { Page } from "./page.ts";
import { placeOf } from "./places.ts";
import { section } from "./prose.ts";
import { textOf } from "./repository.ts";

export function homePage(found: Found): Page {
  const readme = textOf("README.md");
  const opening = readme.split("\n\n").filter((part) => /^[A-Z]/.test(part));
  const [what, why] = opening.map((part) => part.replace(/\s+/g, " ")) as [string, string];
  const [title, ...rest] = what.split(/(?<=\.) /) as [string, ...string[]];
  const front = {
    layout: "home",
    hero: {
      name: "Minisim",
      text: title.replace(/\.$/, ""),
      tagline: rest.join(" "),
      image: {
        src: "/hero.png",
        ...heroSize(),
        fetchpriority: "high",
        alt: /!\[([^\]]+)\]\(docs\/pictures\/max/.exec(readme)![1]!,
      },
      actions: [
        { theme: "brand", text: "Make a recording", link: "/quick-start/command-line" },
        { theme: "alt", text: "Open the studio", link: "/studio/", target: "_self" },
        { theme: "alt", text: "Score a pipeline", link: "/how-to/score-a-pipeline" },
      ],
    },
    features: featuresOf(section(readme, "What sets it apart")),
  };
  return {
    path: "index.md",
    title: "Minisim",
    description: title,
    text: [siteLinks(why, "README.md", found), doors()].join("\n\n"),
    front,
  };
}

/** The points of a list, "**Title.** Words": each with its words up to the first link, and where that leads. */
export const featuresOf = (list: string) =>
  list.split(/\n(?=- )/).map((item) => {
    const [, title, words] = /^- \*\*(.+?)\*\*\s+(.*)$/s.exec(item.replace(/\s+/g, " "))!;
    const [said, , target] = words!.split(/(?::? see|:)? \[([^\]]+)\]\(([^)]+)\)/) as string[];
    const details = said!
      .replace(/^./, (letter) => letter.toUpperCase())
      .replace(/(?<!\.)$/, target ? "." : "")
      .replace(/`([^`]+)`/g, "<code>$1</code>");
    const page = target && placeOf(target);
    return {
      title: title!.replace(/\.$/, ""),
      details,
      ...(page && { link: `/${page.replace(/\.md$/, "")}` }),
    };
  });

const DOORS = [
  ["command-line", "sh", "Command line"],
  ["typescript", "ts", "TypeScript"],
  ["python", "python", "Python"],
] as const;

/** The first two things that each quick start does, side by side. */
function doors(): string {
  const tabs = DOORS.map(([page, language, title]) => {
    const file = `docs/quick-start/${page}.md`;
    const blocks = blocksOf(textOf(file), file).filter((block) => block.language === language);
    const code = blocks.slice(0, language === "ts" ? 1 : 2).map((block) => block.code);
    return `\`\`\`${language} [${title}]\n${code.join("")}\`\`\``;
  });
  const links = DOORS.map(([page, , title]) => `[${title}](/quick-start/${page}.md)`);
  const more = `Step by step: ${links.join(", ")}, [the browser](/quick-start/browser.md).`;
  return ["## In a minute", ["::: code-group", ...tabs, ":::"].join("\n"), more].join("\n\n");
}
