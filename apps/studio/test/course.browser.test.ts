// The lessons as a course: predict, see, check; what was answered is kept; notes and links for teachers; for everyone.
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { LESSONS } from "../src/learn/lessons.ts";
import { addAxe, findings } from "./axe.ts";
import { type Chromium, edit, settled, startChromium } from "./chromium.ts";

let chromium: Chromium;
beforeAll(async () => {
  chromium = await startChromium();
});
afterAll(() => chromium?.close());
afterEach(() => {
  expect(chromium.complaints.splice(0)).toEqual([]);
});

async function at(page: Page, lesson: string): Promise<void> {
  await page.evaluate((to) => {
    location.hash = `v=1&page=learn&lesson=${to}`;
  }, lesson);
  const [number, screen] = lesson.split(".").map(Number);
  await page
    .getByRole("heading", { name: LESSONS[number! - 1]!.screens[screen! - 1]!.title })
    .waitFor();
  await settled(page);
}

test("a prediction comes before the knobs, is kept over a reload, and can be forgotten", async () => {
  const page = await chromium.visit("#v=1&page=learn&lesson=7.1");
  page.setDefaultTimeout(40_000);
  await settled(page);
  await page.locator("[data-test=question]").waitFor();
  expect(await page.locator(".knobs .field").count()).toBe(0);
  expect(await page.isDisabled("[data-test=predict]")).toBe(true);
  await page.getByRole("radio", { name: "More are: less noise in each frame" }).check();
  await page.click("[data-test=predict]");
  const revealed = page.locator("[data-test=revealed]");
  expect(await revealed.textContent()).toContain("It is: Fewer are");
  expect(await revealed.textContent()).toContain("Eleven are left");
  expect(await page.locator(".knobs .field").count()).toBe(2);
  // And so it is.
  await edit(page, ["acquisition", "fps"], 10);
  await settled(page);
  expect(await page.evaluate(() => minisimStudio.judged!.detectableCount)).toBe(11);
  await page.reload();
  await settled(page);
  await revealed.waitFor();
  await page.locator("[data-test=teacher] summary").click();
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.click("[data-test=screen-link]");
  await page.getByRole("button", { name: "Link copied" }).waitFor();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toMatch(/#v=1&page=learn&lesson=7\.1$/);
  await page.click("[data-test=start-over]");
  await page.locator("[data-test=question]").waitFor();
  await page.click("[data-test=pass]");
  expect(await revealed.textContent()).not.toContain("You said");
  await page.context().close();
});

test("a task is done when the counts say so, by its knob alone", async () => {
  const page = await chromium.visit("#v=1&page=learn&lesson=7.3");
  page.setDefaultTimeout(40_000);
  await settled(page);
  const task = page.locator("[data-test=task]");
  expect(await task.textContent()).toContain("Not yet.");
  const steps = await page.evaluate(() => minisimStudio.spec!.steps.map(({ kind }) => kind));
  const level = ["steps", steps.indexOf("neuropil"), "level"];
  const before = await page.evaluate((path) => minisimStudio.value(path), level);
  await edit(page, level, 14);
  await settled(page);
  expect(await task.textContent()).toContain("Not yet.");
  await edit(page, level, before);
  await edit(page, ["acquisition", "duration_s"], 600);
  await expect.poll(() => task.textContent(), { timeout: 30_000 }).toContain("✓ Done.");
  expect(await page.locator(".lessons [aria-current]").textContent()).toContain("1 of 4");
  await page.context().close();
});

test("motion that is left, seeds and spikes are read out", async () => {
  const page = await chromium.visit("#v=1&page=learn&lesson=4.2");
  page.setDefaultTimeout(60_000);
  await page.locator("[data-test=registration] tbody tr").first().waitFor();
  const left = await page.locator("[data-test=registration] td:nth-child(2)").allTextContents();
  const px = left.map((text) => Number.parseFloat(text));
  expect(px[0]).toBeGreaterThan(0.5);
  expect(px[2]).toBeGreaterThan(0.5);
  expect(px[3]).toBeLessThan(0.1);
  await at(page, "5.1");
  const chosen = page.locator("[data-test=chosen]");
  await chosen.waitFor();
  expect(await chosen.textContent()).toMatch(/^239 seeds, 52 of them on cells; 13 of 16/);
  await page.getByRole("slider", { name: "least peak to noise" }).fill("8");
  expect(await chosen.textContent()).toMatch(/^6 seeds, 4 of them/);
  await at(page, "6.1");
  await page.locator("[data-test=spikes] tbody tr").nth(2).waitFor();
  await page.context().close();
});

test.each(["dark", "light"] as const)(
  "axe finds nothing on any screen of the course: %s",
  async (colorScheme) => {
    const page = await chromium.visit("#v=1&page=learn&lesson=1.1", { colorScheme });
    page.setDefaultTimeout(40_000);
    await settled(page);
    await addAxe(page);
    for (const [lesson, { screens }] of LESSONS.entries()) {
      const number = lesson + 1;
      for (const i of screens.keys()) {
        await at(page, `${number}.${i + 1}`);
        const question = page.locator("[data-test=question]");
        if (await question.count()) {
          expect(await findings(page)).toEqual([]);
          await question.locator("input").first().check();
          await page.click("[data-test=predict]");
        }
        if (i === 0) await page.locator("[data-test=teacher] summary").click();
        expect(await findings(page), `${number}.${i + 1}`).toEqual([]);
      }
    }
    await page.context().close();
  },
);
