// Plays 256 × 256 px with 100 cells and everything on, and counts the pictures a second.
import { loadavg } from "node:os";
import { openStudio } from "./studio-page.mjs";

const SECONDS = 5;
const { page, close } = await openStudio();

const change = async (path, value) => {
  const old = await page.evaluate(() => minisimStudio.plan.number);
  await page.evaluate(([at, next]) => minisimStudio.edit(at, next), [path, value]);
  await page.waitForFunction((n) => minisimStudio.plan.number > n && minisimStudio.ready, old);
};
const tick = (label) => page.getByRole("checkbox", { name: label, exact: true }).check();

// 60 recorded frames a second, so that the screen is the limit and not the recording.
await change(["acquisition", "fps"], 60);
const density = await page.evaluate(() => {
  const { height, width, pixelSizeUm } = minisimStudio.plan;
  const { depth_range_um, soma_radius_um } = minisimStudio.spec.steps[0].populations[0];
  const thick = Math.max(depth_range_um[1] - depth_range_um[0], 2 * soma_radius_um);
  return 100 / (height * width * pixelSizeUm ** 2 * thick * 1e-9);
});
await change(["steps", 0, "populations", 0, "density_per_mm3"], Math.round(density));
await tick("vessels");
await page.keyboard.press("w");
await page.waitForFunction(() => minisimStudio.judged);
await page.evaluate(() => {
  const box = document.querySelector("[data-test=movie]").getBoundingClientRect();
  const side = Math.min(box.width, box.height);
  const { scene, plan, judged } = minisimStudio;
  const canvas = document.querySelector("[data-test=movie]");
  for (const unit of [...judged.snr.keys()]
    .sort((a, b) => judged.snr[b] - judged.snr[a])
    .slice(0, 5)) {
    const [y, x] = [1, 2].map(
      (axis) => (scene.centersUm[3 * unit + axis] / plan.pixelSizeUm / plan.height) * side,
    );
    const at = {
      clientX: box.x + box.width / 2 + x,
      clientY: box.y + box.height / 2 + y,
      bubbles: true,
      pointerId: 1,
    };
    canvas.setPointerCapture = () => {};
    canvas.dispatchEvent(new PointerEvent("pointerdown", at));
    canvas.dispatchEvent(new PointerEvent("pointerup", at));
  }
});
await page.waitForSelector("[data-test=traces] path.calcium");

const count = () =>
  page.evaluate(async (seconds) => {
    const end = performance.now() + 1000 * seconds;
    let drawn = 0;
    let ticks = 0;
    let last = "";
    while (performance.now() < end) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const { frame } = minisimStudio.shown;
      const now = String(Math.floor(frame));
      if (now !== last) drawn += 1;
      ticks += 1;
      last = now;
    }
    return { drawn: drawn / seconds, ticks: ticks / seconds };
  }, SECONDS);

const info = await page.evaluate(() => {
  const { plan, scene } = minisimStudio;
  return { height: plan.height, width: plan.width, cells: scene.inView, frames: plan.frames };
});
const live = await count();
await page.waitForTimeout(1000 * (info.frames / 60));
const cached = await count();
const cdp = await page.context().newCDPSession(page);
await cdp.send("Performance.enable", { timeDomain: "threadTicks" });
const metrics = async () =>
  Object.fromEntries(
    (await cdp.send("Performance.getMetrics")).metrics.map((m) => [m.name, m.value]),
  );
const before = await metrics();
const again = await count();
const after = await metrics();
const perPicture = (name) =>
  ((1000 * (after[name] - before[name])) / (again.drawn * SECONDS)).toFixed(1);
await close();

const line = (what, { drawn, ticks }) => `| ${what} | ${drawn.toFixed(0)} | ${ticks.toFixed(0)} |`;
process.stdout.write(
  [
    `${info.height} × ${info.width} px, ${info.cells} cells in view, wipe, outlines, vessels, motion, five traces; load ${loadavg()[0].toFixed(1)}`,
    "| frames | pictures/s | turns of the browser/s |",
    "| --- | --: | --: |",
    line("rendered while playing", live),
    line("here already", cached),
    line("here already, again", again),
    `processor time of the page's thread: ${perPicture("ThreadTime")} ms a picture, ${perPicture("ScriptDuration")} of them in scripts`,
    "",
  ].join("\n"),
);
process.exit(0);
