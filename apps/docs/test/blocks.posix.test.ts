// What a page tells people to do works, block after block. Pages with Python are done by the tests of apps/python, which have the wheel.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { blocksOf, hasPython, unsaid } from "../src/blocks.ts";
import { followedPages } from "../src/followed.ts";
import { root } from "../src/repository.ts";
import { failureOf } from "./run-page.ts";

const pages = followedPages().map((page) => ({
  page,
  text: readFileSync(join(root, page), "utf8"),
}));

test.each(pages)("$page says of each block what it is", ({ page, text }) => {
  expect(unsaid(text, page)).toEqual([]);
});

// Side by side: much of the time of one is its commands starting.
test.concurrent.each(pages.filter(({ page, text }) => !hasPython(blocksOf(text, page))))(
  "$page can be followed",
  async ({ page, text }) => {
    expect(await failureOf(blocksOf(text, page))).toBeUndefined();
  },
);

test("the block that fails is named, and what it said", async () => {
  const text =
    "```yaml [a.yaml]\none: 1\n```\n\n```sh\ncat a.yaml\n```\n\n```sh\ncat b.yaml\n```\n";
  const failure = await failureOf(blocksOf(text, "page.md"));
  expect(failure).toMatch(/^page\.md:9: .*b\.yaml/s);
});

test("a block that nobody runs does not pass for one that is run", () => {
  const text =
    "```bash\nrm x\n```\n\n```\nx\n```\n\nSo:\n\n    minisim init\n\n```text\nread me\n```\n";
  expect(unsaid(text, "page.md")).toEqual([
    expect.stringMatching(/^page\.md:1: a block of "bash"/),
    expect.stringMatching(/^page\.md:5: a block of ""/),
    expect.stringMatching(/^page\.md: .*minisim init$/),
  ]);
});
