// The built page in Firefox, driven from a page beside it: the same bytes, a store, no errors; with and without shared memory.

import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { simulateToStore } from "minisim/node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { nodeHash } from "./node-preview.ts";
import { buildSite, SUB_PATH, serveSite } from "./site.ts";

let built = "";
beforeAll(async () => {
  built = await buildSite();
});
afterAll(() => rmSync(built, { recursive: true, force: true }));

const DRIVER = `<!doctype html><iframe src="${SUB_PATH}" width="1280" height="800"></iframe><script type="module">
const frame = document.querySelector("iframe");
const problems = [];
const post = (value) => fetch("/result", { method: "POST", body: JSON.stringify({ ...value, problems }) });
const until = async (what, test) => {
  for (let i = 0; i < 1200; i++) {
    try { const value = await test(); if (value) return value; } catch {}
    await new Promise((r) => setTimeout(r, 100));
  }
  throw new Error("waited in vain for " + what);
};
try {
  const page = frame.contentWindow;
  const studio = await until("the studio", () => page.minisimStudio?.ready && page.minisimStudio);
  page.addEventListener("error", (event) => problems.push(event.message));
  const number = studio.plan.number;
  studio.edit(["acquisition", "optics", "na"], 0.25);
  studio.edit(["acquisition", "duration_s"], 1.5);
  await until("a new plan", () => studio.plan.number > number && studio.ready && studio.plan.frames === 30);
  const hash = await studio.frameHash("sensor", 12);
  const drawn = await until("a picture", () => {
    const canvas = page.document.querySelector("[data-test=movie]");
    const { data } = canvas.getContext("2d").getImageData(0, canvas.height / 2, canvas.width, 1);
    return new Set(data).size > 20;
  });
  [...page.document.querySelectorAll("nav button")].find((b) => b.textContent === "Generate").click();
  (await until("the button", () => page.document.querySelector("[data-test=generate]"))).click();
  await until("the store", () => page.document.querySelector("[data-test=done]"));
  const own = await (await page.navigator.storage.getDirectory()).getDirectoryHandle("minisim");
  const hashes = {};
  const walk = async (folder, prefix) => {
    for await (const [name, handle] of folder.entries()) {
      if (handle.kind === "directory") { await walk(handle, prefix + name + "/"); continue; }
      const digest = await crypto.subtle.digest("SHA-256", await (await handle.getFile()).arrayBuffer());
      hashes[prefix + name] = [...new Uint8Array(digest)].map((b) => b.toString(16).padStart(2, "0")).join("");
    }
  };
  await walk(own, "");
  await post({ window: studio.plan.window.spec, spec: studio.spec, hash, drawn, hashes, isolated: page.crossOriginIsolated });
} catch (error) {
  await post({ failure: String(error) });
}
</script>`;

interface Answer {
  readonly failure?: string;
  readonly problems: string[];
  readonly window: unknown;
  readonly spec: unknown;
  readonly hash: string;
  readonly drawn: boolean;
  readonly hashes: Record<string, string>;
  readonly isolated: boolean;
}

test.each([true, false])("isolated: %s", async (isolated) => {
  const site = await serveSite(built, { isolated, driver: DRIVER });
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
    expect(answer.isolated).toBe(isolated);
    expect(answer.drawn).toBe(true);
    expect(answer.hash).toBe(await nodeHash(answer.window, "sensor", 12));
    const names = Object.keys(answer.hashes);
    const name = names[0]!.split("/")[0]!;
    await simulateToStore(answer.spec, join(folder, name), { workers: 1 });
    expect(names.length).toBeGreaterThan(20);
    for (const file of names) {
      const bytes = readFileSync(join(folder, file));
      expect(createHash("sha256").update(bytes).digest("hex"), file).toBe(answer.hashes[file]);
    }
  } finally {
    const gone = new Promise((exited) => child.once("exit", exited));
    if (child.pid !== undefined && child.exitCode === null) {
      process.kill(-child.pid, "SIGKILL");
      await gone;
    }
    await site.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 20 });
  }
});
