// The studies with real pipelines, in small and without these: sweep, table, figure; and the plans of the whole ones.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { at, minisim } from "./harness.ts";

const studies = fileURLToPath(new URL("../../../examples/studies/", import.meta.url));
const runner = fileURLToPath(import.meta.resolve("@minisim/build/run"));

async function table(name: string, ...words: string[]): Promise<Record<string, number>[]> {
  const small = `${studies}${name}/small.yaml`;
  const argv = ["sweep", small, "-o", name, "--cache", "cache", "-q", ...words];
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

test("motion blurs the means of a pipeline that does not correct it, and not what knows it", async () => {
  const [still, moving] = await table("motion");
  expect(moving!.naive_median_trace_corr).toBeLessThan(still!.naive_median_trace_corr! - 0.1);
  expect(moving!.oracle_median_trace_corr).toBeGreaterThan(still!.oracle_median_trace_corr! - 0.02);
  expect(figure("motion").match(/<circle/g)!.length).toBeGreaterThan(6);
});

test("true spikes are worth all that spikes can be, in every bin that a frame fits into", async () => {
  const child = fileURLToPath(new URL("run-child.ts", import.meta.url));
  const truth = `"${process.execPath}" "${runner}" "${child}" export {recording} --to npz -o {estimate} -q`;
  const points = await table("spikes", "--pipeline", `truth=${truth}`);
  expect(points).toHaveLength(4);
  for (const point of points) {
    for (const bin of ["100ms", "500ms", "1s"]) {
      expect(point[`truth_median_count_corr_${bin}`]).toBeCloseTo(1, 12);
    }
  }
  // Three panels, two lines of two points, and a legend of two.
  expect(figure("spikes").match(/<circle/g)).toHaveLength(3 * 2 * 2 + 2);
});

test("cells of a small d′ are found less often, and the tables say where half of them are", async () => {
  const [dim, bright] = await table("detectability");
  expect(dim!.n_detectable).toBeLessThan(bright!.n_detectable!);
  const script = `${studies}detectability/draw.ts`;
  const argv = [runner, script, at("who.svg"), at("detectability")];
  const said = execFileSync(process.execPath, argv, { encoding: "utf8" });
  const numbersOf = (start: string) =>
    [
      ...said
        .slice(said.indexOf(start))
        .match(/[^\n]*/)![0]
        .matchAll(/[\d.]+/g),
    ].map(Number);
  // Found and all, of the lowest bin of d′ and of the highest.
  const shares = numbersOf("| naive |  |");
  expect(shares[0]! / shares[1]!).toBeLessThan(0.3);
  expect(shares.at(-2)! / shares.at(-1)!).toBeGreaterThan(0.7);
  const half = Number(/half are found.*\n\| naive \| ([\d.]+) \(/.exec(said)![1]);
  expect(half).toBeGreaterThan(5);
  expect(half).toBeLessThan(30);
  expect(readFileSync(at("who.svg"), "utf8").match(/<circle/g)!.length).toBeGreaterThan(10);
});

test.each([
  ["background/sweep.yaml", 4, ["naive", "suite2p"]],
  ["motion/sweep.yaml", 5, ["naive", "suite2p"]],
  ["spikes/sweep.yaml", 12, ["suite2p"]],
  ["detectability/ca1.yaml", 8, ["naive", "suite2p"]],
  ["detectability/cortex_l23.yaml", 8, ["naive", "suite2p"]],
  ["detectability/striatum.yaml", 8, ["naive", "suite2p"]],
  ["detectability/minian.yaml", 2, ["minian"]],
])("the plan of %s is as large as its page says", async (file, points, pipelines) => {
  const argv = ["sweep", `${studies}${file}`, "--dry-run", "--json", "--cache", "c"];
  const plan = JSON.parse((await minisim(argv)).out);
  expect([plan.points, plan.not_included]).toEqual([points, pipelines]);
});
