// The worked study, with two points: sweep, table, figure.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { at, minisim } from "./harness.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const study = `${root}examples/study/`;

test("the study runs, and what it shows is true of two points", async () => {
  const plan = await minisim([
    "sweep",
    `${study}sweep.yaml`,
    "--dry-run",
    "--json",
    "--cache",
    "c",
  ]);
  expect(JSON.parse(plan.out).points).toBe(45);

  const argv = ["sweep", `${study}small.yaml`, "-o", "results", "--cache", "cache"];
  const { code, err } = await minisim(argv);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  const [head, ...lines] = readFileSync(at("results", "table.csv"), "utf8").trim().split(/\r?\n/);
  const names = head!.split(",");
  const [outside, inside] = lines.map((line) => {
    const cells = line.split(",");
    return Object.fromEntries(names.map((name, i) => [name, Number(cells[i])]));
  });
  // 90 µm from the layer only the largest transients are left to be told from noise; in it, the ceiling is above the floor in the median of dozens of cells.
  expect(inside!.oracle_n_true).toBeGreaterThan(10);
  expect(outside!.oracle_n_true).toBeLessThan(inside!.oracle_n_true! / 4);
  expect(inside!.oracle_median_trace_corr).toBeGreaterThan(inside!.roi_mean_median_trace_corr!);

  const runner = fileURLToPath(import.meta.resolve("@minisim/build/run"));
  execFileSync(process.execPath, [runner, `${study}draw.ts`, at("results"), at("study.svg")]);
  const svg = readFileSync(at("study.svg"), "utf8");
  expect(svg.match(/<circle/g)!.length).toBeGreaterThan(3);
});
