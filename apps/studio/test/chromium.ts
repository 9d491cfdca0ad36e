// The built page in Chromium, for tests: a server, a page that is ready.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from "playwright-core";
import "./handle.ts";
import { buildSite, type Site, SUB_PATH, serveSite } from "./site.ts";

export interface Chromium {
  readonly site: Site;
  /** Whatever pages complained of in their consoles. */
  readonly complaints: string[];
  /** A page in a browser of its own, which closes with the page's context; `prepare` runs in it before anything else. */
  open(prepare?: () => void): Promise<Page>;
  /** A page in the one browser that all such pages share: quick, and its files are kept in memory. `at` comes after the address of the site. */
  visit(at?: string, options?: BrowserContextOptions): Promise<Page>;
  close(): Promise<void>;
}

export async function startChromium(): Promise<Chromium> {
  const folder = await buildSite();
  const site = await serveSite(folder, { isolated: true });
  const executablePath = process.env.MINISIM_CHROMIUM ?? "/usr/bin/chromium";
  const args = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"];
  const profiles: string[] = [];
  let shared: Promise<Browser> | undefined;
  const listen = (page: Page) => {
    page.on("console", (message) => {
      if (message.type() === "error") complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(error.message));
  };
  const contexts: BrowserContext[] = [];
  const complaints: string[] = [];
  return {
    site,
    complaints,
    async open(prepare) {
      const profile = mkdtempSync(join(tmpdir(), "minisim-chromium-"));
      profiles.push(profile);
      // With a profile on the disk, as users have it: a window without one keeps the page's files in memory, ten times as slow.
      const context = await chromium.launchPersistentContext(profile, {
        executablePath,
        args,
        viewport: { width: 1280, height: 800 },
      });
      contexts.push(context);
      // What hangs, not what is slow: the machine may have other things to do.
      context.setDefaultTimeout(300_000);
      const page = await context.newPage();
      if (prepare) await page.addInitScript(prepare);
      listen(page);
      await page.goto(site.url + SUB_PATH);
      await page.waitForFunction(() => globalThis.minisimStudio?.ready);
      return page;
    },
    async visit(at = "", options = {}) {
      shared ??= chromium.launch({ executablePath, args });
      const context = await (await shared).newContext({
        viewport: { width: 1280, height: 800 },
        ...options,
      });
      context.setDefaultTimeout(120_000);
      const page = await context.newPage();
      listen(page);
      await page.goto(site.url + SUB_PATH + at);
      return page;
    },
    async close() {
      await (await shared)?.close();
      for (const context of contexts) await context.close();
      await site.close();
      for (const made of [folder, ...profiles]) {
        rmSync(made, { recursive: true, force: true, maxRetries: 20 });
      }
    },
  };
}

/** Changes a value and waits for the preview of it. */
export async function edit(
  page: Page,
  path: readonly (string | number)[],
  value: unknown,
): Promise<void> {
  const before = await page.evaluate(() => minisimStudio.plan!.number);
  await page.evaluate(([at, next]) => minisimStudio.edit(at as never, next), [path, value]);
  await page.waitForFunction(
    (old) => minisimStudio.plan!.number > old && minisimStudio.ready,
    before,
  );
}

/** Panels and outlines are of the plan that is shown, and its cells are counted. */
export const settled = (page: Page) =>
  page.waitForFunction(() => globalThis.minisimStudio?.ready && minisimStudio.judged);

/** A page with a small window that stands still, so that nothing takes long. `more` is the rest of what its address tells. */
export async function visitSmall(chromium: Chromium, more = ""): Promise<Page> {
  const page = await chromium.visit(`#v=1&window=128&frame=20&motion=0${more}`);
  page.setDefaultTimeout(40_000);
  await settled(page);
  await page.locator("[data-test=found]").waitFor();
  return page;
}
