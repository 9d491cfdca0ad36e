// A recording on a server of another origin, opened by its address: with and without the leave to read it, and what a link carries.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exportRecording } from "@minisim/interop";
import { Spec } from "minisim";
import { loadRecording, simulateToStore } from "minisim/node";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { type Chromium, settled, startChromium } from "./chromium.ts";
import { visitInFirefox } from "./firefox.ts";
import { buildSite } from "./site.ts";
import { smallSpec } from "./specs.ts";

let chromium: Chromium;
let folder = "";
let server: Server;
let origin = "";
let isShared = true;
/** Keys that the server has no more. */
let gone: Set<string>;
let asked: string[];

beforeAll(async () => {
  chromium = await startChromium();
  folder = mkdtempSync(join(tmpdir(), "minisim-address-"));
  // Two chunks, of which the first has 1024 frames.
  const spec = smallSpec();
  const long = Spec.parse({ ...spec, acquisition: { ...spec.acquisition, duration_s: 55 } });
  await simulateToStore(long, join(folder, "far.zarr"));
  server = createServer((request, response) => {
    const { pathname } = new URL(request.url!, "http://localhost");
    if (pathname === "/unshare") isShared = false;
    if (isShared) response.setHeader("Access-Control-Allow-Origin", "*");
    asked.push(pathname);
    try {
      if (gone.has(pathname)) throw new Error("gone");
      response.end(readFileSync(join(folder, pathname)));
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  isShared = true;
  gone = new Set();
  asked = [];
});
afterEach(() => {
  // Browsers tell the console what they keep from the page, and what is not there.
  const expected = /blocked by CORS policy|net::ERR_FAILED|status of 404/;
  expect(chromium.complaints.splice(0).filter((text) => !expected.test(text))).toEqual([]);
});
afterAll(async () => {
  await chromium?.close();
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
  rmSync(folder, { recursive: true, force: true });
});

async function studio(more = ""): Promise<Page> {
  const page = await chromium.visit(`#v=1&window=128&frame=20&motion=0${more}`);
  page.setDefaultTimeout(40_000);
  await settled(page);
  await page.locator("[data-test=found]").waitFor();
  return page;
}

async function open(page: Page, address: string): Promise<void> {
  await page.fill("[data-test=address]", address);
  await page.click("[data-test=open-address]");
}

const trouble = (page: Page) => page.locator("[data-test=trouble]");
const linkOf = (page: Page) =>
  page.evaluate(() => new URLSearchParams(location.hash.slice(1)).get("open"));
const chunks = () => asked.filter((path) => path.includes("/observed/c/"));

test("a recording of another origin is opened, only the chunks that are looked at are read, and results are held against its truth", async () => {
  const page = await studio();
  const address = `${origin}/far.zarr`;
  await open(page, address);
  await page.waitForSelector("[data-test=opened]");
  expect(await page.textContent("[data-test=opened]")).toMatch(
    /^far\.zarr: 1100 frames of 128 × 128 px, 20 frames\/s/,
  );
  expect(await page.textContent(".tag.left")).toBe("far.zarr");
  // The picture asks for what it shows, once: frame 20.
  await expect.poll(chunks).toEqual(["/far.zarr/observed/c/0/0/0"]);
  await page.waitForTimeout(500);
  expect(chunks()).toHaveLength(1);
  // An undo closes it, and a redo opens it again.
  await expect.poll(() => linkOf(page)).toBe(address);
  await page.goBack();
  await page.waitForSelector("[data-test=opened]", { state: "detached" });
  await page.goForward();
  await page.waitForSelector("[data-test=opened]");

  const results = join(folder, "results.npz");
  const recording = await loadRecording(join(folder, "far.zarr"));
  await exportRecording(recording, "npz", results);
  await page.locator("[data-test=result-file]").setInputFiles(results);
  await page.waitForSelector('[data-test="found-results.npz"]');
  const detectable = recording.ground_truth.n_detectable;
  expect(await page.textContent('[data-test="found-results.npz"] td')).toBe(
    `${detectable} of ${detectable}`,
  );
  // Of the movie, a score needs nothing.
  expect(new Set(chunks())).toEqual(new Set(["/far.zarr/observed/c/0/0/0"]));

  const link = new URL(page.url()).hash;
  await page.context().close();
  const other = await chromium.visit(link);
  await other.waitForSelector("[data-test=opened]");
  expect(await other.textContent(".tag.left")).toBe("far.zarr");
  expect(await other.inputValue("[data-test=address]")).toBe(address);
  await other.click("[data-test=close-second]");
  await expect.poll(() => linkOf(other)).toBe(null);
  await other.context().close();
});

test("what cannot be opened is one sentence that says what the server has to send", async () => {
  const page = await studio();
  await open(page, "far.zarr");
  await expect
    .poll(() => trouble(page).textContent())
    .toBe("far.zarr is no address of the web: one begins with https://.");
  await open(page, `${origin}/nowhere.zarr`);
  await expect
    .poll(() => trouble(page).textContent())
    .toBe(
      `There is no recording at ${origin}/nowhere.zarr: it has to be the folder of one, whose zarr.json the server sends. A file, such as a zip or a TIFF, is downloaded first and opened from the disk.`,
    );
  isShared = false;
  await open(page, `${origin}/far.zarr`);
  await expect
    .poll(() => trouble(page).textContent())
    .toBe(
      `${origin}/far.zarr could not be read: there is no answer, or the server does not let this page have it. With every file, and where there is none, it has to send the header Access-Control-Allow-Origin: ${chromium.site.url} (or *).`,
    );
  expect(await page.locator("[data-test=opened]").count()).toBe(0);
  expect(await linkOf(page)).toBe(null);
  isShared = true;
  await open(page, `${origin}/far.zarr`);
  await page.waitForSelector("[data-test=opened]");
  expect(await trouble(page).count()).toBe(0);
  await page.context().close();
});

test("a link to what is not there says so once and keeps the picture; so does a chunk that is not there", async () => {
  const nowhere = `${origin}/nowhere.zarr`;
  const page = await studio(`&open=${encodeURIComponent(nowhere)}`);
  await expect.poll(() => trouble(page).textContent()).toContain(`no recording at ${nowhere}`);
  const before = asked.length;
  await page.waitForTimeout(500);
  expect(asked).toHaveLength(before);
  gone.add("/far.zarr/observed/c/0/0/0");
  await open(page, `${origin}/far.zarr`);
  await expect.poll(() => trouble(page).textContent()).toBe("observed/c/0/0/0 is missing.");
  const tries = chunks().length;
  await page.waitForTimeout(1500);
  expect(chunks()).toHaveLength(tries);
  await page.context().close();

  const odd = await studio("&open=ftp://far/away.zarr");
  expect(await odd.textContent("[data-test=notice]")).toBe(
    "The link says open=ftp://far/away.zarr, which means nothing here.Dismiss",
  );
  await odd.context().close();
});

test("in Firefox too", async () => {
  const built = await buildSite();
  const script = `
    const find = (name) => page.document.querySelector("[data-test=" + name + "]");
    const field = await until("the field", () => find("address"));
    const open = (address) => {
      field.value = address;
      find("open-address").click();
    };
    open("${origin}/far.zarr");
    const opened = (await until("the recording", () => find("opened"))).textContent;
    await fetch("${origin}/unshare", { mode: "no-cors" }).catch(() => {});
    open("${origin}/far.zarr");
    const trouble = (await until("the sentence", () => find("trouble"))).textContent;
    return { opened, trouble, origin: page.location.origin };
  `;
  try {
    await visitInFirefox<Record<"opened" | "trouble" | "origin", string>>(
      { built, isolated: true, script },
      async ({ failure, problems, opened, trouble: sentence, origin: ours }) => {
        expect({ failure, problems }).toEqual({ failure: undefined, problems: [] });
        expect(opened).toContain("1100 frames of 128 × 128 px");
        expect(sentence).toContain(`has to send the header Access-Control-Allow-Origin: ${ours}`);
      },
    );
  } finally {
    rmSync(built, { recursive: true, force: true });
  }
});
