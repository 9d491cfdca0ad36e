// Shows a page to a headless browser from Debian's packages and waits for what the page posts back. No driver in between.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export type Browser = "chromium" | "firefox-esr";

const ARGUMENTS: Record<Browser, (profile: string, url: string) => string[]> = {
  chromium: (profile, url) => [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    `--user-data-dir=${profile}`,
    url,
  ],
  "firefox-esr": (profile, url) => ["--headless", "--no-remote", "--profile", profile, url],
};

export interface Page {
  /** Files by their path; that of the page itself is "/". All others are modules. */
  readonly files: Readonly<Record<string, string>>;
  /** Whether the page is cross-origin isolated, and so has SharedArrayBuffer. */
  readonly isolated: boolean;
}

/** Runs a page in the browser. Resolves with the JSON that the page posts to /result. */
export async function runInBrowser(
  browser: Browser,
  { files, isolated }: Page,
  timeoutMs = 300_000,
) {
  const profile = mkdtempSync(join(tmpdir(), `minisim-${browser}-`));
  let resolve!: (value: unknown) => void;
  let reject!: (error: Error) => void;
  const promise = new Promise<unknown>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  const server = createServer(async (request, response) => {
    if (isolated) {
      response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
      response.setHeader("Cross-Origin-Embedder-Policy", "require-corp");
    }
    if (request.url === "/result") resolve(JSON.parse(await bodyOf(request)));
    const path = request.url ?? "";
    if (files[path] === undefined) response.statusCode = 404;
    response.setHeader("Content-Type", path === "/" ? "text/html" : "text/javascript");
    response.end(files[path]);
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const child = spawn(browser, ARGUMENTS[browser](profile, url), {
    stdio: "ignore",
    // A process group of its own: a browser's helpers must end with it, or they write into the profile as it is removed.
    detached: true,
    env: { ...process.env, HOME: profile },
  });
  child.on("error", () => reject(new Error(`${browser} could not be started; is it installed?`)));
  const timer = setTimeout(() => reject(new Error(`${browser} did not answer`)), timeoutMs);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    const exited = new Promise((gone) => child.once("exit", gone));
    if (child.pid !== undefined && child.exitCode === null) {
      process.kill(-child.pid, "SIGKILL");
      await exited;
    }
    server.closeAllConnections();
    server.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 20 });
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
}
