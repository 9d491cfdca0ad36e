// inspect, render and export of a recording at an address of the web: what they make of its folder.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { at, minisim, TINY, write } from "./harness.ts";

const server = createServer((request, response) => {
  try {
    response.end(readFileSync(at(request.url!)));
  } catch {
    response.writeHead(404).end();
  }
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

test("a recording at an address is described, drawn and exported as one in a folder", async () => {
  write("tiny.yaml", TINY);
  await minisim(["simulate", "tiny.yaml", "-o", "r.zarr", "--quiet"]);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/r.zarr`;

  const near = await minisim(["inspect", "r.zarr"]);
  const far = await minisim(["inspect", address]);
  expect(far).toMatchObject({ code: 0, out: near.out.replace("r.zarr", address) });

  expect(
    await minisim(["render", address, "-o", "pictures", "--only", "max", "--quiet"]),
  ).toMatchObject({ code: 0, err: "" });
  await minisim(["render", "r.zarr", "-o", "near", "--only", "max", "--quiet"]);
  expect(readFileSync(at("pictures/max.png"), "hex")).toBe(readFileSync(at("near/max.png"), "hex"));

  for (const [source, output] of [
    [address, "far.tif"],
    ["r.zarr", "near.tif"],
  ]) {
    expect((await minisim(["export", source!, "-o", output!, "--quiet"])).code).toBe(0);
  }
  expect(readFileSync(at("far.tif"), "hex")).toBe(readFileSync(at("near.tif"), "hex"));

  expect(await minisim(["inspect", address.replace("r.zarr", "none.zarr")])).toMatchObject({
    code: 1,
    err: `error: There is no recording at ${address.replace("r.zarr", "none.zarr")}.\n`,
  });
});
