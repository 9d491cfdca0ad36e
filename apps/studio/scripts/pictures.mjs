// Takes the pictures of docs/studio from the built page: every view, in the dark and one in the light.
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { preview } from "vite";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const folder = here("../../../docs/studio/");
mkdirSync(folder, { recursive: true });
const server = await preview({
  configFile: here("../vite.config.ts"),
  preview: { port: 0 },
  logLevel: "warn",
});
const browser = await chromium.launch({
  executablePath: process.env.MINISIM_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});

async function open(colorScheme, reducedMotion = "reduce") {
  const page = await browser.newPage({
    viewport: { width: 1280, height: 800 },
    colorScheme,
    reducedMotion,
  });
  await page.goto(`http://localhost:${server.httpServer.address().port}/`);
  await settled(page);
  return page;
}

async function settled(page) {
  await page.waitForFunction(() => globalThis.minisimStudio?.ready);
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
    const { scene, plan } = minisimStudio;
    const side = plan.height * plan.pixelSizeUm;
    return [...scene.snr.keys()]
      .sort((a, b) => scene.snr[b] - scene.snr[a])
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

const light = await open("light");
await light.locator("select[data-test=outlines]").selectOption("depth");
await light.locator(".window-note select").selectOption("8192");
await light.waitForTimeout(300);
await settled(light);
await light.waitForTimeout(2500);
await scrub(light, 61);
await settled(light);
await take(light, "light");

await browser.close();
await server.close();
process.exit(0);
