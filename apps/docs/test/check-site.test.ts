// A dead link in the built site, or anything that another host would have to send, is found.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { problemsOfSite } from "../src/check-site.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "minisim-site-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function problems(files: Readonly<Record<string, string>>, base = "/"): string[] {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return problemsOfSite(folder, base);
}

const OTHER = '<h2 id="there">There</h2>';

test("links to pages, anchors, folders and pictures that are there are no problem, and pages of others may be linked", () => {
  const page = `<a href="other.html#there"></a> <a href="#here" id="here"></a> <a href="/sub/"></a> <img src="./a.png">
    <a href="https://doi.org/10.1"></a> <a href="mailto:a@b.c"></a> <img src="data:image/png;base64,AA">`;
  expect(
    problems({ "index.html": page, "other.html": OTHER, "sub/index.html": "", "a.png": "" }),
  ).toEqual([]);
});

test("every dead link is told once, with its page", () => {
  const page = `<a href="gone.html"></a><a href="gone.html">again</a><a class="x" href="/other.html#nowhere"></a>
    <a href="#nowhere"></a><img alt="a > b" src="gone.png"><link rel="stylesheet" href="/gone.css">`;
  expect(problems({ "sub/page.html": page, "other.html": OTHER })).toEqual([
    "sub/page.html: gone.html leads nowhere.",
    "sub/page.html: /other.html#nowhere: other.html has no such anchor.",
    "sub/page.html: #nowhere: sub/page.html has no such anchor.",
    "sub/page.html: gone.png leads nowhere.",
    "sub/page.html: /gone.css leads nowhere.",
  ]);
});

test("what leads out of the path that the site is served under is told", () => {
  const page = `<a href="/minisim/other.html#there"></a><a href="/other.html"></a><a href="../../up.html"></a>`;
  expect(problems({ "index.html": page, "other.html": OTHER }, "/minisim/")).toEqual([
    "index.html: /other.html leads out of /minisim/.",
    "index.html: ../../up.html leads out of /minisim/.",
  ]);
});

test("scripts, styles, fonts and pictures of another host are told", () => {
  const page = `<script src="https://cdn.example/a.js"></script><link href="//fonts.example/a.css">
    <img srcset="https://img.example/a.png"><iframe src="http://a.example"></iframe>`;
  const css = `@import "https://fonts.example/b.css"; a { background: url(//img.example/b.png) } b { background: url("c.png") }`;
  expect(problems({ "index.html": page, "a.css": css })).toEqual([
    "index.html: <script> is fetched from another host: https://cdn.example/a.js",
    "index.html: <link> is fetched from another host: //fonts.example/a.css",
    "index.html: <img> is fetched from another host: https://img.example/a.png",
    "index.html: <iframe> is fetched from another host: http://a.example",
    "a.css: fetched from another host: https://fonts.example/b.css",
    "a.css: fetched from another host: //img.example/b.png",
  ]);
});
