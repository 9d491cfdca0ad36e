// The built site (`npm run docs`) in Chromium: pages, search and the studio work, and no request leaves the machine: every one is answered from
// the folder, or counted as one to another host.
import { execFileSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { root } from "../src/repository.ts";

const DIST = join(root, "apps/docs/dist");
const HOST = "http://localhost";
const base = process.env.DOCS_BASE ?? "/";

let browser: Browser;
let context: BrowserContext;
const foreign: string[] = [];
const complaints: string[] = [];

beforeAll(async () => {
  // As `.ci/run` built it before; by whoever runs this test alone in a fresh clone, now.
  if (!existsSync(join(DIST, "index.html"))) {
    execFileSync("npm", ["run", "--silent", "site"], {
      cwd: join(root, "apps/docs"),
      stdio: "ignore",
    });
  }
  browser = await chromium.launch({
    executablePath: process.env.MINISIM_CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox"],
  });
  context = await browser.newContext({ serviceWorkers: "block" });
  context.setDefaultTimeout(120_000);
  await context.route("**/*", (route) => {
    const { origin, pathname } = new URL(route.request().url());
    if (origin !== HOST || !pathname.startsWith(base)) {
      foreign.push(route.request().url());
      return route.abort();
    }
    const place = join(DIST, decodeURIComponent(pathname.slice(base.length)));
    const file =
      existsSync(place) && statSync(place).isDirectory() ? join(place, "index.html") : place;
    return existsSync(file) ? route.fulfill({ path: file }) : route.fulfill({ status: 404 });
  });
});
afterAll(() => browser?.close());

async function open(path: string): Promise<Page> {
  const page = await context.newPage();
  page.on("console", (message) => {
    // The studio's service worker, which is kept away here: what it fetches could not be answered from the folder.
    if (message.text().includes("blocked by Playwright")) return;
    if (["error", "warning"].includes(message.type()))
      complaints.push(`${path}: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`${path}: ${error.message}`));
  await page.goto(HOST + base + path, { waitUntil: "networkidle" });
  return page;
}

test.each(["", "steps/vasculature.html", "formats/nwb.html", "api/minisim.html", "model.html"])(
  "/%s opens without a complaint",
  async (path) => {
    const page = await open(path);
    await page.locator("h1").first().waitFor();
    const tooWide = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return scrollWidth - clientWidth;
    });
    expect(tooWide).toBe(0);
    await page.close();
  },
);

test("a page fits a telephone", async () => {
  const page = await open("steps/neuropil.html");
  await page.setViewportSize({ width: 390, height: 800 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await page.close();
});

test("search finds a parameter and leads to it", async () => {
  const page = await open("");
  await page.keyboard.press("Control+k");
  await page.locator("#localsearch-input").fill("root_radius_um");
  await page.locator(".VPLocalSearchBox .result").first().waitFor();
  await page.keyboard.press("Enter");
  await page.waitForURL(/vasculature/);
  await page.close();
});

test("the studio lies under the site", async () => {
  const page = await open("");
  await page.locator(".VPHero").getByRole("link", { name: "Open the studio" }).click();
  await page.waitForURL(`**${base}studio/`);
  await page.waitForFunction(() => "minisimStudio" in globalThis);
  await page.close();
});

test("nothing was asked of another host, and no page complained", () => {
  expect(foreign).toEqual([]);
  expect(complaints).toEqual([]);
});
