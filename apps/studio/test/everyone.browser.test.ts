// For everyone: axe finds nothing in any view of either theme; names and values for those who hear them; keys, fingers, narrow screens.
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

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

test.each([
  ["dark", {}],
  ["light", {}],
  ["dark", PHONE],
] as const)("axe finds nothing: %s %j", async (colorScheme, device) => {
  const page = await chromium.visit("", { colorScheme, ...device });
  await settled(page);
  await addAxe(page);
  await page.evaluate(() => {
    for (const group of document.querySelectorAll("details")) group.open = true;
  });
  await page.keyboard.press("w");
  await page.selectOption("[data-test=cells]", { index: 1 });
  await page.waitForSelector("[data-test=traces] path.calcium", { state: "attached" });
  // An explanation, and an error.
  const na = page.locator("[data-group=scope] [data-field='acquisition.optics.na']");
  await na.locator(".label").click();
  await na.locator("input[type=text]").fill("9");
  await page.waitForSelector("[data-field='acquisition.optics.na'] .problem");
  expect(await findings(page)).toEqual([]);
  await na.locator(".reset").click();
  // Two pictures.
  await settled(page);
  await page.locator("[data-test=pin]").click();
  for (const way of ["beside", "wipe", "blink"]) {
    await page.locator(`[data-test=${way}]`).click();
    expect(await findings(page)).toEqual([]);
  }
  await page.locator("[data-test=close-second]").click();
  await page.getByRole("button", { name: "Generate", exact: true }).click();
  await page.waitForSelector("[name=format][value=nwb]");
  expect(await findings(page)).toEqual([]);
  // Lessons: in course.browser.test.ts.
  await page.context().close();
});

test("sliders say their name, value and unit; keys turn numbers; counts are said", async () => {
  const page = await chromium.visit();
  await settled(page);
  await page.evaluate(() => {
    document.querySelector<HTMLDetailsElement>("[data-group=cells]")!.open = true;
  });
  const depth = page.getByRole("slider", { name: "depth range, lowest" });
  expect(await depth.getAttribute("aria-valuetext")).toMatch(/^\d+ µm$/);
  const before = await page.evaluate(() => minisimStudio.plan!.number);
  await page.getByRole("textbox", { name: "NA", exact: true }).press("ArrowUp");
  await page.waitForFunction(
    (old) =>
      Number(minisimStudio.value(["acquisition", "optics", "na"])) > 0.3 &&
      minisimStudio.plan!.number > old,
    before,
  );
  await settled(page);
  const { detectableCount, inView } = await page.evaluate(() => minisimStudio.judged!);
  await expect
    .poll(() => page.textContent("[data-test=said][role=status]"))
    .toBe(`${detectableCount} of ${inView} cells in the window are detectable.`);
  // A cell, and the edge of the wipe, without a pointer.
  await page.selectOption("[data-test=cells]", { index: 1 });
  await page.waitForSelector("[data-test=traces] path.calcium");
  await page.locator("h1").click();
  await page.keyboard.press("w");
  const edge = page.getByRole("slider", { name: "Edge of the wipe" });
  await edge.press("ArrowLeft");
  expect(await edge.getAttribute("aria-valuetext")).toBe("49 % from the left");
  await page.keyboard.press("Tab");
  await page.context().close();
});

test("on a phone the counts stay under the picture, and everything is large enough for a finger", async () => {
  const page = await chromium.visit("", PHONE);
  await settled(page);
  await page.locator("[data-field='acquisition.optics.na']").scrollIntoViewIfNeeded();
  const [picture, line] = [
    (await page.locator("[data-test=movie]").boundingBox())!,
    (await page.locator("[data-test=count-line]").boundingBox())!,
  ];
  expect(line.y).toBeGreaterThanOrEqual(picture.y + picture.height - 1);
  expect(line.y + line.height).toBeLessThan(600);
  const small = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>("button, input, select, summary")]
      .filter((one) => one.checkVisibility())
      .map((one) => ({ box: one.getBoundingClientRect(), what: one.outerHTML.slice(0, 90) }))
      .filter(({ box }) => box.width > 1 && Math.min(box.width, box.height) < 24)
      .map(({ what, box }) => `${box.width.toFixed(0)} × ${box.height.toFixed(0)} ${what}`),
  );
  expect(small).toEqual([]);
  // The explanation does not bring up the keyboard.
  await page.locator("[data-field='acquisition.optics.na'] .label").tap();
  await page.waitForSelector(".explanation");
  expect(await page.evaluate(() => document.activeElement?.tagName)).not.toBe("INPUT");
  await page.context().close();
});

/** Pairs of controls of the top bar that cover each other, and those that lie outside the page. */
function crowdedInBar(): string[] {
  const seen = [...document.querySelectorAll(".bar h1, .bar button:not(.skip), .bar select")];
  const boxes = seen
    .filter((one) => one.checkVisibility())
    .map((one) => ({ name: one.textContent.slice(0, 12), box: one.getBoundingClientRect() }));
  const outside = boxes.filter(({ box }) => box.left < -1 || box.right > innerWidth + 1);
  const over = boxes.flatMap(({ name, box }, i) =>
    boxes.slice(i + 1).flatMap(({ name: other, box: next }) => {
      const width = Math.min(box.right, next.right) - Math.max(box.left, next.left);
      const height = Math.min(box.bottom, next.bottom) - Math.max(box.top, next.top);
      return width > 1 && height > 1 ? [`${name} over ${other}`] : [];
    }),
  );
  return [...outside.map(({ name }) => `${name} outside`), ...over];
}

test("at every width the controls of the top bar lie beside each other, and a preset's name can be read", async () => {
  const page = await chromium.visit();
  await settled(page);
  for (const width of [390, 640, 641, 760, 860, 861, 1000, 1001, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    await page.waitForTimeout(200);
    expect([width, await page.evaluate(crowdedInBar)]).toEqual([width, []]);
    const preset = (await page.getByRole("combobox", { name: "Preset" }).boundingBox())!;
    expect(preset.width).toBeGreaterThan(80);
  }
  await page.context().close();
});

test("the columns stay where they are while the page fills", async () => {
  const page = await chromium.visit();
  await settled(page);
  await page.reload();
  const shift = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let sum = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries())
            sum += (entry as unknown as { value: number }).value;
        }).observe({ type: "layout-shift", buffered: true });
        setTimeout(() => resolve(sum), 5000);
      }),
  );
  expect(shift).toBeLessThan(0.05);
  await page.context().close();
});

test("with every step off the page says why there is nothing to see", async () => {
  const page = await chromium.visit();
  await settled(page);
  await edit(page, ["steps"], []);
  await page.waitForSelector("[data-test=nothing]");
  expect(await page.textContent(".counts")).not.toContain("photons");
  expect(await page.textContent(".counts")).toMatch(/focus– /);
  await page.context().close();
});

test("outlines and vessels move with the tissue of their own side of the wipe", async () => {
  const page = await chromium.visit(
    "#v=1&frame=61&stage=cells_only&wipe=cells_only@0.5&vessels=1&motion=0",
  );
  await settled(page);
  await page.waitForTimeout(300);
  const half = async (side: 0 | 1) => {
    const box = (await page.locator("[data-test=movie]").boundingBox())!;
    const x = box.x + (side === 0 ? 60 : box.width / 2 + 20);
    return page.screenshot({ clip: { x, y: box.y + 60, width: box.width / 2 - 80, height: 400 } });
  };
  const still = [await half(0), await half(1)] as const;
  // The right one moves, the left one stays.
  await page.click("[data-stage=brain_motion]");
  await page.waitForFunction(() => minisimStudio.look.stage === "brain_motion");
  await page.waitForTimeout(600);
  expect((await half(0)).equals(still[0])).toBe(true);
  expect((await half(1)).equals(still[1])).toBe(false);
  await page.context().close();
});

test("nothing says that the tissue moves where it does not, and the wipe's tags follow its line", async () => {
  const page = await chromium.visit();
  await settled(page);
  const box = async () => {
    const corner = (await page.locator("[data-test=movie]").boundingBox())!;
    return page.screenshot({
      clip: { x: corner.x + corner.width - 76, y: corner.y + 8, width: 68, height: 68 },
    });
  };
  await page.getByRole("button", { name: "Pause" }).click();
  const withBox = await box();
  await page.getByRole("checkbox", { name: "motion" }).uncheck();
  await page.waitForTimeout(200);
  expect((await box()).equals(withBox)).toBe(false);
  // Where nothing moves yet there is no box.
  await page.click("[data-stage=neuropil]");
  await page.waitForTimeout(400);
  const without = await box();
  await page.getByRole("checkbox", { name: "motion" }).check();
  await page.waitForTimeout(400);
  expect((await box()).equals(without)).toBe(true);
  // The tags follow the line.
  await page.locator("h1").click();
  await page.keyboard.press("w");
  const tag = page.locator(".tag.left");
  await tag.waitFor();
  const before = (await tag.boundingBox())!.x;
  const edge = page.getByRole("slider", { name: "Edge of the wipe" });
  await edge.fill("20");
  await expect.poll(async () => (await tag.boundingBox())!.x).toBeLessThan(before - 50);
  await page.context().close();
});
