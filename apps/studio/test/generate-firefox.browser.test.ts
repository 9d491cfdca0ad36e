// Files from the page in Firefox, driven from a page beside it: the bytes are Node's.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exportRecording, sourceOfPlan } from "@minisim/interop";
import { compile, Spec } from "minisim";
import { expect, test } from "vitest";
import { buildSite, SUB_PATH, serveSite } from "./site.ts";

const FORMATS = ["tiff", "avi", "nwb"];

const DRIVER = `<!doctype html><iframe src="${SUB_PATH}" width="1280" height="800"></iframe><script type="module">
const frame = document.querySelector("iframe");
const problems = [];
const post = (value) => fetch("/result", { method: "POST", body: JSON.stringify({ ...value, problems }) });
const until = async (what, test) => {
  for (let i = 0; i < 1800; i++) {
    try { const value = await test(); if (value) return value; } catch {}
    await new Promise((r) => setTimeout(r, 100));
  }
  throw new Error("waited in vain for " + what);
};
try {
  const page = frame.contentWindow;
  const studio = await until("the studio", () => page.minisimStudio?.ready && page.minisimStudio);
  page.addEventListener("error", (event) => problems.push(event.message));
  studio.edit(["acquisition", "duration_s"], 1.5);
  await until("a new plan", () => studio.ready && studio.plan.frames === 30);
  const find = (selector) => until(selector, () => page.document.querySelector(selector));
  [...page.document.querySelectorAll("nav button")].find((b) => b.textContent === "Generate").click();
  const own = await (await page.navigator.storage.getDirectory()).getDirectoryHandle("minisim", { create: true });
  const hashes = {};
  for (const format of ${JSON.stringify(FORMATS)}) {
    (await find("[name=format][value=" + format + "]")).click();
    await until("the button", () => !page.document.querySelector("[data-test=generate]").disabled);
    (await find("[data-test=generate]")).click();
    await until("the work", () => page.document.querySelector("[data-test=progress]"));
    await until(format, () => page.document.querySelector("[data-test=done]"));
    for await (const [name, handle] of own.entries()) {
      const digest = await crypto.subtle.digest("SHA-256", await (await handle.getFile()).arrayBuffer());
      hashes[format] = [...new Uint8Array(digest)].map((b) => b.toString(16).padStart(2, "0")).join("");
    }
    page.document.querySelector("[data-test=empty]").click();
    await until("an empty storage", () => /^Nothing/.test(page.document.querySelector("[data-test=kept]").textContent));
    for await (const name of own.keys()) problems.push(name + " was left");
  }
  await post({ spec: studio.spec, hashes });
} catch (error) {
  const said = frame.contentWindow.document.querySelector("[role=alert]")?.textContent ?? "";
  await post({ failure: String(error) + " " + said });
}
</script>`;

interface Answer {
  readonly failure?: string;
  readonly problems: string[];
  readonly spec: unknown;
  readonly hashes: Record<string, string>;
}

test("BigTIFF, AVI and NWB", async () => {
  const built = await buildSite();
  const site = await serveSite(built, { isolated: false, driver: DRIVER });
  const folder = mkdtempSync(join(tmpdir(), "minisim-firefox-"));
  const profile = join(folder, "profile");
  mkdirSync(profile);
  const child = spawn(
    process.env.MINISIM_FIREFOX ?? "firefox-esr",
    ["--headless", "--no-remote", "--profile", profile, `${site.url}/driver.html`],
    { stdio: "ignore", detached: true, env: { ...process.env, HOME: folder } },
  );
  try {
    const answer = (await site.result) as Answer;
    expect(answer.failure).toBeUndefined();
    expect(answer.problems).toEqual([]);
    const plan = compile(answer.spec);
    for (const format of FORMATS) {
      const path = join(folder, format);
      await exportRecording(sourceOfPlan(plan, Spec.cacheKey(plan.spec)), format, path);
      const hash = createHash("sha256").update(readFileSync(path)).digest("hex");
      expect(answer.hashes[format], format).toBe(hash);
    }
  } finally {
    const gone = new Promise((exited) => child.once("exit", exited));
    if (child.pid !== undefined && child.exitCode === null) {
      process.kill(-child.pid, "SIGKILL");
      await gone;
    }
    await site.close();
    for (const made of [folder, built]) {
      rmSync(made, { recursive: true, force: true, maxRetries: 20 });
    }
  }
});
