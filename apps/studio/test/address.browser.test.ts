// The address tells what the page shows: links carry everything, say what could not be taken, and the browser's history undoes.
import { deflateRawSync } from "node:zlib";
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

const ready = (page: Page) => page.waitForFunction(() => globalThis.minisimStudio?.ready);
const pack = (spec: unknown) => deflateRawSync(JSON.stringify(spec)).toString("base64url");
const na = (page: Page) =>
  page.evaluate(() => minisimStudio.value(["acquisition", "optics", "na"]));
const naIs = (page: Page, value: number) =>
  page.waitForFunction(
    (wanted) => minisimStudio.value(["acquisition", "optics", "na"]) === wanted,
    value,
  );
const fieldOf = (page: Page, name: string) =>
  page.evaluate((of) => new URLSearchParams(location.hash.slice(1)).get(of), name);

test("a link carries the page, the window, the stage, the wipe, overlays and cells, and the spec", async () => {
  const page = await chromium.visit();
  await ready(page);
  await page.selectOption("[data-test=size]", "128");
  await edit(page, ["seed"], 5);
  await page.click("[data-stage=neuropil]");
  await page.keyboard.press("w");
  await page.selectOption("[data-test=outlines]", "depth");
  await page.getByRole("checkbox", { name: "vessels" }).check();
  await page.getByRole("button", { name: "Pause" }).click();
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.click("[data-test=share]");
  await page.getByRole("button", { name: "Link copied" }).waitFor();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const other = await chromium.visit(new URL(link).hash);
  await ready(other);
  const shown = (of: Page) =>
    of.evaluate(() => ({ ...minisimStudio.look, key: minisimStudio.cacheKey }));
  expect(await shown(other)).toEqual(await shown(page));
  expect(await shown(other)).toMatchObject({
    stage: "neuropil",
    wiping: true,
    outlines: "depth",
    vessels: true,
    side: 128,
  });
  expect(link.length).toBeLessThan(3000);
  await page.context().close();
  await other.context().close();
});

test("a link to a screen of a lesson opens it, and so does a reload; what was built is still there", async () => {
  const page = await chromium.visit();
  await ready(page);
  await edit(page, ["seed"], 42);
  await page.getByRole("button", { name: "Learn", exact: true }).click();
  await page.getByRole("button", { name: "2 Why an ROI is not a cell" }).click();
  await page.click("[data-test=next]");
  await page.getByRole("heading", { name: "Neuropil joins in" }).waitFor();
  await expect.poll(() => fieldOf(page, "lesson")).toBe("2.2");
  const link = new URL(page.url()).hash;
  expect(link.length).toBeLessThan(120);
  await page.reload();
  await page.getByRole("heading", { name: "Neuropil joins in" }).waitFor();
  await ready(page);
  await page.getByRole("button", { name: "Build", exact: true }).click();
  await page.waitForFunction(() => minisimStudio.value(["seed"]) === 42);
  const other = await chromium.visit(link);
  await other.getByRole("heading", { name: "Neuropil joins in" }).waitFor();
  await ready(other);
  await other.getByRole("button", { name: "Build", exact: true }).click();
  await ready(other);
  await page.context().close();
  await other.context().close();
});

test("a damaged link says so, keeps what can be read, and stays in the address", async () => {
  const page = await chromium.visit();
  await ready(page);
  await expect.poll(() => fieldOf(page, "s")).not.toBeNull();
  await expect.poll(() => fieldOf(page, "stage")).toBe("sensor");
  const whole = new URL(page.url()).hash;
  await page.context().close();

  const cut = whole.replace("stage=sensor", "outlines=snr&stage=nowhere").slice(0, 700);
  const other = await chromium.visit(cut);
  await ready(other);
  const notice = other.locator("[data-test=notice]");
  expect(await notice.textContent()).toContain("The link was cut off on its way");
  expect(await notice.textContent()).toContain("The link says stage=nowhere");
  expect(await other.evaluate(() => minisimStudio.look.outlines)).toBe("snr");
  await other.waitForTimeout(700);
  expect(new URL(other.url()).hash).toBe(cut);
  await edit(other, ["seed"], 6);
  await expect.poll(() => fieldOf(other, "stage")).toBe("sensor");
  await notice.getByRole("button", { name: "Dismiss" }).click();
  expect(await notice.count()).toBe(0);
  await other.context().close();

  const garbage = await chromium.visit("#s=garbage");
  await ready(garbage);
  expect(await garbage.textContent("[data-test=notice]")).toContain("it cannot be read");
  await garbage.context().close();
});

test("a link whose spec is wrong says what and where, and goes on without it", async () => {
  const page = await chromium.visit();
  await ready(page);
  const spec = (await page.evaluate(() => minisimStudio.spec)) as unknown as {
    acquisition: { optics: object; tissue: object };
    steps: object[];
  };
  await page.context().close();
  const { acquisition } = spec;
  const wrong = {
    ...spec,
    seed: 77,
    acquisition: {
      ...acquisition,
      optics: { ...acquisition.optics, foo: 1 },
      tissue: { ...acquisition.tissue, scatter_mfp_emission_um: -1 },
    },
    steps: [...spec.steps, { kind: "of_a_plugin" }],
  };
  const other = await chromium.visit(`#s=${pack(wrong)}`);
  const errors = other.locator("[data-test=spec-errors]");
  await errors.waitFor();
  const said = await errors.textContent();
  for (const place of ["acquisition.optics.foo", "scatter_mfp_emission_um", "of_a_plugin"]) {
    expect(said).toContain(place);
  }
  expect(await other.getByText("Starting the simulator").count()).toBe(0);
  await other.click("[data-test=repair]");
  await ready(other);
  expect(await other.evaluate(() => minisimStudio.value(["seed"]))).toBe(77);
  expect(await errors.count()).toBe(0);
  await other.context().close();
});

test("?embed=1 shows the picture, the knobs that are asked for, one read-out and the way to the rest", async () => {
  const page = await chromium.visit(
    "?embed=1&knobs=optics.na,foo.bar&readout=counts#v=1&stage=cells_only",
    { viewport: { width: 640, height: 400 } },
  );
  await settled(page);
  expect(await page.locator(".bar, .parameters, .inspector").count()).toBe(0);
  expect(await page.locator(".field").count()).toBe(1);
  await page.getByText("There is no foo.bar here.").waitFor();
  const counts = page.locator("[data-test=count-line]");
  const { detectableCount, inView } = await page.evaluate(() => minisimStudio.judged!);
  expect(await counts.textContent()).toContain(`${detectableCount} of ${inView} cells detectable`);
  await page.getByRole("textbox", { name: "NA" }).fill("0.2");
  await naIs(page, 0.2);
  await expect.poll(() => page.evaluate(() => location.hash)).toContain("stage=cells_only");
  await page.waitForTimeout(500);
  const [whole] = await Promise.all([
    page.context().waitForEvent("page"),
    page.click("[data-test=all]"),
  ]);
  await ready(whole);
  await naIs(whole, 0.2);
  expect(await whole.locator(".parameters").count()).toBe(1);
  await page.context().close();
});

test("undo and redo: edits, a preset, a page; reset survives a reload", async () => {
  const page = await chromium.visit();
  await ready(page);
  const stored = () => page.waitForTimeout(500);
  await stored();
  expect(await page.isDisabled("[aria-label=Undo]")).toBe(true);
  await edit(page, ["acquisition", "optics", "na"], 0.2);
  await stored();
  await edit(page, ["acquisition", "optics", "na"], 0.4);
  await stored();
  await page.selectOption(".preset select", "grin_like/ca1");
  await naIs(page, 0.5);
  await stored();
  // A preset that was chosen by mistake.
  await page.keyboard.press("Control+z");
  await naIs(page, 0.4);
  await page.goBack();
  await naIs(page, 0.2);
  await page.click("[aria-label=Redo]");
  await naIs(page, 0.4);
  await page.click("[aria-label=Undo]");
  await naIs(page, 0.2);
  await page.click("[aria-label=Undo]");
  await naIs(page, 0.3);
  await page.keyboard.press("Control+Shift+z");
  await naIs(page, 0.2);

  await page.reload();
  await ready(page);
  expect(await na(page)).toBe(0.2);
  expect(await page.inputValue(".preset select")).toBe("miniscope_v4/ca1");
  await page.getByRole("button", { name: "Reset all" }).click();
  await naIs(page, 0.3);
  expect(await page.isDisabled(".bar button:has-text('Reset all')")).toBe(true);
  await page.context().close();
});

test("where the clipboard refuses, the link is there to be copied by hand", async () => {
  const page = await chromium.visit();
  await ready(page);
  await page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new DOMException("no", "NotAllowedError"));
  });
  await page.click("[data-test=share]");
  const field = page.getByLabel("To be copied by hand");
  expect(await field.inputValue()).toBe(page.url());
  expect(await page.getByText("Link copied").count()).toBe(0);
  await page.context().close();
});

test("a spec is opened from a file, or dropped on the page; one that is wrong says where", async () => {
  const page = await chromium.visit();
  await ready(page);
  const open = (name: string, text: string) =>
    page.setInputFiles("[data-test=open]", {
      name,
      mimeType: "text/plain",
      buffer: Buffer.from(text),
    });
  const optics = "optics: { na: 0.25, magnification: 3 }";
  const sensor = "image_sensor: { n_px_height: 100, n_px_width: 100 }";
  const steps = "steps:\n  - kind: place_neurons\n  - kind: cell_activity\n  - kind: composite\n";
  await open(
    "mine.yaml",
    `acquisition: { ${optics}, ${sensor}, duration_s: 5 }\nseed: 3\n${steps}`,
  );
  await naIs(page, 0.25);
  await page.waitForFunction(() => minisimStudio.plan?.height === 100 && minisimStudio.ready);
  // Back to what there was.
  await page.waitForTimeout(500);
  await page.click("[aria-label=Undo]");
  await naIs(page, 0.3);

  await open("broken.yaml", "acquisition:\n  optics: { na: wide }\n  spots: 3\n");
  const notice = page.locator("[data-test=notice]");
  await notice.waitFor();
  expect(await notice.textContent()).toContain("broken.yaml:3:");
  await page.evaluate(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(["seed: [1"], "torn.yaml"));
    document.body.dispatchEvent(
      new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }),
    );
  });
  await expect.poll(() => notice.textContent()).toContain("torn.yaml");
  expect(await na(page)).toBe(0.3);
  await page.context().close();
});
