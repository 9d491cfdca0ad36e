// What the site has: a page for everything that there is, found by itself, with what the definitions say.
import { posix } from "node:path";
import { formatNames, loadFormat } from "@minisim/interop";
import { fieldsOf, stepSchema } from "@minisim/spec/fields";
import { builtinSteps, regions, Spec, scopes } from "minisim";
import { beforeAll, expect, test } from "vitest";
import { INDICATORS } from "../../../packages/steps/cell-activity/src/indicators.ts";
import { followedPages } from "../src/followed.ts";
import { markdownOf, type Site, site } from "../src/pages.ts";
import { namesIn } from "../src/repository.ts";

let made: Site;
let texts: ReadonlyMap<string, string>;
beforeAll(async () => {
  made = await site();
  texts = new Map(made.pages.map((page) => [page.path, markdownOf(page)]));
});

const textOf = (path: string): string => {
  const text = texts.get(path);
  if (text === undefined) throw new Error(`There is no page ${path}.`);
  return text;
};

test.each(builtinSteps)(
  "the page of $kind has all that its definition says",
  ({ kind, ...step }) => {
    const text = textOf(`steps/${kind}.md`);
    const fields = fieldsOf(stepSchema(Spec.jsonSchema(), kind)!);
    for (const { name } of fields) expect(text).toContain(`### \`${name}\``);
    for (const name of Object.keys(step.truth ?? {})) expect(text).toContain(`| \`${name}\` |`);
    expect(text).toContain(`revision ${step.revision}`);
    expect(text).toMatch(/!\[.+\]\(\S+\.png\)/);
    expect(textOf("model.md")).toContain(`### \`${kind}\` {#limits-of-${kind}}`);
  },
);

test("a parameter is told with its default, unit, range and source", () => {
  const text = textOf("steps/vasculature.md");
  const layers = fieldsOf(stepSchema(Spec.jsonSchema(), "vasculature")!).find(
    ({ name }) => name === "layers",
  )!;
  const depth = layers.children.find(({ name }) => name === "depth_um")!;
  const part = text.slice(text.indexOf("### `layers[].depth_um`")).split("\n#")[0]!;
  expect(part).toContain(`default <code>${depth.default}</code>`);
  expect(part).toContain("· </span>µm");
  expect(part).toContain(depth.range.replace(">", "&#62;"));
});

test("there is a page for each scope, region, indicator and format", async () => {
  for (const name of Object.keys(scopes)) textOf(`scopes/${name}.md`);
  for (const name of Object.keys(regions)) textOf(`regions/${name}.md`);
  for (const name of Object.keys(INDICATORS)) textOf(`indicators/${name}.md`);
  for (const name of formatNames) {
    const { writeSettings, readEstimate, readSettings } = await loadFormat(name);
    const read = readEstimate ? Object.keys(readSettings?.shape ?? {}) : [];
    for (const setting of [...Object.keys(writeSettings?.shape ?? {}), ...read]) {
      expect(textOf(`formats/${name}.md`)).toContain(`### \`${setting}\``);
    }
  }
});

test("there is a page for each package, how-to and document", () => {
  for (const name of namesIn("packages")) if (name !== "steps") textOf(`packages/${name}.md`);
  for (const page of followedPages()) textOf(page.replace("docs/", ""));
  for (const name of namesIn("docs")) if (name.endsWith(".md")) textOf(name);
  for (const name of namesIn("examples/studies")) {
    if (!name.includes(".")) textOf(`examples/studies/${name}.md`);
  }
});

test("every command says its options", () => {
  const text = textOf("commands.md");
  expect(text).toMatch(/## `minisim simulate`\n\n```text\nUsage: minisim simulate .*--resume/s);
  for (const name of ["init", "score", "sweep", "compare"])
    expect(text).toContain(`## \`minisim ${name}\``);
});

test("every link between pages leads to a page", () => {
  const links = [...texts].flatMap(([path, text]) =>
    [...text.replaceAll(/^(`{3,}).*?^\1$/gms, "").matchAll(/\]\(([^)\s#]+\.md)(?:#[^)]*)?\)/g)].map(
      ([, target]) => posix.join(posix.dirname(path), target!),
    ),
  );
  expect(links.length).toBeGreaterThan(200);
  expect(links.filter((link) => !texts.has(link))).toEqual([]);
});

test("a page has a title of its own and a description", () => {
  for (const { path, title, description } of made.pages) {
    expect(title, path).not.toBe("");
    expect(description.length, path).toBeGreaterThan(15);
  }
});
