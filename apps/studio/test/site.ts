// The built page on a server of the test's own: under a sub-path, isolated or not, with a driver page for browsers without a driver.
import { existsSync, mkdtempSync, readFileSync, statSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
/** Where the page stands on the server: it must not mind. */
export const SUB_PATH = "/some/where/studio/";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/** Builds the page into a folder of its own, which is returned; `remove` it in the end. */
export async function buildSite(): Promise<string> {
  const outDir = mkdtempSync(join(tmpdir(), "minisim-site-"));
  // As for users: the test runner's own mode would leave out the service worker.
  const mode = process.env.NODE_ENV;
  process.env.NODE_ENV = "production";
  try {
    const configFile = join(ROOT, "vite.config.ts");
    await build({ root: ROOT, configFile, logLevel: "error", build: { outDir } });
  } finally {
    process.env.NODE_ENV = mode;
  }
  return outDir;
}

export interface Site {
  readonly url: string;
  /** What the driver page posted. */
  readonly result: Promise<unknown>;
  /** Bytes of the bodies that were sent, by path. */
  readonly sent: Map<string, number>;
  close(): Promise<void>;
}

export async function serveSite(
  folder: string,
  options: { isolated: boolean; driver?: string },
): Promise<Site> {
  const sent = new Map<string, number>();
  let resolve!: (value: unknown) => void;
  const result = new Promise<unknown>((done) => {
    resolve = done;
  });
  const server = createServer(async (request, response) => {
    // As Vite's own server says it: what is kept must be found all the same.
    response.setHeader("Vary", "Origin");
    if (options.isolated) {
      response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
      response.setHeader("Cross-Origin-Embedder-Policy", "require-corp");
    }
    const path = new URL(request.url ?? "/", "http://host").pathname;
    if (path === "/result") {
      resolve(JSON.parse(await bodyOf(request)));
      response.end();
      return;
    }
    if (path === "/driver.html") {
      response.setHeader("Content-Type", "text/html");
      response.end(options.driver ?? "");
      return;
    }
    const inside = path.startsWith(SUB_PATH) ? path.slice(SUB_PATH.length) || "index.html" : null;
    const file = inside === null ? null : join(folder, normalize(inside));
    if (!file || !existsSync(file) || !statSync(file).isFile()) {
      response.statusCode = 404;
      response.end();
      return;
    }
    const body = readFileSync(file);
    sent.set(inside!, body.length);
    response.setHeader("Content-Type", TYPES[extname(file)] ?? "application/octet-stream");
    response.end(body);
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    result,
    sent,
    close: () =>
      new Promise((closed) => {
        server.closeAllConnections();
        server.close(() => closed());
      }),
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
}
