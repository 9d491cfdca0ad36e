// Compares our recordings of classic/ca1 with an independent NumPy implementation of the first edition's physics, statistic by statistic,
// over several seeds, and prints the table of docs/validation.md:
//   npx tsx -C @minisim/source bench/profile.ts 12 > table.md
import { readFileSync } from "node:fs";
import { preset, type StepInput } from "minisim";
import { measure, type Statistics } from "./statistics.ts";

const seeds = Number(process.argv[2] ?? 6);
const theirs: Statistics[] = JSON.parse(
  readFileSync(new URL("./fixtures/profile_v4_ca1.json", import.meta.url), "utf8"),
).seeds;

const ours: Statistics[] = [];
for (let seed = 0; seed < seeds; seed++) {
  const extra_steps: StepInput[] = [{ kind: "bleaching" }, { kind: "brain_motion" }];
  ours.push(await measure(preset("classic/ca1", { duration_s: 10, seed, extra_steps })!));
}

const lines = ["| statistic | theirs (6 seeds) | ours | difference |", "|---|---|---|---|"];
for (const name of Object.keys(ours[0]!)) {
  const width = [ours[0]![name]!].flat().length;
  for (let i = 0; i < width; i++) {
    const a = theirs.map((statistics) => [statistics[name]!].flat()[i]!);
    const b = ours.map((statistics) => [statistics[name]!].flat()[i]!);
    const label = width > 1 ? `${name}[${i}]` : name;
    lines.push(`| ${label} | ${describe(a)} | ${describe(b)} | ${compare(a, b)} |`);
  }
}
process.stdout.write(`${lines.join("\n")}\n`);

function describe(values: number[]): string {
  const range = [Math.min(...values), Math.max(...values)].map((v) => Number(v.toPrecision(4)));
  return `${Number(mean(values).toPrecision(4))} (${range[0]} … ${range[1]})`;
}

/** Difference of the means over its standard error (Welch's t). Beyond ±4 it is marked: 1 in 2000 by chance at ~8 degrees of freedom. */
function compare(a: number[], b: number[]): string {
  const error = Math.sqrt(variance(a) / a.length + variance(b) / b.length);
  const difference = mean(b) - mean(a);
  if (error === 0) return difference === 0 ? "equal" : "**differs**";
  const t = difference / error;
  return `${t.toFixed(1)} σ${Math.abs(t) > 4 ? " **" : ""}`;
}

function mean(values: number[]): number {
  return values.reduce((a, b) => a + b, 0) / values.length;
}

function variance(values: number[]): number {
  const centre = mean(values);
  return values.reduce((total, value) => total + (value - centre) ** 2, 0) / (values.length - 1);
}
