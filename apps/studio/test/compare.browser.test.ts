// Two specs in one window: side by side, behind a wipe, blinking; their counts, and what a change does under several seeds.
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

/** Means of the picture's pixels in the left and in the right half of the canvas. */
const halves = (page: Page) =>
  page.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>("[data-test=movie]")!;
    const { width, height } = canvas;
    const y = Math.round(height * 0.4);
    const row = canvas.getContext("2d")!.getImageData(0, y, width, Math.round(height * 0.2)).data;
    const sums = [0, 0];
    for (let i = 0; i < row.length; i += 4) {
      const x = (i / 4) % width;
      sums[x < width / 2 ? 0 : 1]! += row[i]!;
    }
    return sums.map((sum) => sum / (row.length / 8)) as [number, number];
  });

/** Pixels of one half of the canvas that are greener than red, and redder than green: the picture itself is grey. */
function coloredIn(side: 0 | 1): [green: number, red: number] {
  const canvas = document.querySelector<HTMLCanvasElement>("[data-test=movie]")!;
  const width = Math.floor(canvas.width / 2);
  const image = canvas.getContext("2d")!.getImageData(side * width, 0, width, canvas.height);
  const found: [number, number] = [0, 0];
  for (let i = 0; i < image.data.length; i += 4) {
    const difference = image.data[i + 1]! - image.data[i]!;
    if (Math.abs(difference) > 25) found[difference > 0 ? 0 : 1] += 1;
  }
  return found;
}

test("what is pinned stands beside, behind a wipe, and blinks; keys do it; counts differ and are paired over seeds", async () => {
  const page = await chromium.visit("#v=1&frame=20&outlines=off&motion=0", {
    reducedMotion: "reduce",
  });
  await settled(page);
  await page.click("[data-test=pin]");
  const bar = page.locator("[data-test=second]");
  await bar.waitFor();
  const steps = await page.evaluate(() => minisimStudio.spec!.steps.map(({ kind }) => kind));
  const sensor = steps.indexOf("sensor");
  await edit(page, ["steps", sensor, "photons_per_um2_s"], 2000);
  await settled(page);

  await bar.getByRole("checkbox", { name: "one contrast" }).check();
  // One contrast for both, so less light is darker: right is the picture of now.
  await page.waitForTimeout(500);
  const [before, now] = await halves(page);
  expect(Math.abs(before - now)).toBeGreaterThan(20);
  expect(await page.textContent(".tag.left")).toBe("pinned");
  expect(await page.textContent(".tag.right")).toBe("now");

  await bar.getByRole("button", { name: "Wipe" }).click();
  const edge = page.getByRole("slider", { name: "Edge between the two pictures" });
  expect(await edge.getAttribute("aria-valuetext")).toBe("pinned on 50 % of the width");
  await edge.fill("100");
  await page.waitForTimeout(300);
  const all = await halves(page);
  await edge.fill("0");
  await page.waitForTimeout(300);
  const none = await halves(page);
  expect(Math.abs(all[0] - none[0])).toBeGreaterThan(20);
  expect(Math.abs(all[1] - none[1])).toBeGreaterThan(20);

  // With reduced motion nothing blinks by itself; B shows the other one.
  await page.locator("h1").click();
  await page.keyboard.press("b");
  await page.waitForFunction(() => document.querySelector(".tag.left")?.textContent === "pinned");
  expect(await page.locator(".tag.right").count()).toBe(0);
  await page.waitForTimeout(300);
  expect(Math.abs((await halves(page))[1] - all[1])).toBeLessThan(5);
  await page.keyboard.press("b");
  await page.waitForFunction(() => document.querySelector(".tag.right")?.textContent === "now");
  expect(await bar.getByRole("checkbox", { name: "by itself" }).isChecked()).toBe(false);

  const difference = page.locator("[data-test=difference-window]");
  await expect.poll(() => difference.textContent()).toMatch(/^-\d+$/);
  await page.click("[data-test=count-seeds]");
  await page.waitForFunction(
    () => document.querySelectorAll("[data-test=over-seeds] tbody tr").length === 6,
  );
  const paired = Number.parseFloat((await page.textContent("[data-test=paired]"))!);
  expect(paired).toBeLessThan(0);
  const seeds = await page.locator("[data-test=over-seeds] tbody th").allTextContents();
  const seed = await page.evaluate(() => Number(minisimStudio.value(["seed"])));
  expect(seeds.slice(0, 5)).toEqual([0, 1, 2, 3, 4].map((more) => `${seed + more}`));

  // A lesson has a picture of its own; what is pinned is there again after it.
  await page.getByRole("button", { name: "Learn", exact: true }).click();
  await settled(page);
  expect(await bar.count()).toBe(0);
  await page.getByRole("button", { name: "Build", exact: true }).click();
  await bar.waitFor();
  await page.click("[data-test=close-second]");
  await bar.waitFor({ state: "detached" });
  await page.context().close();
});

test("each of the two pictures has outlines of its own cells, in colours of its own counts", async () => {
  const page = await chromium.visit("#v=1&frame=20&outlines=detectable&motion=0", {
    reducedMotion: "reduce",
  });
  await settled(page);
  await page.click("[data-test=pin]");
  await page.locator("[data-test=second]").waitFor();
  const half = (side: 0 | 1) => page.evaluate(coloredIn, side);
  /** Until found ones are green and others red. */
  const judged = async (side: 0 | 1) => {
    await expect
      .poll(async () => Math.min(...(await half(side))), { timeout: 20_000 })
      .toBeGreaterThan(100);
    return half(side);
  };
  const [before, same] = [await judged(0), await judged(1)];
  expect(Math.abs(before[0] - same[0])).toBeLessThan(0.1 * same[0]);

  const steps = await page.evaluate(() => minisimStudio.spec!.steps.map(({ kind }) => kind));
  await edit(page, ["steps", steps.indexOf("sensor"), "photons_per_um2_s"], 300);
  await settled(page);
  await page.waitForFunction(
    () => minisimStudio.counts.window?.plan === minisimStudio.plan!.number,
  );
  await page.waitForTimeout(500);
  // In little light fewer are found; beside it, as many as before.
  expect((await half(1))[0]).toBeLessThan(0.7 * same[0]);
  expect((await half(0))[0]).toBeGreaterThan(0.9 * before[0]);

  await page.selectOption("[data-test=outlines]", "off");
  await page.waitForTimeout(500);
  expect(await half(0)).toEqual([0, 0]);
  await page.context().close();
});

/** From where to where the scale bar reaches on the page, the longest white run in its row, and the control of the zoom. */
function barAndZoom(): { bar: [number, number]; zoom: [number, number] } {
  const canvas = document.querySelector<HTMLCanvasElement>("[data-test=movie]")!;
  const ratio = devicePixelRatio || 1;
  const row = canvas.height - Math.round(13 * ratio);
  const { data } = canvas.getContext("2d")!.getImageData(0, row, canvas.width, 1);
  let best = [0, 0] as [number, number];
  let start = 0;
  for (let x = 0; x < canvas.width; x++) {
    const isWhite = data[4 * x] === 255 && data[4 * x + 1] === 255 && data[4 * x + 2] === 255;
    if (!isWhite) start = x + 1;
    else if (x + 1 - start > best[1] - best[0]) best = [start, x + 1];
  }
  const { left } = canvas.getBoundingClientRect();
  const zoom = document.querySelector(".zoom")!.getBoundingClientRect();
  // With its margin of 6 px.
  const bar: [number, number] = [left + best[0] / ratio - 6, left + best[1] / ratio + 6];
  return { bar, zoom: [zoom.left, zoom.right] };
}

// On a phone, on the narrowest screen beside the parameters, and where the buttons just find room on the right.
test.each([390, 641, 801])(
  "%i px wide, the scale bar and the zoom keep apart, however the two pictures are shown",
  async (width) => {
    const page = await chromium.visit("#v=1&window=128&frame=20&outlines=off&motion=0", {
      ...{ viewport: { width, height: 844 }, hasTouch: true, isMobile: true },
      reducedMotion: "reduce",
    });
    await settled(page);
    await page.click("[data-test=pin]");
    for (const way of ["beside", "wipe", "blink"]) {
      await page.locator(`[data-test=${way}]`).click();
      await page.waitForTimeout(500);
      const { bar, zoom } = await page.evaluate(barAndZoom);
      expect(bar[1] - bar[0]).toBeGreaterThan(40);
      expect([way, bar[0] > zoom[1] || bar[1] < zoom[0]]).toEqual([way, true]);
    }
    await page.context().close();
  },
);

test("counting under several seeds can be stopped", async () => {
  const page = await chromium.visit();
  await settled(page);
  await page.click("[data-test=pin]");
  await page.locator("[data-test=second]").waitFor();
  await page.click("[data-test=count-seeds]");
  await page.click("[data-test=stop-seeds]");
  await page.waitForSelector("[data-test=count-seeds]");
  await page.context().close();
});
