// Opens the page anew, then turns every number of the Build view, and takes the time until the first frame of the new picture is on the
// screen, and the processor time of the simulator's thread until then, which other programs on the machine do not change much (Linux only).
import { readdirSync, readFileSync } from "node:fs";
import { loadavg } from "node:os";
import { openStudio, startBrowser } from "./studio-page.mjs";

/** ms from asking for the page to its first frame on the screen, by visitors who have never been here and who have. */
async function visitTimes({ browser, url }) {
  const visits = { new: [], known: [] };
  for (let visitor = 0; visitor < 5; visitor++) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    for (const times of [visits.new, visits.known]) {
      const visit = await context.newPage();
      await visit.goto(url);
      times.push(
        await visit.evaluate(async () => {
          const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
          while (!globalThis.minisimStudio?.shown.plan) await frame();
          await frame();
          return performance.now();
        }),
      );
      // Leaves when all is quiet, and what is kept for the next visit is kept.
      await visit.waitForTimeout(4000);
      await visit.close();
    }
    await context.close();
  }
  return visits;
}

const first = await startBrowser();
const visits = await visitTimes(first);
await first.close();

const { browser, page, close } = await openStudio();
const cdp = await browser.newBrowserCDPSession();
const { processInfo } = await cdp.send("SystemInfo.getProcessInfo");
const threads = processInfo
  .filter(({ type }) => type === "renderer")
  .flatMap(({ id }) => readdirSync(`/proc/${id}/task`).map((task) => `/proc/${id}/task/${task}/`))
  .filter((folder) => readFileSync(`${folder}comm`, "utf8").startsWith("DedicatedWorker"));
/** ms that the worker has run so far. */
const worked = () =>
  threads.reduce(
    (sum, at) => sum + Number(readFileSync(`${at}schedstat`, "utf8").split(" ")[0]),
    0,
  ) / 1e6;

const fields = await page.evaluate(async () => {
  const studio = globalThis.minisimStudio;
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  // Panels, traces and frames ahead follow the first frame; a hand rests, too.
  globalThis.quiet = async () => {
    while (!studio.ready) await frame();
    await new Promise((resolve) => setTimeout(resolve, 150));
  };
  /** ms until a frame of the new plan is drawn and the browser has begun its next picture; null where the value is refused. */
  globalThis.change = async (path, value) => {
    const old = studio.plan.number;
    const began = performance.now();
    studio.edit(path, value);
    while (studio.shown.plan <= old) {
      await frame();
      if (studio.invalid) return null;
    }
    await frame();
    return performance.now() - began;
  };
  for (const group of document.querySelectorAll("details.group")) {
    // Its numbers are all in other groups as well.
    group.open = group.dataset.group !== "main";
  }
  await quiet();
  return [...document.querySelectorAll(".parameters [data-field]")].flatMap((field) => {
    const path = field.dataset.field
      .split(".")
      .map((name) => (/^[0-9]+$/.test(name) ? Number(name) : name));
    const { group } = field.closest("[data-group]").dataset;
    const value = studio.value(path);
    const kind = path[0] === "steps" ? studio.spec.steps[path[1]].kind : "";
    const parts = Array.isArray(value)
      ? value.map((part, i) => [part, [...path, i]])
      : [[value, path]];
    return parts.flatMap(([part, at]) =>
      typeof part === "number" ? [{ group, kind, path: at, value: part }] : [],
    );
  });
});

/** Only the group at hand is open, as most people have it. */
const openAlone = (group) =>
  page.evaluate(async (name) => {
    for (const one of document.querySelectorAll("details.group")) {
      one.open = one.dataset.group === name;
    }
    await quiet();
  }, group);

const rows = [];
let opened = "";
for (const { group, kind, path, value } of fields) {
  if (group !== opened) await openAlone(group);
  opened = group;
  const seed = path[0] === "seed";
  const whole = Number.isInteger(value) && Math.abs(value) >= 1;
  const there = whole ? value + 1 : value * 1.1 || 0.1;
  for (const next of seed ? [1, 2, 3, 4, 5, 6, 7, 8, value] : [there, value]) {
    const before = worked();
    const ms = await page.evaluate(([at, to]) => change(at, to), [path, next]);
    const processor = worked() - before;
    if (ms === null) {
      await page.evaluate(([at, to]) => minisimStudio.edit(at, to), [path, value]);
      break;
    }
    await page.evaluate(() => quiet());
    const name = (kind ? [kind, ...path.slice(2)] : path).join(".");
    rows.push({ group: seed ? "a new seed" : group, name, ms, processor });
  }
}
await close();

const sorted = (list, of) => inOrder(list.map((row) => row[of]));
const inOrder = (list) => [...list].sort((a, b) => a - b);
const shown = (values) =>
  [values[0], values[Math.floor(values.length / 2)], values.at(-1)]
    .map((value) => value.toFixed(0))
    .join(" / ");
const lines = [...new Set(rows.map(({ group }) => group))].map((group) => {
  const list = rows.filter((row) => row.group === group);
  const slow = list.reduce((a, b) => (b.processor > a.processor ? b : a));
  const numbers = new Set(list.map(({ name }) => name)).size;
  return `| ${group} | ${numbers} | ${shown(sorted(list, "processor"))} | ${shown(sorted(list, "ms"))} | \`${slow.name}\` |`;
});
process.stdout.write(
  [
    `load of the machine: ${loadavg()[0].toFixed(1)}; fastest / median / slowest, ms`,
    `first picture: ${shown(inOrder(visits.new))} for a new visitor, ${shown(inOrder(visits.known))} for a known one`,
    "| group | numbers | simulator, processor time | edit to screen | slowest of all |",
    "| --- | --: | --: | --: | --- |",
    ...lines,
    ...(process.argv.includes("--all")
      ? rows.map(({ name, ms, processor }) => `${name} ${processor.toFixed(0)} ${ms.toFixed(0)}`)
      : []),
    "",
  ].join("\n"),
);
process.exit(0);
