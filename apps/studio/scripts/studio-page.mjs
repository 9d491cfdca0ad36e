// The built page in Chromium, for scripts that look at it.
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { preview } from "vite";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

export async function startBrowser() {
  const server = await preview({
    configFile: here("../vite.config.ts"),
    preview: { port: 0 },
    logLevel: "warn",
  });
  const browser = await chromium.launch({
    executablePath: process.env.MINISIM_CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox"],
  });
  return {
    browser,
    url: `http://localhost:${server.httpServer.address().port}/`,
    async close() {
      await browser.close();
      await server.close();
    },
  };
}

export const ready = (page) => page.waitForFunction(() => globalThis.minisimStudio?.ready);

/** A page with the studio at work, and how to leave. */
export async function openStudio(options = {}) {
  const { browser, url, close } = await startBrowser();
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, ...options });
  await page.goto(url);
  await ready(page);
  return { browser, page, close };
}
