// Movies, recordings and results of others: read in the tab, measured, held against the truth, and drawn. And what our own pipelines find.
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { exportRecording } from "@minisim/interop";
import { downloadZip } from "client-zip";
import { type Recording, type Spec, simulate } from "minisim";
import { saveRecording } from "minisim/node";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Chromium, edit, settled, startChromium, visitSmall } from "./chromium.ts";
import { mjpegAvi } from "./mjpeg-avi.ts";

let chromium: Chromium;
let scratch = "";
beforeAll(async () => {
  chromium = await startChromium();
  scratch = mkdtempSync(join(tmpdir(), "minisim-examine-"));
});
afterAll(async () => {
  await chromium?.close();
  rmSync(scratch, { recursive: true, force: true });
});
afterEach(() => {
  expect(chromium.complaints.splice(0)).toEqual([]);
});

const idle = (page: Page) =>
  page.waitForFunction(() => !document.querySelector("[data-test=working]"));

/** The recording of the preview, as a pipeline of somebody's would have got it. */
async function ofPreview(page: Page): Promise<Recording> {
  const spec = await page.evaluate(() => minisimStudio.plan!.window.spec);
  return simulate(spec as Spec);
}

const found = (page: Page, name: string) =>
  page.locator(`[data-test="found-${name}"] td`).allTextContents();

test("results of CaImAn, suite2p, minian and of arrays are read in the tab and held against the preview", async () => {
  const page = await visitSmall(chromium);
  const recording = await ofPreview(page);
  const detectable = recording.ground_truth.n_detectable;
  for (const [format, name, input] of [
    ["caiman", "results.hdf5", "result-file"],
    ["npz", "truth.npz", "result-file"],
    ["suite2p", "suite2p", "result-folder"],
    ["minian", "minian", "result-folder"],
  ] as const) {
    const path = join(scratch, name);
    await exportRecording(recording, format, path);
    await page.locator(`[data-test=${input}]`).setInputFiles(path);
    // The truth as a result: whatever is to be found is found.
    await page.waitForSelector(`[data-test="found-${name}"]`);
    const [cells, precision] = await found(page, name);
    expect(cells, format).toBe(`${detectable} of ${detectable}`);
    expect(Number(precision), format).toBe(1);
  }
  expect(await page.textContent("[data-test=classes]")).toContain("found");
  expect(await page.locator("[data-test=trouble]").count()).toBe(0);
  // Of an older spec they say so, and are drawn no longer.
  await edit(page, ["seed"], 9);
  await page.getByText("Of before the last change: run it again.").waitFor();
  await page.context().close();
});

test("what is no result says so in a sentence, and nothing else changes", async () => {
  const page = await visitSmall(chromium);
  const broken = join(scratch, "broken.npz");
  writeFileSync(broken, Buffer.from("PK\x03\x04 and then nothing"));
  const trouble = page.locator("[data-test=trouble]");
  await page.locator("[data-test=result-file]").setInputFiles(broken);
  await trouble.waitFor();
  expect(await trouble.textContent()).toMatch(/^broken\.npz /);
  const text = join(scratch, "notes.txt");
  writeFileSync(text, "cells were seen");
  await page.locator("[data-test=result-file]").setInputFiles(text);
  await expect.poll(() => trouble.textContent()).toMatch(/^notes\.txt is in none of the formats/);
  await page.locator("[data-test=movie-file]").setInputFiles(text);
  await expect.poll(() => trouble.textContent()).toMatch(/^notes\.txt is no movie that is read/);
  // A video that ffmpeg would decode.
  const avi = join(scratch, "packed.mkv");
  writeFileSync(avi, Buffer.from("\x1aE\xdf\xa3 and more", "latin1"));
  await page.locator("[data-test=movie-file]").setInputFiles(avi);
  await expect.poll(() => trouble.textContent()).toContain("convert it by ffmpeg");
  expect(await page.locator("[data-test=opened]").count()).toBe(0);
  await page.context().close();
});

test("a TIFF stands beside the simulation, and both are measured; what the file does not tell is asked for", async () => {
  const page = await visitSmall(chromium);
  const recording = await ofPreview(page);
  const path = join(scratch, "real.npy");
  await exportRecording(recording, "npy", path);
  await page.locator("[data-test=movie-file]").setInputFiles(path);
  const [frames, height, width] = recording.observed.shape;
  await page.waitForSelector("[data-test=opened]");
  expect(await page.textContent("[data-test=opened]")).toBe(
    `real.npy: ${frames} frames of ${height} × ${width} px`,
  );
  expect(await page.textContent(".tag.left")).toBe("real.npy");
  expect(await page.isDisabled("[data-test=measure]")).toBe(true);
  await page.fill("[data-test=scale-fps]", "20");
  await page.fill("[data-test=scale-pixelSizeUm]", "1.66");
  await page.click("[data-test=measure]");
  await page.waitForSelector("[data-test=measures]");
  await idle(page);
  const rows = await page.evaluate(() =>
    [...document.querySelectorAll("[data-test=measures] tbody tr")].map((row) =>
      [...row.querySelectorAll("td")].map((cell) => cell.textContent),
    ),
  );
  expect(rows.length).toBeGreaterThan(8);
  // It is the same movie, but for the third digit of its pixel's size.
  const number = (text: string | null | undefined) => Number.parseFloat(text ?? "");
  for (const [ours, opened] of rows) {
    if (number(ours) > 0) expect(number(opened) / number(ours)).toBeCloseTo(1, 1);
  }

  const tiff = join(scratch, "real.ome.tif");
  await exportRecording(recording, "tiff", tiff);
  await page.locator("[data-test=movie-file]").setInputFiles(tiff);
  await expect.poll(() => page.textContent("[data-test=opened]")).toContain("µm a pixel");
  await page.waitForFunction(
    () => document.querySelector(".tag.left")?.textContent === "real.ome.tif",
  );
  // The same frame at the same time: the halves are one picture.
  await page.selectOption("[data-test=outlines]", "off");
  await page.waitForTimeout(800);
  const box = (await page.locator("[data-test=movie]").boundingBox())!;
  const half = (left: number) =>
    page.screenshot({
      clip: { x: box.x + left, y: box.y + box.height / 2 - 80, width: 200, height: 100 },
    });
  const offset = Math.round(box.width / 2) + 1;
  const [left, right] = [await half(60), await half(60 + offset)];
  expect(Math.abs(left.length - right.length) / left.length).toBeLessThan(0.2);
  await page.click("[data-test=close-second]");
  expect(await page.locator("[data-test=opened]").count()).toBe(0);
  await page.context().close();
});

test("a recording of ours is opened as a folder, and results are held against its truth", async () => {
  const page = await visitSmall(chromium);
  const recording = await ofPreview(page);
  const path = join(scratch, "kept.zarr");
  await saveRecording(recording, path);
  await page.locator("[data-test=movie-folder]").setInputFiles(path);
  await page.waitForSelector("[data-test=opened]");
  expect(await page.textContent("[data-test=found] h2")).toContain("in kept.zarr");
  const results = join(scratch, "kept.hdf5");
  await exportRecording(recording, "caiman", results);
  await page.locator("[data-test=result-file]").setInputFiles(results);
  await page.waitForSelector(`[data-test="found-${basename(results)}"]`);
  const detectable = recording.ground_truth.n_detectable;
  expect((await found(page, basename(results)))[0]).toBe(`${detectable} of ${detectable}`);
  // The same as a zip.
  const names = readdirSync(path, { recursive: true, encoding: "utf8" });
  const files = names.filter((name) => statSync(join(path, name)).isFile());
  const zip = downloadZip(
    files.map((name) => ({ name: `packed.zarr/${name}`, input: readFileSync(join(path, name)) })),
  );
  const packed = join(scratch, "packed.zip");
  writeFileSync(packed, Buffer.from(await zip.arrayBuffer()));
  await page.locator("[data-test=movie-file]").setInputFiles(packed);
  await page.getByText("in packed.zarr").waitFor();
  expect(await page.textContent("[data-test=opened]")).toContain(
    `${recording.shape[0]} frames of 128 × 128 px`,
  );
  await page.context().close();
});

test("a drop is a movie, a recording or results, by its content", async () => {
  const page = await visitSmall(chromium);
  const recording = await ofPreview(page);
  const path = join(scratch, "dropped.npz");
  await exportRecording(recording, "npz", path);
  const { readFileSync } = await import("node:fs");
  const drop = (name: string, bytes: Buffer) =>
    page.evaluate(
      ([of, text]) => {
        const transfer = new DataTransfer();
        const data = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
        transfer.items.add(new File([data], of));
        document.body.dispatchEvent(
          new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }),
        );
      },
      [name, bytes.toString("base64")] as const,
    );
  await drop("dropped.npz", readFileSync(path));
  await page.waitForSelector('[data-test="found-dropped.npz"]');
  const movie = join(scratch, "movie.npy");
  await exportRecording(recording, "npy", movie);
  await drop("movie.npy", readFileSync(movie));
  await page.waitForSelector("[data-test=opened]");
  await page.context().close();
});

test("a folder that is dropped is a recording, with all that is in it, or results", async () => {
  const page = await visitSmall(chromium);
  const recording = await ofPreview(page);
  const protocol = await page.context().newCDPSession(page);
  // As the system hands a drop to the browser: paths, of which the page sees entries.
  const drop = async (path: string) => {
    const data = { items: [], files: [path], dragOperationsMask: 1 };
    for (const type of ["dragEnter", "dragOver", "drop"] as const) {
      await protocol.send("Input.dispatchDragEvent", { type, x: 600, y: 400, data });
    }
  };
  const path = join(scratch, "dropped.zarr");
  await saveRecording(recording, path);
  await drop(path);
  await page.getByText("in dropped.zarr").waitFor();
  const results = join(scratch, "dropped-suite2p");
  await exportRecording(recording, "suite2p", results);
  await drop(results);
  await page.waitForSelector('[data-test="found-dropped-suite2p"]');
  const { n_detectable } = recording.ground_truth;
  expect((await found(page, "dropped-suite2p"))[0]).toBe(`${n_detectable} of ${n_detectable}`);
  // More files than browsers tell of a folder at a time, which is a hundred: a session of a Miniscope, below the folder of its day.
  const session = join(scratch, "today", "Miniscope");
  mkdirSync(session, { recursive: true });
  const avi = await mjpegAvi(page, "MJPG", 2);
  for (let i = 0; i < 120; i++) writeFileSync(join(session, `${i}.avi`), avi);
  await drop(join(scratch, "today"));
  await expect
    .poll(() => page.textContent("[data-test=opened]"))
    .toMatch(/^today: 240 frames of 96 × 128 px/);
  expect(await page.locator("[data-test=trouble]").count()).toBe(0);
  await page.context().close();
});

test("the naive pipeline and the ceiling run on the preview, with progress, and can be stopped", async () => {
  const page = await visitSmall(chromium);
  await page.click("[data-test=run-oracle]");
  await page.waitForSelector("[data-test=working]");
  await page.click("[data-test=stop-examine]");
  await idle(page);
  expect(await page.locator("[data-test=judgements]").count()).toBe(0);
  await page.click("[data-test=run-roi]");
  await page.waitForSelector("[data-test=found-roi]");
  const floor = await found(page, "roi");
  const { n_detectable } = (await ofPreview(page)).ground_truth;
  expect(floor[0]).toMatch(new RegExp(`^\\d+ of ${n_detectable}$`));
  expect(Number.parseInt(floor[0]!, 10)).toBeLessThan(n_detectable);
  const predicted = await page.locator("[data-test=predicted] td").allTextContents();
  expect(predicted[0]).toBe(`${n_detectable} of ${n_detectable}`);
  expect(Number(predicted[2])).toBeGreaterThan(0.5);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.click("[data-test=save-preview]"),
  ]);
  expect(download.suggestedFilename()).toMatch(/-preview\.ome\.tif$/);
  await page.context().close();
});

test("the ceiling is solved to its end", async () => {
  const page = await chromium.visit("#v=1&window=40&motion=0");
  page.setDefaultTimeout(120_000);
  await settled(page);
  await edit(page, ["acquisition", "duration_s"], 2);
  await settled(page);
  await page.click("[data-test=run-oracle]");
  await page.waitForSelector("[data-test=found-oracle]");
  const { n_detectable } = (await ofPreview(page)).ground_truth;
  const [cells] = await found(page, "oracle");
  expect(cells).toBe(`${n_detectable} of ${n_detectable}`);
  await page.context().close();
});
