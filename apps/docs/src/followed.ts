// The pages that people follow step by step: everything that they say is done by a test.
import { posix } from "node:path";
import { isThere, namesIn } from "./repository.ts";

export const followedPages = (): string[] =>
  ["docs/quick-start", "docs/how-to"].filter(isThere).flatMap((folder) =>
    namesIn(folder)
      .filter((name) => name.endsWith(".md"))
      .map((name) => posix.join(folder, name)),
  );
