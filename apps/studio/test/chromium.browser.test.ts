// The built page in Chromium: everything that a scientist would do with it.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative } from "node:path";
import { deflateRawSync, gzipSync } from "node:zlib";
import { exportRecording, readEvents } from "@minisim/interop";
import { activityEndings } from "@minisim/interop/web";
import { preset, Spec, type SpecInput, simulate, vary } from "minisim";
import { simulateToStore } from "minisim/node";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import "./handle.ts";
import { nodeHash } from "./node-preview.ts";
import { buildSite, type Site, SUB_PATH, serveSite } from "./site.ts";
import { unzip } from "./zip.ts";

let folder = "";
let browser: Browser;
let site: Site;
let plain: Site;
const complaints: string[] = [];

beforeAll(async () => {
  folder = await buildSite();
  site = await serveSite(folder, { isolated: true });
  plain = await serveSite(folder, { isolated: false });
  browser = await chromium.launch({
    executablePath: process.env.MINISIM_CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-background-networking", "--disable-component-update"],
  });
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
  await plain?.close();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

afterEach(() => {
  expect(complaints.splice(0)).toEqual([]);
});

async function open(at: Site = site, hash = ""): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.goto(at.url + SUB_PATH + hash);
  await settled(page);
  return page;
}

const counted = (page: Page) => page.waitForFunction(() => minisimStudio.judged);
const settled = (page: Page) => page.waitForFunction(() => globalThis.minisimStudio?.ready);

/** Changes a value and waits for the preview of it. */
async function edit(page: Page, path: readonly (string | number)[], value: unknown): Promise<void> {
  const before = await page.evaluate(() => minisimStudio.plan!.number);
  await page.evaluate(([at, next]) => minisimStudio.edit(at as never, next), [path, value]);
  await page.waitForFunction(
    (old) => minisimStudio.plan!.number > old && minisimStudio.ready,
    before,
  );
}

const hashOf = (page: Page, stage: string, frame: number) =>
  page.evaluate(([name, number]) => minisimStudio.frameHash(name, number), [stage, frame] as const);

async function stepOf(page: Page, kind: string): Promise<number> {
  return page.evaluate(
    (wanted) => minisimStudio.spec!.steps.findIndex((s) => s.kind === wanted),
    kind,
  );
}

test("the first frame appears, and more follow", async () => {
  const page = await open();
  await page.waitForFunction(() => {
    const canvas = document.querySelector<HTMLCanvasElement>("[data-test=movie]")!;
    const { data } = canvas.getContext("2d")!.getImageData(0, canvas.height / 2, canvas.width, 1);
    return new Set(data).size > 20;
  });
  const first = await page.evaluate(() => minisimStudio.shown.frame);
  await page.waitForFunction((before) => Math.floor(minisimStudio.shown.frame) > before + 3, first);
  await page.context().close();
});

test.each([true, false])(
  "frames have the hashes that Node gives them (isolated: %s)",
  async (isolated) => {
    const page = await open(isolated ? site : plain);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(isolated);
    // The simulator remembers parts of what it compiled: after changes, too, it must be what a fresh one makes.
    const steps = async (): Promise<void> => {
      const spec = await page.evaluate(() => minisimStudio.plan!.window.spec);
      for (const [stage, frame] of [
        ["cells_only", 7],
        ["sensor", 150],
      ] as const) {
        expect(await hashOf(page, stage, frame)).toBe(await nodeHash(spec, stage, frame));
      }
    };
    await steps();
    await edit(page, ["acquisition", "optics", "na"], 0.22);
    await steps();
    await edit(page, ["steps", await stepOf(page, "cell_activity"), "tau_decay_s"], 0.9);
    await steps();
    await edit(page, ["seed"], 11);
    await steps();
    await page.context().close();
  },
);

const CHANGES: readonly (readonly [
  group: string,
  path: readonly (string | number)[],
  value: unknown,
])[] = [
  ["session", ["seed"], 5],
  ["scope", ["acquisition", "optics", "na"], 0.2],
  ["tissue", ["acquisition", "tissue", "scatter_mfp_emission_um"], 60],
  ["cells", ["place_neurons", "populations", 0, "soma_radius_um"], 8],
  ["activity", ["cell_activity", "rate_hz"], 3],
  ["background", ["neuropil", "level"], 9],
  ["vessels", ["vasculature", "layers", 0, "opacity"], 0.2],
  ["motion", ["brain_motion", "motion_amplitude_um"], 3],
  ["light", ["illumination_profile", "falloff"], 0.3],
  ["sensor", ["acquisition", "image_sensor", "read_noise_e"], 25],
];

test("every group of parameters changes the picture, and only when it is turned", async () => {
  const page = await open();
  // Off the brightest row: a vessel need not cross any given one.
  let before = await hashOf(page, "sensor", 40);
  for (const [group, [first, ...rest], value] of CHANGES) {
    const own = first === "acquisition" || first === "seed";
    const path = own ? [first!, ...rest] : ["steps", await stepOf(page, String(first)), ...rest];
    await page.evaluate((id) => {
      document.querySelector<HTMLDetailsElement>(`[data-group=${id}]`)!.open = true;
    }, group);
    await page.waitForSelector(`[data-field="${path.join(".")}"]`);
    await edit(page, path, value);
    const after = await hashOf(page, "sensor", 40);
    expect(after, group).not.toBe(before);
    before = after;
  }
  await page.context().close();
});

test("a typed value goes to the spec; an invalid one is explained where it stands, and can be reset", async () => {
  const page = await open();
  const field = page.locator('[data-field="acquisition.optics.na"]');
  await field.locator("input[type=text]").fill("0.35");
  await page.waitForFunction(() => minisimStudio.value(["acquisition", "optics", "na"]) === 0.35);
  await field.locator("input[type=text]").fill("9");
  await expect.poll(() => field.locator(".problem").textContent()).toContain("must be < 1.33");
  await field.locator("input[type=text]").fill("wide");
  await expect.poll(() => field.locator(".problem").textContent()).toContain("must be a number");
  await field.locator("button.reset").click();
  await page.waitForFunction(() => minisimStudio.value(["acquisition", "optics", "na"]) === 0.3);
  await expect.poll(() => field.locator(".problem").count()).toBe(0);
  await page.context().close();
});

test("spikes of one's own come from a file, which says what is wrong with it", async () => {
  const page = await open();
  await page.evaluate(() => {
    document.querySelector<HTMLDetailsElement>("[data-group=activity]")!.open = true;
  });
  const field = page.locator('[data-field$=".spike_times_s"]');
  const choose = (name: string, text: string) =>
    field
      .locator("input[type=file]")
      .setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
  await choose("broken.csv", "cell,time_s\n0,soon\n");
  await field.getByText("broken.csv does not hold 2 numbers in line 2.").waitFor();
  await choose("spikes.csv", "cell,time_s\n0,0.5\n2,1.25\n0,0.75\n");
  await field.getByText("3 cells, 3 numbers").waitFor();
  const own = () =>
    page.evaluate(() => {
      const { steps } = minisimStudio.spec as unknown as { steps: Record<string, unknown>[] };
      return steps.find(({ kind }) => kind === "cell_activity")!.spike_times_s;
    });
  expect(await own()).toEqual([[0.5, 0.75], [], [1.25]]);
  await settled(page);
  expect(await page.evaluate(() => minisimStudio.invalid)).toBe(false);
  await field.getByRole("button", { name: "remove" }).click();
  expect(await own()).toBeNull();

  expect(await field.locator("input[type=file]").getAttribute("accept")).toBe(
    activityEndings("events").join(","),
  );
  const file = join(mkdtempSync(join(tmpdir(), "minisim-studio-")), "units.nwb");
  const spec = preset("grin_like/ca1", { duration_s: 2 });
  const recording = await simulate(
    vary(spec!, {
      "acquisition.image_sensor.n_px_height": 32,
      "acquisition.image_sensor.n_px_width": 32,
      "steps.cell_activity.spike_times_s": [[0.5], [0.25, 1], [1.5], [], [0.75]],
    }),
  );
  await exportRecording(recording, "nwb", file);
  await field.locator("input[type=file]").setInputFiles(file);
  const lists = await readEvents(file);
  await field.getByText(`${lists.length} cells, ${lists.flat().length} numbers`).waitFor();
  expect(await own()).toEqual(lists);
  rmSync(dirname(file), { recursive: true });
  await page.context().close();
});

test("steps go off and on with their values; populations are added and removed", async () => {
  const page = await open();
  await edit(page, ["steps", await stepOf(page, "neuropil"), "level"], 7);
  await page.evaluate(() => {
    document.querySelector<HTMLDetailsElement>("[data-group=background]")!.open = true;
  });
  const toggle = page.locator("[data-step=neuropil] .switch input");
  await toggle.uncheck();
  await page.waitForFunction(
    () => !minisimStudio.plan!.stages.some(({ kind }) => kind === "neuropil"),
  );
  await toggle.check();
  await page.waitForFunction(() =>
    minisimStudio.plan!.stages.some(({ kind }) => kind === "neuropil"),
  );
  const index = await stepOf(page, "neuropil");
  expect(await page.evaluate((at) => minisimStudio.value(["steps", at, "level"]), index)).toBe(7);

  await settled(page);
  const planted = () => page.evaluate(() => minisimStudio.scene!.planted);
  const before = await planted();
  await page.evaluate(() => {
    document.querySelector<HTMLDetailsElement>("[data-group=cells]")!.open = true;
  });
  await page.getByRole("button", { name: "+ population" }).click();
  await page.waitForFunction((old) => minisimStudio.scene!.planted > old, before);
  await page.getByRole("button", { name: "Remove population 2" }).click();
  await page.waitForFunction((old) => minisimStudio.scene!.planted === old, before);
  await page.context().close();
});

test("a click on a cell shows its traces", async () => {
  const page = await open();
  await page.keyboard.press("[");
  const box = (await page.locator("[data-test=movie]").boundingBox())!;
  await counted(page);
  const place = await page.evaluate(() => {
    const { scene, plan, judged } = minisimStudio;
    const unit = judged!.snr.indexOf(Math.max(...judged!.snr));
    return [0, 1].map((axis) => {
      const um = scene!.centersUm[3 * unit + 1 + axis]!;
      return um / plan!.pixelSizeUm / plan!.height;
    });
  });
  await page.locator("[data-stage=cells_only]").click();
  const side = Math.min(box.width, box.height);
  await page.mouse.click(
    box.x + box.width / 2 + place[1]! * side,
    box.y + box.height / 2 + place[0]! * side,
  );
  await page.waitForSelector("[data-test=traces] path.calcium");
  expect(await page.locator("[data-test=traces] path.roi").getAttribute("d")).toContain("L");
  await page.context().close();
});

test("fingers: a tap picks a cell, two pinch, one pans, a slider turns; nothing is wider than the screen", async () => {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.goto(site.url + SUB_PATH);
  await settled(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  const box = (await page.locator("[data-test=movie]").boundingBox())!;
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  // The picture stands beside the sliders, whatever is scrolled.
  await page.locator("[data-field='acquisition.optics.na']").scrollIntoViewIfNeeded();
  expect((await page.locator("[data-test=movie]").boundingBox())!.y).toBeLessThan(400);
  await page.evaluate(() => document.querySelector(".build")!.scrollTo(0, 0));

  await counted(page);
  const [y, x] = await page.evaluate(() => {
    const { scene, plan, judged } = minisimStudio;
    const side = plan!.height * plan!.pixelSizeUm;
    const places = [...judged!.snr.keys()]
      .sort((a, b) => judged!.snr[b]! - judged!.snr[a]!)
      .map((unit) => [1, 2].map((axis) => scene!.centersUm[3 * unit + axis]! / side))
      .filter((place) => place.every((share) => Math.abs(share) < 0.3));
    return places[0] as [number, number];
  });
  await page.locator("[data-stage=cells_only]").tap();
  const side = Math.min(box.width, box.height);
  await page.touchscreen.tap(middle.x + x * side, middle.y + y * side);
  await page.waitForSelector("[data-test=traces] path.calcium", { state: "attached" });

  const cdp = await context.newCDPSession(page);
  const touch = (type: string, points: readonly (readonly [number, number])[]) =>
    cdp.send("Input.dispatchTouchEvent", {
      type: type as "touchStart",
      touchPoints: points.map(([dx, dy], id) => ({ x: middle.x + dx, y: middle.y + dy, id })),
    });
  const zoomed = () => page.locator(".zoom output").textContent();
  await touch("touchStart", [[-20, 0]]);
  await touch("touchStart", [
    [-20, 0],
    [20, 0],
  ]);
  for (let reach = 25; reach <= 80; reach += 5) {
    await touch("touchMove", [
      [-reach, 0],
      [reach, 0],
    ]);
  }
  await touch("touchEnd", []);
  // From 40 px between the fingers to 160.
  await expect.poll(zoomed).toBe("4.0 ×");
  const before = await page.evaluate(() => minisimStudio.view.centre);
  await touch("touchStart", [[0, 0]]);
  for (let way = 10; way <= 60; way += 10) await touch("touchMove", [[way, 0]]);
  await touch("touchEnd", []);
  const after = await page.evaluate(() => minisimStudio.view.centre);
  expect(after[1]).toBeCloseTo(before[1] - 60 / (4 * side), 2);
  expect(after[0]).toBeCloseTo(before[0], 6);
  // Neither pinch nor pan was taken for a tap.
  expect(await page.locator("[data-test=traces] path.calcium").count()).toBe(1);

  const slider = page.locator("[data-field='acquisition.optics.na'] input[type=range]");
  await slider.scrollIntoViewIfNeeded();
  const track = (await slider.boundingBox())!;
  await page.touchscreen.tap(track.x + 0.8 * track.width, track.y + track.height / 2);
  await page.waitForFunction(
    () => Number(minisimStudio.value(["acquisition", "optics", "na"])) > 0.4,
  );
  await context.close();
});

test("the keyboard: frames, stages, wipe, zoom; fields keep the keys that are theirs", async () => {
  const page = await open();
  const shown = () => page.evaluate(() => minisimStudio.shown);
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowRight");
  const { frame } = await shown();
  await page.keyboard.press("ArrowRight");
  expect((await shown()).frame).toBe(frame + 1);
  await page.keyboard.press("Shift+ArrowLeft");
  expect((await shown()).frame).toBe((frame + 1 - 10 + 200) % 200);
  await page.keyboard.press("[");
  // The frames of another stage are rendered first.
  const stage = async () => (await shown()).stage;
  await expect.poll(stage, { timeout: 10_000 }).toBe("leakage");
  await page.keyboard.press("]");
  await expect.poll(stage, { timeout: 10_000 }).toBe("sensor");
  await page.keyboard.press("w");
  await page.waitForSelector(".tag.left");
  await page.keyboard.press("w");
  await page.keyboard.press("+");
  await expect.poll(() => page.locator(".zoom output").textContent()).toBe("1.5 ×");
  await page.keyboard.press("0");
  await expect.poll(() => page.locator(".zoom output").textContent()).toBe("1.0 ×");
  const field = page.locator('[data-field="acquisition.optics.na"] input[type=text]');
  await field.focus();
  await page.keyboard.press("w");
  expect(await page.locator(".tag.left").count()).toBe(0);
  expect(await field.inputValue()).toContain("w");
  await page.locator('[data-field="acquisition.optics.na"] button.reset').press("Enter");
  await page.waitForFunction(() => minisimStudio.value(["acquisition", "optics", "na"]) === 0.3);
  await page.context().close();
});

test("a share link restores the state in another browser", async () => {
  const page = await open();
  await edit(page, ["acquisition", "tissue", "scatter_mfp_emission_um"], 73);
  const key = await page.evaluate(() => minisimStudio.cacheKey);
  await page.waitForFunction((old) => location.hash.length > 10 && location.hash !== old, "");
  // The address follows once the slider rests.
  await page.waitForTimeout(600);
  const hash = new URL(page.url()).hash;
  const other = await open(site, hash);
  expect(await other.evaluate(() => minisimStudio.cacheKey)).toBe(key);
  expect(hash.length).toBeLessThan(3000);
  await page.context().close();
  await other.context().close();
});

test("a link that holds no spec says so, and the page works as without it", async () => {
  const hash = (json: string) => `s=${deflateRawSync(json).toString("base64url")}`;
  for (const linked of [
    '{"acquisition": {}, "steps": [null, 1], "output": {}}',
    `{"acquisition": {}, "output": {}, "steps": ${"[".repeat(20_000)}${"]".repeat(20_000)}}`,
  ]) {
    const page = await open(site, `#${hash(linked)}`);
    const alert = page.getByRole("alert").filter({ hasText: "no spec that can be shown" });
    await alert.waitFor();
    // Another link, of a spec, and the sentence is gone.
    const good = await page.evaluate(() => minisimStudio.spec);
    await page.evaluate(
      (next) => {
        location.hash = next;
      },
      hash(JSON.stringify({ ...(good as object), seed: 77 })),
    );
    await page.waitForFunction(() => minisimStudio.value(["seed"]) === 77);
    expect(await alert.count()).toBe(0);
    await page.context().close();
  }
});

test("a link to a spec of the first edition shows it in today's words", async () => {
  const page = await open();
  const now = (await page.evaluate(() => minisimStudio.spec)) as SpecInput;
  const { acquisition, output } = now;
  const cells = now.steps.filter(({ kind }) => kind !== "neuropil" && kind !== "sensor");
  const steps = [...cells, { kind: "sensor", photons_per_unit: 300 }];
  const json = JSON.stringify({ acquisition, seed: 5, steps, output });
  const old = await open(site, `#s=${deflateRawSync(json).toString("base64url")}`);
  await old.waitForFunction(() => minisimStudio.value(["spec_version"]) === 2);
  const shown = await old.evaluate(() => minisimStudio.spec);
  expect(Spec.safeParse(shown)).toMatchObject({ ok: true, spec: { seed: 5 } });
  expect(await old.getByRole("alert").count()).toBe(0);
  await page.context().close();
  await old.context().close();
});

test("a store from the page is the command line's, byte for byte", async () => {
  const page = await open();
  await edit(page, ["acquisition", "duration_s"], 2.5);
  const spec = await page.evaluate(() => minisimStudio.spec);
  await page.getByRole("button", { name: "Generate", exact: true }).click();
  await page.click("[data-test=generate]");
  await page.waitForSelector("[data-test=download]");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.click("[data-test=download]"),
  ]);
  const files = unzip(readFileSync(await download.path()));
  const scratch = mkdtempSync(join(tmpdir(), "minisim-studio-"));
  try {
    const path = join(scratch, download.suggestedFilename().replace(/\.zip$/, ""));
    await simulateToStore(Spec.parse(spec), path, { workers: 1 });
    // The list by which the command line knows its own folders on a disk is no part of the recording.
    const ours = listed(path).filter((file) => basename(file) !== ".minisim.json");
    const expected = ours.map((file) => relative(scratch, file));
    expect([...files.keys()].sort()).toEqual(expected.sort());
    for (const name of expected) {
      expect(files.get(name)!.equals(readFileSync(join(scratch, name))), name).toBe(true);
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  await page.context().close();
});

test("cancel leaves nothing", async () => {
  const page = await open();
  await page.getByRole("button", { name: "Generate", exact: true }).click();
  await page.click("[data-test=generate]");
  await page.waitForFunction(() =>
    / frames/.test(document.querySelector("[data-test=progress]")?.textContent ?? ""),
  );
  await page.click("[data-test=cancel]");
  await page.waitForSelector("[data-test=progress]", { state: "detached" });
  const left = await page.evaluate(async () => {
    const own = await (await navigator.storage.getDirectory()).getDirectoryHandle("minisim");
    const names: string[] = [];
    for await (const [name] of own.entries()) names.push(name);
    return names;
  });
  expect(left).toEqual([]);
  await page.context().close();
});

test("every lesson's screens show a movie, and the user's spec comes back", async () => {
  const page = await open();
  await edit(page, ["seed"], 42);
  await page.getByRole("button", { name: "Learn", exact: true }).click();
  for (let screen = 1; ; screen++) {
    await settled(page);
    await page.waitForSelector("[data-test=movie]");
    const next = page.locator("[data-test=next]");
    if (await next.isDisabled()) {
      expect(screen).toBe(29);
      break;
    }
    await next.click();
  }
  await page.getByRole("button", { name: "Build", exact: true }).click();
  await page.waitForFunction(() => minisimStudio.value(["seed"]) === 42);
  await settled(page);
  await page.context().close();
});

/** What a page that has just begun asked for, as names of files of the site. */
async function askedBy(page: Page, sent: Site["sent"]): Promise<string[]> {
  const names = await page.evaluate(() =>
    performance.getEntriesByType("resource").map(({ name }) => name),
  );
  const worker = [...sent.keys()].filter((path) => /\/(worker|web-worker)-/.test(path));
  const asked = new Set([
    "index.html",
    ...names.map((name) => new URL(name).pathname.slice(SUB_PATH.length)),
    ...worker,
  ]);
  return [...asked].filter((path) => sent.has(path) && path !== "");
}

test("what is loaded before the first frame is at most 200 KB compressed", async () => {
  const fresh = await serveSite(folder, { isolated: true });
  const page = await open(fresh);
  await page.waitForFunction(() => minisimStudio.shown.frame > 0);
  const bytes = (await askedBy(page, fresh.sent)).reduce(
    (sum, path) => sum + gzipSync(readFileSync(join(folder, path)), { level: 9 }).length,
    0,
  );
  expect(bytes).toBeGreaterThan(50_000);
  expect(bytes).toBeLessThan(200_000);
  await page.context().close();
  await fresh.close();
});

test("a second visit needs no network, and the first keeps no more than it needs", async () => {
  const fresh = await serveSite(folder, { isolated: true });
  const page = await open(fresh);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.waitForFunction(async () => {
    const [name] = await caches.keys();
    return name !== undefined && (await (await caches.open(name)).keys()).length > 5;
  });
  expect([...fresh.sent.keys()].filter((path) => /hdf5|video|maker/.test(path))).toEqual([]);
  await page.context().setOffline(true);
  await page.reload();
  await settled(page);
  // What was opened once is there, too.
  await page.context().setOffline(false);
  await page.getByRole("button", { name: "Generate", exact: true }).click();
  await page.waitForSelector("[name=format][value=tiff]");
  // The address follows a little later, and a reload opens what it says.
  await page.waitForFunction(() => location.hash.includes("page=generate"));
  await page.context().setOffline(true);
  await page.reload();
  await page.waitForSelector("[name=format][value=tiff]");
  // A recording beside the page is asked for anew each time, since another one may have taken its place.
  await page.context().setOffline(false);
  const beside = join(folder, "beside.json");
  const asked = () => page.evaluate(async () => (await fetch("./beside.json")).text());
  for (const content of ["one", "another"]) {
    writeFileSync(beside, content);
    expect(await asked()).toBe(content);
  }
  rmSync(beside);
  await page.context().close();
  await fresh.close();
});

function listed(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? listed(path) : [path];
  });
}
