// A recording behind https: read where the server's certificate is trusted, and one sentence where it is not.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { selfSigned } from "./certificate.ts";
import { at, minisim, TINY, write } from "./harness.ts";

const runner = fileURLToPath(import.meta.resolve("@minisim/build/run"));
const program = fileURLToPath(new URL("run-child.ts", import.meta.url));

async function command(argv: readonly string[], env: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, [runner, program, ...argv], {
    cwd: at(),
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...env },
  });
  const [out, err, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "close"),
  ]);
  return { code, out, err };
}

test("it is the folder's where the certificate is trusted, and one sentence where it is not", async () => {
  const { key, cert } = selfSigned();
  write("cert.pem", cert);
  write("tiny.yaml", TINY);
  await minisim(["simulate", "tiny.yaml", "-o", "r.zarr", "--quiet"]);
  let handshakes = 0;
  const server = createServer({ key, cert }, (request, response) => {
    try {
      response.end(readFileSync(at(request.url!)));
    } catch {
      response.writeHead(404).end();
    }
  });
  server.on("connection", () => {
    handshakes += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    const address = `https://127.0.0.1:${(server.address() as AddressInfo).port}/r.zarr`;
    const near = await minisim(["inspect", "r.zarr"]);
    const trusted = { NODE_EXTRA_CA_CERTS: at("cert.pem") };
    expect(await command(["inspect", address], trusted)).toEqual({
      code: 0,
      out: near.out.replace("r.zarr", address),
      err: "",
    });
    handshakes = 0;
    expect(await command(["inspect", address], { NODE_EXTRA_CA_CERTS: "" })).toEqual({
      code: 1,
      out: "",
      err: `error: ${address}/zarr.json could not be read: nobody whom this machine trusts has signed the server's certificate (self-signed certificate); NODE_EXTRA_CA_CERTS names a file of further signers.\n`,
    });
    // It would not be another one a moment later.
    expect(handshakes).toBe(1);
  } finally {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  }
});
