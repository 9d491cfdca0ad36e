// A new built-in step from its two words: in a copy of this checkout it is made, conforms, and is known to the command line.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { copyCheckout } from "../../tools/build/src/checkout.mjs";
import { execute } from "./run.ts";

let away = "";
let copy = "";
beforeAll(() => {
  away = mkdtempSync(join(tmpdir(), "minisim-new-step-"));
  copy = join(away, "checkout");
  copyCheckout(copy);
});
afterAll(() => rmSync(away, { recursive: true, force: true }));

test.each(["tissue soft_haze", "sensor lens_flare"])("pnpm new-step %s", async (words) => {
  const kind = words.split(" ")[1]!;
  await execute("npm", ["run", "--silent", "new-step", "--", ...words.split(" ")], copy);
  const known = await execute("npx", ["minisim", "steps", kind], copy);
  expect(known).toContain(`${kind}  ${words.split(" ")[0]} step`);
  const strength = `steps.${kind}={strength: 0.5}`;
  const made = await execute(
    "npx",
    ["minisim", "simulate", "examples/minimal.yaml", "-o", `../${kind}.zarr`, "--set", strength],
    copy,
  );
  expect(made).toContain("movie");
  await expect(
    execute("npm", ["run", "--silent", "new-step", "--", "everywhere", kind], copy),
  ).rejects.toThrow(/DOMAIN is one of tissue, sensor[\s\S]*There is a step/);
});

test("what was made passes the checks of this house", async () => {
  await execute("npx", ["biome", "check", "."], copy);
  await execute("npx", ["tsc", "--noEmit"], copy);
  const order = "packages/minisim/test/order.test.ts";
  await execute("npx", ["vitest", "run", "--project", "unit", order, "tools"], copy);
});
