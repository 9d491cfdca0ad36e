// Whole recordings from the page in Chromium: every format has Node's bytes, a video shows every frame, cancelling leaves
// nothing, and what the browser keeps can be emptied.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exportRecording } from "@minisim/interop";
import { compile, liveRecording, Spec } from "minisim";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Chromium, edit, startChromium } from "./chromium.ts";

let chromium: Chromium;
let scratch = "";

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), "minisim-generate-"));
  chromium = await startChromium();
});
afterAll(async () => {
  await chromium?.close();
  rmSync(scratch, { recursive: true, force: true });
});
afterEach(() => {
  expect(chromium.complaints.splice(0)).toEqual([]);
});

/** The Generate view with a small recording of so many seconds, of an odd number of rows. */
async function openGenerate(seconds: number, prepare?: () => void): Promise<Page> {
  const page = await chromium.open(prepare);
  const sensor = await page.evaluate(
    () => minisimStudio.value(["acquisition", "image_sensor"]) as object,
  );
  const small = { ...sensor, n_px_height: 161, n_px_width: 160 };
  await edit(page, ["acquisition", "image_sensor"], small);
  await edit(page, ["acquisition", "duration_s"], seconds);
  await page.getByRole("button", { name: "Generate", exact: true }).click();
  await page.waitForSelector("[name=format][value=nwb]");
  return page;
}

const choose = (page: Page, format: string) => page.check(`[name=format][value=${format}]`);

async function generate(page: Page, format: string): Promise<void> {
  await choose(page, format);
  await page.click("[data-test=generate]");
  const outcome = page.locator("[data-test=done], [role=alert]");
  await outcome.first().waitFor();
  expect(await page.locator("[role=alert]").allTextContents()).toEqual([]);
}

async function underWay(page: Page, format: string): Promise<void> {
  await choose(page, format);
  await page.click("[data-test=generate]");
  await page.waitForFunction(() =>
    /[1-9]\d* of \d+ frames/.test(
      document.querySelector("[data-test=progress]")?.textContent ?? "",
    ),
  );
}

async function cancel(page: Page): Promise<void> {
  await page.click("[data-test=cancel]");
  await page.waitForSelector("[data-test=progress]", { state: "detached" });
}

async function byNode(page: Page, format: string): Promise<Buffer> {
  const spec = await page.evaluate(() => minisimStudio.spec);
  const plan = compile(Spec.parse(spec));
  const path = join(scratch, `by-node-${format}`);
  await exportRecording(liveRecording(plan), format, path, {
    force: true,
  });
  return readFileSync(path);
}

/** Names in a folder of the browser's own file system. */
const namesIn = (page: Page, folder: string) =>
  page.evaluate(async (name) => {
    const root = await navigator.storage.getDirectory();
    const names: string[] = [];
    for await (const key of (await root.getDirectoryHandle(name)).keys()) names.push(key);
    // Of files under way, where Chromium keeps what is not committed.
    return names.filter((key) => !key.endsWith(".crswap"));
  }, folder);

/** Stands for the picker, which no test can click: a file of another folder. */
function pickWithoutAsking(): void {
  Object.assign(globalThis, {
    async showSaveFilePicker({ suggestedName }: { suggestedName: string }) {
      const root = await navigator.storage.getDirectory();
      const picked = await root.getDirectoryHandle("picked", { create: true });
      return picked.getFileHandle(suggestedName, { create: true });
    },
  });
}

test("every format from the page has the bytes that Node gives it", async () => {
  const page = await openGenerate(1.5);
  const formats = await page
    .locator("[name=format]")
    .evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value));
  expect(formats).toEqual(
    expect.arrayContaining(["store", "tiff", "avi", "nwb", "hdf5", "npy", "mp4"]),
  );
  for (const format of formats.filter((name) => name !== "store" && name !== "mp4")) {
    await generate(page, format);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.click("[data-test=download]"),
    ]);
    const bytes = readFileSync(await download.path());
    expect(bytes.length, format).toBeGreaterThan(10_000);
    expect(bytes.equals(await byNode(page, format)), format).toBe(true);
  }
  await page.context().close();
});

test.each(["tiff", "avi", "nwb"])("%s straight to the disk", async (format) => {
  const page = await openGenerate(1.5, pickWithoutAsking);
  await choose(page, format);
  await page.check("[name=target][value=disk]");
  await generate(page, format);
  expect(await page.locator("[data-test=download]").count()).toBe(0);
  const [name] = await namesIn(page, "picked");
  const base64 = await page.evaluate(async (picked) => {
    const root = await navigator.storage.getDirectory();
    const handle = await (await root.getDirectoryHandle("picked")).getFileHandle(picked!);
    const bytes = new Uint8Array(await (await handle.getFile()).arrayBuffer());
    let text = "";
    for (let at = 0; at < bytes.length; at += 8192)
      text += String.fromCharCode(...bytes.subarray(at, at + 8192));
    return btoa(text);
  }, name);
  expect(Buffer.from(base64, "base64").equals(await byNode(page, format))).toBe(true);
  expect(await namesIn(page, "minisim")).toEqual([]);
  await page.context().close();
});

test("an MP4 shows every frame", async () => {
  const page = await openGenerate(1.5);
  await generate(page, "mp4");
  const path = createRequire(import.meta.url).resolve("mediabunny");
  await page.addScriptTag({
    content: readFileSync(join(path, "../../../bundles/mediabunny.cjs"), "utf8"),
  });
  const seen = await page.evaluate(async () => {
    const { ALL_FORMATS, BlobSource, Input, VideoSampleSink } = (
      globalThis as unknown as { Mediabunny: typeof import("mediabunny") }
    ).Mediabunny;
    const own = await (await navigator.storage.getDirectory()).getDirectoryHandle("minisim");
    const sizes: string[] = [];
    const times: number[] = [];
    const spreads: number[] = [];
    for await (const handle of own.values()) {
      const file = await (handle as FileSystemFileHandle).getFile();
      const track = await new Input({
        source: new BlobSource(file),
        formats: ALL_FORMATS,
      }).getPrimaryVideoTrack();
      for await (const sample of new VideoSampleSink(track!).samples()) {
        sizes.push(`${sample.displayHeight} × ${sample.displayWidth}`);
        times.push(sample.timestamp);
        const canvas = new OffscreenCanvas(sample.displayWidth, sample.displayHeight);
        const context = canvas.getContext("2d")!;
        sample.draw(context, 0, 0);
        spreads.push(new Set(context.getImageData(0, 100, canvas.width, 1).data).size);
        sample.close();
      }
    }
    return { sizes: [...new Set(sizes)], times, spreads };
  });
  const { fps } = await page.evaluate(() => minisimStudio.plan!);
  expect(seen.times).toHaveLength(1.5 * fps);
  for (const [frame, time] of seen.times.entries()) expect(time).toBeCloseTo(frame / fps, 3);
  const { height, width } = await page.evaluate(() => minisimStudio.plan!.window.recorded);
  expect(seen.sizes).toEqual([`${height & ~1} × ${width & ~1}`]);
  // A row of a picture, not of one grey.
  expect(Math.min(...seen.spreads)).toBeGreaterThan(10);
  await page.context().close();
});

test.each(["tiff", "nwb", "mp4"])("cancel leaves nothing of a %s", async (format) => {
  const page = await openGenerate(1200);
  await underWay(page, format);
  expect(await namesIn(page, "minisim")).toHaveLength(1);
  await cancel(page);
  expect(await namesIn(page, "minisim")).toEqual([]);
  await page.context().close();
});

test.each(["tiff", "nwb"])("cancel leaves nothing of a %s on the disk", async (format) => {
  const page = await openGenerate(1200, pickWithoutAsking);
  await choose(page, format);
  await page.check("[name=target][value=disk]");
  await underWay(page, format);
  await cancel(page);
  expect(await namesIn(page, "picked")).toEqual([]);
  expect(await namesIn(page, "minisim")).toEqual([]);
  await page.context().close();
});

test("a format that cannot hold the recording says why, and cannot be generated", async () => {
  const page = await openGenerate(1.5);
  await edit(page, ["acquisition", "image_sensor", "bit_depth"], 10);
  await choose(page, "avi");
  expect(await page.textContent("[data-test=refusal]")).toBe(
    "The movie holds counts of more than 8 bits, and avi holds 8-bit counts; tiff, npy, hdf5 and nwb hold it as it is.",
  );
  expect(await page.isDisabled("[data-test=generate]")).toBe(true);
  await choose(page, "tiff");
  expect(await page.locator("[data-test=refusal]").count()).toBe(0);
  expect(await page.isEnabled("[data-test=generate]")).toBe(true);
  await page.context().close();
});

test("what the browser keeps is shown, and emptied", async () => {
  const page = await openGenerate(1.5);
  const kept = page.locator("[data-test=kept]");
  await expect.poll(() => kept.textContent()).toMatch(/^Nothing\./);
  expect(await page.isDisabled("[data-test=empty]")).toBe(true);
  await generate(page, "tiff");
  await expect.poll(() => kept.textContent()).toMatch(/^\d+ KB in one recording/);
  await generate(page, "store");
  await expect.poll(() => kept.textContent()).toMatch(/ in 2 recordings/);
  await page.click("[data-test=empty]");
  await expect.poll(() => kept.textContent()).toMatch(/^Nothing\./);
  expect(await namesIn(page, "minisim")).toEqual([]);
  expect(await page.locator("[data-test=done]").count()).toBe(0);
  await page.context().close();
});

test("what the browser keeps can be downloaded after a reload; the same again takes no older one away", async () => {
  const page = await openGenerate(1.5);
  await generate(page, "tiff");
  const bytes = await byNode(page, "tiff");
  await page.reload();
  const row = page.locator(".kept li");
  await row.waitFor();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.click("[data-test=download-kept]"),
  ]);
  expect(readFileSync(await download.path()).equals(bytes)).toBe(true);
  // There may be no room for another one: the first stays until it is emptied.
  await generate(page, "tiff");
  await expect.poll(() => row.count()).toBe(2);
  await generate(page, "store");
  await expect.poll(() => row.count()).toBe(3);
  const [zip] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: /Download minisim-.*zarr/ }).click(),
  ]);
  expect(zip.suggestedFilename()).toMatch(/\.zarr\.zip$/);
  await page.context().close();
});

test("that a recording is being made shows in every view", async () => {
  const page = await openGenerate(1200);
  await underWay(page, "tiff");
  await page.getByRole("button", { name: "Build", exact: true }).click();
  await expect.poll(() => page.textContent("[data-test=making]")).toMatch(/\d %/);
  await page.getByRole("button", { name: /^Generate/ }).click();
  await cancel(page);
  expect(await page.locator("[data-test=making]").count()).toBe(0);
  await page.context().close();
});

test("where the browser has no room for files, a small one is made in memory", async () => {
  const page = await openGenerate(1.5, () => {
    navigator.storage.getDirectory = () => Promise.reject(new DOMException("no", "SecurityError"));
  });
  for (const format of ["avi", "nwb"]) {
    await generate(page, format);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.click("[data-test=download]"),
    ]);
    expect(readFileSync(await download.path()).equals(await byNode(page, format))).toBe(true);
  }
  await page.context().close();
});

test("a disk that is full says so, and what was there before is still there", async () => {
  const page = await openGenerate(1.5);
  await generate(page, "tiff");
  const row = page.locator(".kept li");
  await row.waitFor();
  const cdp = await page.context().newCDPSession(page);
  const { origin } = new URL(page.url());
  const { usage } = await cdp.send("Storage.getUsageAndQuota", { origin });
  await cdp.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: Math.ceil(usage + 2e6) });
  await edit(page, ["acquisition", "duration_s"], 60);
  await page.click("input[name=format][value=tiff]");
  await page.click("[data-test=generate]");
  const failure = page.locator(".generate .failure, .generate .problem, .generate [role=alert]");
  await failure.first().waitFor();
  expect(await failure.first().textContent()).toMatch(/room|space|full|storage|holds/i);
  await cdp.send("Storage.overrideQuotaForOrigin", { origin });
  expect(await row.count()).toBe(1);
  expect(await namesIn(page, "minisim")).toHaveLength(1);
  await page.context().close();
});
