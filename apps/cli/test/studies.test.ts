// The studies with real pipelines, in small and without these: sweep, table, figure; and the plans of the whole ones.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { at, minisim } from "./harness.ts";

const studies = fileURLToPath(new URL("../../../examples/studies/", import.meta.url));
const runner = fileURLToPath(import.meta.resolve("@minisim/build/run"));

async function table(name: string): Promise<Record<string, number>[]> {
  const argv = ["sweep", `${studies}${name}/small.yaml`, "-o", name, "--cache", "cache", "-q"];
  expect(await minisim(argv)).toMatchObject({ code: 0, err: "" });
  const [head, ...lines] = readFileSync(at(name, "table.csv"), "utf8").trim().split(/\r?\n/);
  const names = head!.split(",");
  return lines.map((line) => {
    const cells = line.split(",");
    return Object.fromEntries(names.map((field, i) => [field, Number(cells[i])]));
  });
}

function figure(name: string): string {
  execFileSync(process.execPath, [runner, `${studies}draw.ts`, name, at(name), at(`${name}.svg`)]);
  return readFileSync(at(`${name}.svg`), "utf8");
}

test("background takes detectable cells away, and traces of those that are left", async () => {
  const [without, much] = await table("background");
  expect(much!.n_detectable).toBeLessThan(without!.n_detectable!);
  expect(much!.oracle_median_trace_corr).toBeLessThan(without!.oracle_median_trace_corr!);
  expect(figure("background").match(/<circle/g)!.length).toBeGreaterThan(6);
});

test("the plan is as large as its page says", async () => {
  const argv = ["sweep", `${studies}background/sweep.yaml`, "--dry-run", "--json", "--cache", "c"];
  const plan = JSON.parse((await minisim(argv)).out);
  expect([plan.points, plan.not_included]).toEqual([4, ["naive", "suite2p"]]);
});
