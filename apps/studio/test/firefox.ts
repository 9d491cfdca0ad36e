// The built page in Firefox, for tests: driven by a script of a page beside it, which posts what it found.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SUB_PATH, serveSite } from "./site.ts";

export interface Visit {
  /** Folder of the built page. */
  readonly built: string;
  readonly isolated: boolean;
  /**
   * Body of an async function. It has the studio's window as `page`, its console handle as `studio`, `until(what, test)`,
   * `sha256(file)` and a list of `problems`; what it returns is the answer.
   */
  readonly script: string;
}

/** Runs the script and hands its answer to `check`, with a folder that is removed afterwards. */
export async function visitInFirefox<Answer>(
  { built, isolated, script }: Visit,
  check: (answer: Answer & Outcome, folder: string) => Promise<void>,
): Promise<void> {
  const site = await serveSite(built, { isolated, driver: driverOf(script) });
  const folder = mkdtempSync(join(tmpdir(), "minisim-firefox-"));
  const profile = join(folder, "profile");
  mkdirSync(profile);
  const child = spawn(
    process.env.MINISIM_FIREFOX ?? "firefox-esr",
    ["--headless", "--no-remote", "--profile", profile, `${site.url}/driver.html`],
    { stdio: "ignore", detached: true, env: { ...process.env, HOME: folder } },
  );
  try {
    await check((await site.result) as Answer & Outcome, folder);
  } finally {
    const gone = new Promise((exited) => child.once("exit", exited));
    if (child.pid !== undefined && child.exitCode === null) {
      process.kill(-child.pid, "SIGKILL");
      await gone;
    }
    await site.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 20 });
  }
}

export interface Outcome {
  readonly failure?: string;
  readonly problems: readonly string[];
}

const driverOf = (script: string): string => `<!doctype html>
<iframe src="${SUB_PATH}" width="1280" height="800"></iframe><script type="module">
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
const sha256 = async (file) => {
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((b) => b.toString(16).padStart(2, "0")).join("");
};
try {
  const page = frame.contentWindow;
  const studio = await until("the studio", () => page.minisimStudio?.ready && page.minisimStudio);
  page.addEventListener("error", (event) => problems.push(event.message));
  await post(await (async () => {${script}})());
} catch (error) {
  const said = frame.contentWindow.document.querySelector("[role=alert]")?.textContent ?? "";
  await post({ failure: (String(error) + " " + said).trim() });
}
</script>`;
