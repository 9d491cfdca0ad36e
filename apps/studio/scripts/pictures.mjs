// Takes the pictures of docs/studio from the built page: every view, in the dark and in the light, on a desk, on a large screen and on a phone.
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { ready, startBrowser } from "./studio-page.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const folder = here("../../../docs/studio/");
mkdirSync(folder, { recursive: true });
const { browser, url, close } = await startBrowser();

async function open(colorScheme, options = {}) {
  const page = await browser.newPage({
    viewport: { width: 1280, height: 800 },
    colorScheme,
    reducedMotion: "reduce",
    ...options,
  });
  await page.goto(url);
  await settled(page);
  return page;
}

async function settled(page) {
  await ready(page);
  // Counted, and the recording with it, where that is quick.
  await page.waitForFunction(() => minisimStudio.judged);
  await page.waitForTimeout(700);
}

const take = (page, name) => page.screenshot({ path: `${folder}${name}.png` });
const press = (page, name) => page.getByRole("button", { name, exact: true }).click();

async function scrub(page, frame) {
  await page.locator(".transport input").evaluate((input, value) => {
    input.value = value;
    input.dispatchEvent(new Event("input", { bubbles: true }));
  }, String(frame));
}

/** Clicks the brightest cells that lie away from the edge. */
async function pick(page, count) {
  const places = await page.evaluate((wanted) => {
    const { scene, plan, judged } = minisimStudio;
    const side = plan.height * plan.pixelSizeUm;
    return [...judged.snr.keys()]
      .sort((a, b) => judged.snr[b] - judged.snr[a])
      .map((unit) => [scene.centersUm[3 * unit + 1] / side, scene.centersUm[3 * unit + 2] / side])
      .filter((place) => place.every((share) => Math.abs(share) < 0.4))
      .slice(0, wanted);
  }, count);
  const box = await page.locator("[data-test=movie]").boundingBox();
  const side = Math.min(box.width, box.height);
  for (const [y, x] of places) {
    await page.mouse.click(box.x + box.width / 2 + x * side, box.y + box.height / 2 + y * side);
  }
  await page.mouse.move(5, 5);
}

const dark = await open("dark");
await scrub(dark, 61);
await dark.locator("[data-stage=cells_only]").click();
await settled(dark);
await pick(dark, 3);
await dark.locator("[data-stage=sensor]").click();
await settled(dark);
await dark.waitForFunction(() => minisimStudio.counts.recording);
await take(dark, "build");

await dark.locator("[data-stage=vasculature]").click();
await dark.keyboard.press("w");
await dark.locator(".display select").first().selectOption("cells_only");
await dark.locator("[data-test=outlines]").selectOption("snr");
await settled(dark);
await take(dark, "wipe");
await dark.keyboard.press("w");

await press(dark, "Generate");
await dark.evaluate(() => minisimStudio.edit(["acquisition", "duration_s"], 10));
await dark.waitForTimeout(800);
await dark.click("[data-test=generate]");
await dark.waitForFunction(() => /[0-9] frames\/s/.test(document.body.textContent));
await dark.waitForTimeout(500);
await take(dark, "generate");
await dark.click("[data-test=cancel]").catch(() => {});

await press(dark, "Learn");
await settled(dark);
await dark.locator(".lessons button").nth(1).click();
await settled(dark);
await dark.click("[data-test=next]");
await dark.waitForSelector("[data-test=demix]");
await dark.waitForTimeout(2500);
await take(dark, "learn");

await dark.goto(`${url}#v=1&page=learn&lesson=5.1`);
await settled(dark);
await dark.waitForSelector("[data-test=candidates]");
await dark.locator("[data-test=question] input").nth(2).check();
await dark.click("[data-test=predict]");
await dark.locator("[data-test=chosen]").scrollIntoViewIfNeeded();
await dark.waitForTimeout(300);
await take(dark, "course");

const found = await open("dark");
await scrub(found, 61);
await found.click("[data-test=run-roi]");
await found.waitForSelector("[data-test=found-roi]");
await found.locator("[data-test=found]").scrollIntoViewIfNeeded();
await found.waitForTimeout(300);
await take(found, "found");

const compared = await open("light");
await scrub(compared, 61);
const counted = () => minisimStudio.counts.recording?.plan === minisimStudio.plan.number;
await compared.waitForFunction(counted);
await compared.click("[data-test=pin]");
await compared.locator("[data-test=second]").waitFor();
await compared.evaluate(() => minisimStudio.edit(["acquisition", "optics", "na"], 0.2));
await compared.waitForTimeout(500);
await settled(compared);
await compared.waitForFunction(counted);
await compared.locator("[data-test=compare]").scrollIntoViewIfNeeded();
await compared.waitForTimeout(300);
await take(compared, "compare");

const light = await open("light");
await light.locator("select[data-test=outlines]").selectOption("depth");
await light.locator(".window-note select").selectOption("8192");
await light.waitForTimeout(300);
await settled(light);
await light.waitForTimeout(2500);
await scrub(light, 61);
await settled(light);
await take(light, "light");

const wide = await open("light", { viewport: { width: 1920, height: 1080 } });
await scrub(wide, 61);
await settled(wide);
await wide.waitForFunction(() => minisimStudio.counts.recording);
await take(wide, "wide");

const phone = await open("dark", {
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
});
await scrub(phone, 61);
await settled(phone);
await take(phone, "phone");

await close();
process.exit(0);
