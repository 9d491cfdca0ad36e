// The built page in Firefox: the same bytes, a store, no errors; with and without shared memory.
import { createHash } from "node:crypto";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Spec } from "minisim";
import { simulateToStore } from "minisim/node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { visitInFirefox } from "./firefox.ts";
import { nodeHash } from "./node-preview.ts";
import { buildSite } from "./site.ts";

let built = "";
beforeAll(async () => {
  built = await buildSite();
});
afterAll(() => rmSync(built, { recursive: true, force: true }));

const SCRIPT = `
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
      if (handle.kind === "directory") await walk(handle, prefix + name + "/");
      else hashes[prefix + name] = await sha256(await handle.getFile());
    }
  };
  await walk(own, "");
  const { spec } = studio;
  return { window: studio.plan.window.spec, spec, hash, drawn, hashes, isolated: page.crossOriginIsolated };
`;

interface Answer {
  readonly window: unknown;
  readonly spec: unknown;
  readonly hash: string;
  readonly drawn: boolean;
  readonly hashes: Record<string, string>;
  readonly isolated: boolean;
}

test.each([true, false])("isolated: %s", (isolated) =>
  visitInFirefox<Answer>({ built, isolated, script: SCRIPT }, async (answer, folder) => {
    expect(answer.failure).toBeUndefined();
    expect(answer.problems).toEqual([]);
    expect(answer.isolated).toBe(isolated);
    expect(answer.drawn).toBe(true);
    expect(answer.hash).toBe(await nodeHash(answer.window, "sensor", 12));
    const names = Object.keys(answer.hashes);
    const name = names[0]!.split("/")[0]!;
    await simulateToStore(Spec.parse(answer.spec), join(folder, name), { workers: 1 });
    expect(names.length).toBeGreaterThan(20);
    for (const file of names) {
      const bytes = readFileSync(join(folder, file));
      expect(createHash("sha256").update(bytes).digest("hex"), file).toBe(answer.hashes[file]);
    }
  }),
);
