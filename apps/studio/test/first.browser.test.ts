// The first minute: three questions; traces with axes; drawings and a sheet to take home. And what was once wrong about words and counts.
import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
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

async function open(at = ""): Promise<Page> {
  const page = await chromium.visit(at);
  page.setDefaultTimeout(60_000);
  await settled(page);
  return page;
}

test("three questions are answered, and stay closed once they were closed", async () => {
  const page = await open("#v=1&window=128");
  await page.click("[data-test=ask-seen]");
  const { detectableCount, inView } = await page.evaluate(() => minisimStudio.judged!);
  expect(await page.textContent("[data-test=answer-seen]")).toContain(
    `Of ${inView} cells in the window ${detectableCount} stand out`,
  );
  await page.click("[data-test=ask-scope]");
  const scopes = page.locator("[data-test=scopes] tbody tr");
  await scopes.nth(1).waitFor();
  expect(await scopes.first().locator("td").textContent()).toMatch(/^\d+ of \d+$/);
  await page.click("[data-test=stop-scopes]");
  await page.locator("[data-test=stop-scopes]").waitFor({ state: "detached" });
  await page.click("[data-test=ask-found]");
  await page.waitForSelector("[data-test=found-roi]");
  await addAxe(page);
  expect(await findings(page)).toEqual([]);
  await page.locator("[data-test=first] summary").click();
  await page.reload();
  await settled(page);
  await page.locator("[data-test=first]").waitFor();
  expect(await page.locator("[data-test=first]").getAttribute("open")).toBeNull();
  await page.context().close();
});

test("traces have axes in s and ΔF/F; drawings are saved as they look; a sheet is printed without knobs", async () => {
  const page = await open();
  await page.selectOption("[data-test=cells]", { index: 1 });
  await page.waitForSelector("[data-test=traces] path.calcium");
  const texts = await page.locator("[data-test=traces] .axes text").allTextContents();
  expect(texts).toContain("10 s");
  expect(texts.some((text) => /^\d(\.\d+)? ΔF\/F$/.test(text))).toBe(true);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.click("[data-test=save-traces-svg]"),
  ]);
  const svg = readFileSync(await download.path(), "utf8");
  expect(svg).toMatch(/^<svg xmlns=/);
  expect(svg).toContain("ΔF/F");
  expect(svg).toContain("stroke:rgb");
  expect(svg).not.toContain("var(");
  const drawn = await page.evaluate((text) => {
    const parsed = new DOMParser().parseFromString(text, "image/svg+xml");
    return parsed.querySelector("parsererror") === null;
  }, svg);
  expect(drawn).toBe(true);
  const [cells] = await Promise.all([
    page.waitForEvent("download"),
    page.click("[data-test=save-cells-svg]"),
  ]);
  expect(cells.suggestedFilename()).toMatch(/-histograms\.svg$/);
  await page.emulateMedia({ media: "print" });
  expect(await page.locator(".parameters").isVisible()).toBe(false);
  expect(await page.locator(".counts").isVisible()).toBe(true);
  await expect
    .poll(async () => (await page.locator("[data-test=movie]").boundingBox())!.height)
    .toBeGreaterThan(400);
  await page.context().close();
});

test("where a lesson says that counts stand below, they do", async () => {
  const page = await open("#v=1&page=learn&lesson=3.1");
  const text = page.getByText("The three counts below differ");
  const [words, counts] = [
    (await text.boundingBox())!,
    (await page.locator(".lesson .counts").boundingBox())!,
  ];
  expect(counts.y).toBeGreaterThan(words.y + words.height - 1);
  expect(Math.abs(counts.x - words.x)).toBeLessThan(30);
  await page.context().close();
});

test("units are not cut off, and the time of an update is that of the picture that is shown", async () => {
  const page = await open();
  await page.evaluate(() => {
    for (const group of document.querySelectorAll("details")) group.open = true;
  });
  const cut = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>(".unit")]
      .filter((unit) => unit.checkVisibility() && unit.scrollWidth > unit.clientWidth + 1)
      .map((unit) => unit.textContent),
  );
  expect(cut).toEqual([]);
  await page.getByRole("button", { name: "Learn", exact: true }).click();
  await page.locator("[data-test=next]").click();
  await settled(page);
  const told = () => page.textContent(".lesson [data-test=latency]");
  await expect
    .poll(async () => Number.parseInt((await told())!.replace(/\D+/g, ""), 10))
    .toBe(await page.evaluate(() => Math.round(minisimStudio.latencyMs)));
  await page.context().close();
});

test("without cells there is no focus to be told, and the page says that there are none", async () => {
  const page = await open("#v=1&window=128");
  const steps = await page.evaluate(() => minisimStudio.spec!.steps.map(({ kind }) => kind));
  const place = steps.indexOf("place_neurons");
  const populations = (await page.evaluate(
    (path) => minisimStudio.value(path),
    ["steps", place, "populations"],
  )) as object[];
  await edit(page, ["steps", place, "populations"], [{ ...populations[0], density_per_mm3: 0 }]);
  await page.getByText("There are no cells in view.").waitFor();
  await expect.poll(() => page.textContent(".counts")).toMatch(/focus– /);
  await page.context().close();
});
