// Nothing holds the page up: a long compile gives way to a newer draft, can be stopped, and says how long it will take.
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Chromium, edit, settled, startChromium } from "./chromium.ts";

let chromium: Chromium;
beforeAll(async () => {
  chromium = await startChromium();
});
afterAll(() => chromium?.close());
afterEach(() => {
  expect(chromium.complaints.splice(0)).toEqual([]);
});

/** A scope whose whole field takes some ten seconds. */
async function large(page: Page): Promise<void> {
  await settled(page);
  await page.selectOption(".preset select", "lfov/ca1");
  await page.waitForFunction(() => minisimStudio.plan!.window.sensor.height > 900);
  await settled(page);
}

test("a long compile says how long, gives way to a newer draft, and can be stopped", async () => {
  const page = await chromium.visit();
  await large(page);
  expect(await page.textContent("[data-test=size] option:last-child")).toMatch(
    /^whole field, about \d+(\.\d)? s$/,
  );
  await page.selectOption("[data-test=size]", "8192");
  const wait = page.locator("[data-test=window] [data-test=wait]");
  await wait.waitFor();
  expect(await wait.textContent()).toMatch(/Making the picture: .+ of about \d/);
  // A newer draft.
  const before = await page.evaluate(() => minisimStudio.plan!.number);
  await page.selectOption("[data-test=size]", "128");
  await page.waitForFunction((old) => minisimStudio.plan!.number > old, before, {
    timeout: 15_000,
  });
  expect(await page.evaluate(() => minisimStudio.plan!.width)).toBe(128);
  await settled(page);

  await page.selectOption("[data-test=size]", "8192");
  await wait.waitFor();
  await wait.locator("[data-test=stop]").click();
  await page.waitForFunction(() => minisimStudio.look.side === 128 && minisimStudio.ready);
  // A newer draft that cannot be shown: the picture of before goes on.
  await page.selectOption("[data-test=size]", "8192");
  await wait.waitFor();
  await page.evaluate(() => minisimStudio.edit(["acquisition", "optics", "na"], 9));
  await page.waitForSelector("[data-test=before]");
  await page.waitForFunction(() => minisimStudio.ready && minisimStudio.invalid);
  expect(await page.evaluate(() => minisimStudio.frameHash("sensor", 3))).toMatch(/^[0-9a-f]{64}$/);
  await page.evaluate(() => minisimStudio.edit(["acquisition", "optics", "na"], 0.2));
  await page.waitForFunction(() => !minisimStudio.invalid);
  await page.selectOption("[data-test=size]", "128");
  await page.waitForFunction(() => minisimStudio.plan!.width === 128 && minisimStudio.ready);
  // And the simulator still answers.
  await edit(page, ["seed"], 12);
  await page.context().close();
});

test("the count of a long recording waits to be asked for, and can be stopped", async () => {
  const page = await chromium.visit();
  await large(page);
  const count = page.locator("[data-test=count]");
  await count.waitFor();
  expect(await count.textContent()).toMatch(/^Count all of it, about \d+ s$/);
  await count.click();
  await page.locator(".counts [data-test=stop]").click();
  await count.waitFor();
  await page.context().close();
});

test("what no tab can hold is not offered", async () => {
  const page = await chromium.visit();
  await settled(page);
  const sensor = await page.evaluate(
    () => minisimStudio.value(["acquisition", "image_sensor"]) as object,
  );
  await edit(page, ["acquisition", "image_sensor"], {
    ...sensor,
    n_px_height: 1600,
    n_px_width: 1600,
  });
  const whole = page.locator("[data-test=size] option:last-child");
  expect(await whole.textContent()).toMatch(/too much for a tab/);
  expect(await whole.isDisabled()).toBe(true);
  await page.context().close();
});

test("an automatic focus keeps no picture waiting, and is the full field's in the end", async () => {
  const page = await chromium.visit();
  await settled(page);
  await edit(page, ["acquisition", "focal_depth_in_tissue_um"], "auto");
  // The first picture, and the one with the focus of the field.
  const focus = await page
    .waitForFunction(() => {
      const depth = minisimStudio.plan!.window.spec.acquisition.focal_depth_in_tissue_um;
      return typeof depth === "number" && minisimStudio.ready && depth;
    })
    .then((found) => found.jsonValue());
  expect(focus).toBeGreaterThan(100);
  expect(focus).toBeLessThan(200);
  await page.context().close();
});
