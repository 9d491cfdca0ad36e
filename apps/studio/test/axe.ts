// What axe finds wrong on a page, and where.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface Found {
  readonly id: string;
  readonly nodes: readonly { readonly target: unknown; readonly html: string }[];
}
declare const axe: { run(): Promise<{ violations: Found[] }> };

export const addAxe = (page: Page) => page.addScriptTag({ content: AXE });

export async function findings(page: Page): Promise<string[]> {
  const found = await page.evaluate(async () => (await axe.run()).violations);
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, html }) => `${id}: ${String(target)} ${html.slice(0, 120)}`),
  );
}
