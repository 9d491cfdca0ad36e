// AVI of motion JPEG, as the software of Miniscopes writes them, is decoded in the tab: in Chromium and in Firefox.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Chromium, startChromium, visitSmall } from "./chromium.ts";
import { visitInFirefox } from "./firefox.ts";
import { FPS, greyOf, MJPEG_AVI, mjpegAvi, SIDE } from "./mjpeg-avi.ts";
import { buildSite } from "./site.ts";

const FRAMES = 60;
let chromium: Chromium;
let scratch = "";
beforeAll(async () => {
  chromium = await startChromium();
  scratch = mkdtempSync(join(tmpdir(), "minisim-mjpeg-"));
});
afterAll(async () => {
  await chromium?.close();
  rmSync(scratch, { recursive: true, force: true });
});
afterEach(() => {
  expect(chromium.complaints.splice(0)).toEqual([]);
});

/** The same greys, as they were. */
function npy(): Buffer {
  const { height, width } = SIDE;
  const head = `{'descr': '|u1', 'fortran_order': False, 'shape': (${FRAMES}, ${height}, ${width}), }`;
  const padded = `${head.padEnd(117)}\n`;
  const greys = Buffer.alloc(FRAMES * height * width);
  for (let i = 0; i < greys.length; i++) {
    const [frame, pixel] = [Math.floor(i / (height * width)), i % (height * width)];
    greys[i] = greyOf(frame, Math.floor(pixel / width), pixel % width);
  }
  const lead = Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, padded.length, 0]);
  return Buffer.concat([lead, Buffer.from(padded), greys]);
}

/** What is drawn, grey by grey. */
const drawn = (page: Page) =>
  page.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>("[data-test=movie]")!;
    const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width / 2, canvas.height);
    return Array.from({ length: data.length / 4 }, (_, i) => data[4 * i]!);
  });

async function openFile(page: Page, name: string, bytes: Buffer): Promise<void> {
  const path = join(scratch, name);
  writeFileSync(path, bytes);
  await page.locator("[data-test=movie-file]").setInputFiles(path);
  await page.waitForFunction(
    (title) => document.querySelector(".tag.left")?.textContent === title,
    name,
  );
  // Until its frame is there and drawn.
  await page.waitForTimeout(1000);
}

test("its frames are the greys that were written, but for what JPEG loses, and its measures say so", async () => {
  const page = await visitSmall(chromium, "&outlines=off");
  await openFile(page, "greys.npy", npy());
  const before = await drawn(page);
  await openFile(page, "0.avi", await mjpegAvi(page, "MJPG", FRAMES));
  expect(await page.textContent("[data-test=opened]")).toBe(
    `0.avi: ${FRAMES} frames of ${SIDE.height} × ${SIDE.width} px, ${FPS} frames/s`,
  );
  const after = await drawn(page);
  const errors = after.map((grey, i) => Math.abs(grey - before[i]!));
  expect(new Set(before).size).toBeGreaterThan(50);
  // Measured: 0.06 of 256, in Firefox 0.05. The frame beside it would be some 0.5 away.
  expect(errors.reduce((sum, error) => sum + error, 0) / errors.length).toBeLessThan(0.3);
  expect(await page.locator("[data-test=lossy]").count()).toBe(0);
  await page.fill("[data-test=scale-pixelSizeUm]", "1.66");
  await page.click("[data-test=measure]");
  await page.waitForSelector("[data-test=lossy]");
  expect(await page.textContent("[data-test=lossy]")).toContain("0.avi is compressed with losses");
  // All of the table is to be seen.
  const beyond = await page.locator("[data-test=measures]").evaluate((table) => {
    return table.getBoundingClientRect().right - table.parentElement!.getBoundingClientRect().right;
  });
  expect(beyond).toBeLessThanOrEqual(0);
  expect(await page.locator("[data-test=trouble]").count()).toBe(0);
  await page.context().close();
});

test("a frame that is cut, and a codec that browsers have not, are one sentence", async () => {
  const page = await visitSmall(chromium, "&outlines=off");
  const trouble = page.locator("[data-test=trouble]");
  const ffv1 = join(scratch, "ffv1.avi");
  writeFileSync(ffv1, await mjpegAvi(page, "FFV1", FRAMES));
  await page.locator("[data-test=movie-file]").setInputFiles(ffv1);
  await expect
    .poll(() => trouble.textContent())
    .toBe(
      "ffv1.avi is a video compressed by FFV1, and a tab reads AVI of uncompressed greys and of MJPEG: convert it by ffmpeg -i ffv1.avi -c:v rawvideo -pix_fmt gray grey.avi, or save it as a TIFF.",
    );
  const broken = await mjpegAvi(page, "MJPG", FRAMES);
  // The marker with which the first JPEG begins.
  broken.writeUInt16BE(0, broken.indexOf(Buffer.from([0xff, 0xd8, 0xff])));
  const path = join(scratch, "broken.avi");
  writeFileSync(path, broken);
  await page.locator("[data-test=movie-file]").setInputFiles(path);
  await page.fill("[data-test=scale-pixelSizeUm]", "1.66");
  await page.click("[data-test=measure]");
  await expect
    .poll(() => trouble.textContent())
    .toBe("broken.avi: frame 0 is no JPEG that this browser decodes.");
  await page.context().close();
});

interface Answer {
  readonly opened: string;
  readonly mean: number;
  readonly levels: number;
}

test("in Firefox too", async () => {
  const built = await buildSite();
  const script = `${MJPEG_AVI}
    const find = (name) => page.document.querySelector("[data-test=" + name + "]");
    await until("the panel", () => find("movie-file"));
    const greys = Uint8Array.from(atob("${npy().toString("base64")}"), (letter) => letter.charCodeAt(0));
    const open = async (name, bytes) => {
      const transfer = new page.DataTransfer();
      transfer.items.add(new page.File([bytes], name));
      find("movie-file").files = transfer.files;
      find("movie-file").dispatchEvent(new page.Event("change", { bubbles: true }));
      await until(name, () => page.document.querySelector(".tag.left")?.textContent === name);
      await new Promise((r) => setTimeout(r, 2000));
      const canvas = find("movie");
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width / 2, canvas.height);
      return data.filter((_, i) => i % 4 === 0);
    };
    [...page.document.querySelectorAll("button")].find((b) => b.textContent === "Pause" || b.getAttribute("aria-label") === "Pause")?.click();
    const before = await open("greys.npy", greys);
    const after = await open("0.avi", await mjpegAvi("MJPG", ${FRAMES}));
    let sum = 0;
    for (let i = 0; i < after.length; i++) sum += Math.abs(after[i] - before[i]);
    return { opened: find("opened").textContent, mean: sum / after.length, levels: new Set(before).size };
  `;
  try {
    await visitInFirefox<Answer>({ built, isolated: true, script }, async (answer) => {
      expect(answer.failure).toBeUndefined();
      expect(answer.problems).toEqual([]);
      expect(answer.opened).toBe(
        `0.avi: ${FRAMES} frames of ${SIDE.height} × ${SIDE.width} px, ${FPS} frames/s`,
      );
      expect(answer.levels).toBeGreaterThan(50);
      expect(answer.mean).toBeLessThan(0.3);
    });
  } finally {
    rmSync(built, { recursive: true, force: true });
  }
});
