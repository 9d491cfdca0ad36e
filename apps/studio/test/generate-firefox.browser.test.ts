// Files from the page in Firefox: the bytes are Node's.
import { createHash } from "node:crypto";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { exportRecording } from "@minisim/interop";
import { compile, liveRecording, Spec } from "minisim";
import { afterAll, beforeAll, expect, test } from "vitest";
import { visitInFirefox } from "./firefox.ts";
import { buildSite } from "./site.ts";

const FORMATS = ["tiff", "avi", "nwb"];

const SCRIPT = `
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
    for await (const handle of own.values()) hashes[format] = await sha256(await handle.getFile());
    page.document.querySelector("[data-test=empty]").click();
    await until("an empty storage", () => /^Nothing/.test(page.document.querySelector("[data-test=kept]").textContent));
    for await (const name of own.keys()) problems.push(name + " was left");
  }
  return { spec: studio.spec, hashes };
`;

interface Answer {
  readonly spec: unknown;
  readonly hashes: Record<string, string>;
}

let built = "";
beforeAll(async () => {
  built = await buildSite();
});
afterAll(() => rmSync(built, { recursive: true, force: true }));

test("BigTIFF, AVI and NWB", () =>
  visitInFirefox<Answer>({ built, isolated: false, script: SCRIPT }, async (answer, folder) => {
    expect(answer.failure).toBeUndefined();
    expect(answer.problems).toEqual([]);
    const plan = compile(Spec.parse(answer.spec));
    for (const format of FORMATS) {
      const path = join(folder, format);
      await exportRecording(liveRecording(plan), format, path);
      const hash = createHash("sha256").update(readFileSync(path)).digest("hex");
      expect(answer.hashes[format], format).toBe(hash);
    }
  }));
