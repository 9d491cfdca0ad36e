// The first page: what it is in a minute. Its words are those of the README.
import { type Found, siteLinks } from "./links.ts";
import type { Page } from "./page.ts";
import { section } from "./prose.ts";
import { textOf } from "./repository.ts";

export const HERO = "docs/pictures/max.png";

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
      image: { src: "/hero.png", alt: /!\[([^\]]+)\]\(docs\/pictures\/max/.exec(readme)![1]! },
      actions: [
        { theme: "brand", text: "Start", link: "/quick-start/command-line" },
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
    text: siteLinks(why, "README.md", found),
    front,
  };
}

/** The points of a list, "**Title.** Words", without links. */
export const featuresOf = (list: string) =>
  list.split(/\n(?=- )/).map((item) => {
    const [, title, words] = /^- \*\*(.+?)\*\*\s+(.*)$/s.exec(item)!;
    const details = words!
      .replace(/\s+/g, " ")
      .replace(/:? \[[^\]]+\]\([^)]+\)/g, "")
      .replace(/`([^`]+)`/g, "<code>$1</code>");
    return { title: title!.replace(/\.$/, ""), details };
  });
