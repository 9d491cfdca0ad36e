// What the page says of a recording is true of the recording: counts, over all of its duration, and where the window is.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Spec, summarize } from "minisim";
import { openRecording, simulateToStore } from "minisim/node";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Chromium, edit, settled, startChromium } from "./chromium.ts";
import { nodeHash } from "./node-preview.ts";

let chromium: Chromium;
beforeAll(async () => {
  chromium = await startChromium();
});
afterAll(() => chromium?.close());
afterEach(() => {
  expect(chromium.complaints.splice(0)).toEqual([]);
});

const cells = (page: Page, row: "window" | "recording") =>
  page.locator(`[data-test=count-${row}] td`).allTextContents();

const recordingCounted = (page: Page) =>
  page.waitForFunction(() => minisimStudio.counts.recording?.plan === minisimStudio.plan!.number);

/** A field that a test can record: 200 px, so that a window of 128 is a part of it. */
async function small(page: Page, duration_s: number): Promise<void> {
  await settled(page);
  const sensor = await page.evaluate(
    () => minisimStudio.value(["acquisition", "image_sensor"]) as object,
  );
  const few = { ...sensor, n_px_height: 200, n_px_width: 200 };
  await edit(page, ["acquisition", "image_sensor"], few);
  await edit(page, ["acquisition", "duration_s"], duration_s);
}

test("the recording's numbers are those of `minisim inspect`, to the cell", async () => {
  const page = await chromium.visit();
  await small(page, 25);
  await page.selectOption("[data-test=size]", "128");
  await page.waitForFunction(() => minisimStudio.plan!.width === 128);
  await recordingCounted(page);
  const shown = await page.evaluate(() => {
    const { census } = minisimStudio.counts.recording!;
    return { ...census, snr: [...census.snr], detectable: [...census.detectable] };
  });
  const scratch = mkdtempSync(join(tmpdir(), "minisim-studio-"));
  try {
    const path = join(scratch, "recording.zarr");
    const spec = Spec.parse(await page.evaluate(() => minisimStudio.spec));
    await simulateToStore(spec, path, { workers: 1 });
    const stored = await openRecording(path);
    // What `minisim inspect` prints.
    const { cells: said, focal_depth_um } = await summarize(stored);
    expect((await cells(page, "recording")).slice(1)).toEqual([
      `${said.n_units}`,
      `${said.n_detectable}`,
      `${((100 * said.n_detectable) / said.n_units).toFixed(0)} %`,
    ]);
    expect(shown.inFocusCount).toBe(said.n_in_focus);
    expect(shown.focalDepthUm).toBe(focal_depth_um);
    const { ground_truth } = await stored.load();
    expect(shown.detectable).toEqual([...ground_truth.detectable.data]);
    expect(shown.snr).toEqual([...ground_truth.detection_snr.data]);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  await page.context().close();
});

test("the window's cells are counted over all of the recording, not over the seconds that are shown", async () => {
  const page = await chromium.visit();
  await small(page, 10);
  await settled(page);
  const short = await page.evaluate(() => minisimStudio.judged!);
  await edit(page, ["acquisition", "duration_s"], 300);
  await settled(page);
  const long = await page.evaluate(() => minisimStudio.judged!);
  expect(await page.evaluate(() => minisimStudio.plan!.frames)).toBe(200);
  expect([short.seconds, long.seconds]).toEqual([10, 300]);
  expect(long.inView).toBe(short.inView);
  expect(long.detectableCount).toBeGreaterThan(1.5 * short.detectableCount);
  expect(await page.textContent(".tally caption")).toBe("Cells, over all 5 min");
  expect(await page.textContent("[data-test=window]")).toContain("a preview of 10 s for 5 min");
  await page.context().close();
});

test("the first picture is in focus", async () => {
  const page = await chromium.visit();
  await settled(page);
  const { depths, focus, sharp } = await page.evaluate(() => {
    const { centersUm, focalDepthUm, inFocus } = minisimStudio.scene!;
    const found = [...centersUm].filter((_, i) => i % 3 === 0);
    return { depths: found, focus: focalDepthUm!, sharp: [...inFocus].filter(Boolean).length };
  });
  expect(focus).toBeGreaterThan(Math.min(...depths));
  expect(focus).toBeLessThan(Math.max(...depths));
  expect(sharp).toBeGreaterThan(10);
  await page.context().close();
});

test("the window moves over the field, and is then a part of the recording", async () => {
  const page = await chromium.visit();
  await small(page, 10);
  await page.selectOption("[data-test=size]", "128");
  const placed = (top: number, left: number) =>
    page.waitForFunction(
      ([y, x]) => {
        const { shown, redrawn } = minisimStudio.plan!.window;
        return !redrawn && shown.top === y && shown.left === x && minisimStudio.ready;
      },
      [top, left] as const,
    );
  await page.click("[data-test=edge]");
  await placed(36, 72);
  const map = page.locator("[data-test=map]");
  const box = (await map.boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + 1, box.y + 1, { steps: 4 });
  await page.mouse.up();
  await placed(0, 0);
  await page.keyboard.press("ArrowDown");
  await placed(20, 0);
  await settled(page);
  const { spec, counted } = await page.evaluate(() => minisimStudio.plan!.window);
  const hash = await page.evaluate(() => minisimStudio.frameHash("sensor", 90));
  expect(hash).toBe(await nodeHash(spec, "sensor", 90));
  // Of the recording, and of no other.
  const whole = Spec.parse(await page.evaluate(() => minisimStudio.spec));
  expect({ ...counted, acquisition: { ...counted.acquisition, window: undefined } }).toEqual({
    ...whole,
    acquisition: { ...whole.acquisition, window: undefined },
  });
  await page.click("[data-test=centre]");
  await placed(36, 36);
  await page.getByRole("button", { name: "Quick sample" }).click();
  await page.waitForFunction(() => minisimStudio.plan!.window.redrawn && minisimStudio.ready);
  await page.context().close();
});

test("a pinned spec and a changed one stand side by side, with their counts and what was changed", async () => {
  const page = await chromium.visit();
  await small(page, 10);
  await page.selectOption("[data-test=size]", "128");
  await page.waitForFunction(() => minisimStudio.plan!.width === 128);
  await recordingCounted(page);
  const before = await page.evaluate(() => minisimStudio.counts.recording!.census.detectableCount);
  await page.click("[data-test=pin]");
  await edit(page, ["acquisition", "optics", "na"], 0.2);
  await recordingCounted(page);
  const after = await page.evaluate(() => minisimStudio.counts.recording!.census.detectableCount);
  expect(after).toBeLessThan(before);
  expect(await page.textContent("[data-test=difference-recording]")).toBe(`${after - before}`);
  expect(await page.locator("[data-test=changes] li").allTextContents()).toEqual([
    "acquisition.optics.na 0.3 → 0.2",
  ]);
  await page.click("[data-test=swap]");
  await page.waitForFunction(() => minisimStudio.value(["acquisition", "optics", "na"]) === 0.3);
  await expect
    .poll(() => page.textContent("[data-test=difference-recording]"), { timeout: 30_000 })
    .toBe(`+${before - after}`);
  await page.context().close();
});

test("the picture, the traces and the cells are taken home", async () => {
  const page = await chromium.visit();
  await settled(page);
  await page.selectOption("[data-test=cells]", { index: 1 });
  await page.waitForSelector("[data-test=traces] path.calcium");
  const saved = async (button: string) => {
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.click(`[data-test=${button}]`),
    ]);
    return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
  };
  const picture = await saved("save-picture");
  expect(picture.name).toMatch(/^minisim-[0-9a-f]+-sensor\.png$/);
  expect(picture.bytes.subarray(1, 4).toString()).toBe("PNG");
  const drawing = await saved("save-picture-svg");
  expect(drawing.name).toMatch(/^minisim-[0-9a-f]+-sensor\.svg$/);
  const seen = await page.evaluate((text) => {
    const svg = new DOMParser().parseFromString(text, "image/svg+xml");
    return {
      problem: svg.querySelector("parsererror")?.textContent ?? "",
      outlines: svg.querySelectorAll("#outlines path").length,
      caption: svg.querySelector("#caption")?.textContent ?? "",
      image: svg.querySelector("image")?.getAttribute("href")?.slice(0, 22),
    };
  }, drawing.bytes.toString());
  expect(seen.problem).toBe("");
  expect(seen.image).toBe("data:image/png;base64,");
  expect(seen.caption).toMatch(/^.*sensor.*, [\d.]+ s, \d+ × \d+ µm, spec [0-9a-f]+$/);
  expect(seen.outlines).toBeGreaterThan(0);
  const traces = (await saved("save-traces")).bytes.toString().trim().split("\n");
  expect(traces[0]).toMatch(/^time_s,calcium_\d+,roi_\d+$/);
  expect(traces).toHaveLength(1 + 200);
  expect(traces[2]).toMatch(/^0\.05,[\d.e-]+,[\d.]+$/);
  const cells = (await saved("save-cells")).bytes.toString().trim().split("\n");
  const { inView, detectableCount } = await page.evaluate(() => minisimStudio.judged!);
  expect(cells).toHaveLength(1 + inView);
  expect(cells.filter((row) => row.endsWith(",1"))).toHaveLength(detectableCount);
  await page.context().close();
});
