// What the simulator costs on this machine: npm run bench [-- --json] [-- --quick] [-- --hour] [-- --python]
// Runs on the built packages, as users do. The standard job is Miniscope V4 × CA1 with all twelve steps, 150 s at 20 fps, 608² px, streamed to disk with its full truth.
import { spawnSync } from "node:child_process";
import { availableParallelism, cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import type { Cost, Job } from "./job.ts";

// As JavaScript: a loader of TypeScript would stay in every worker thread, with 30 MiB and a tenth of a second each.
const script = fileURLToPath(new URL("./dist/job.mjs", import.meta.url));
buildSync({
  entryPoints: [fileURLToPath(new URL("./job.ts", import.meta.url))],
  outfile: script,
  format: "esm",
  platform: "node",
});
const flags = new Set(process.argv.slice(2));
const quick = flags.has("--quick");
const standard = quick ? 15 : 150;

function cost(job: Job): Cost {
  const { stdout, stderr, status } = spawnSync(process.execPath, [script, JSON.stringify(job)], {
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

const axial = { axial_motion_um: 5 };
const smooth = { nonrigid_um: 3, rotation_deg: 0.5 };
const jobs: Record<string, Job> = {
  "standard job, all cores": { duration_s: standard },
  "standard job, 1 worker": { duration_s: standard, workers: 1 },
  "standard job, in this thread": { duration_s: standard, workers: 0 },
  "with a moving focus": { duration_s: standard, motion: axial },
  "with rotation and bending": { duration_s: standard, motion: smooth },
  "with all of these": { duration_s: standard, motion: { ...axial, ...smooth } },
  "half the cells": { duration_s: standard / 3, density: 0.5 },
  "a third of the length": { duration_s: standard / 3 },
  "twice the cells": { duration_s: standard / 3, density: 2 },
  "a quarter of the pixels (304²)": { duration_s: standard / 3, n_px: 304 },
  "four times the pixels (1216²)": { duration_s: standard / 15, n_px: 1216 },
  ...(flags.has("--hour") ? { "one hour": { duration_s: 3600 } } : {}),
};

/** What a bench of a package prints, on its sources. */
function printed(file: string): string {
  const path = fileURLToPath(new URL(`../${file}`, import.meta.url));
  const args = ["-C", "@minisim/source", "--import", "tsx", path];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return stdout.trim();
}

interface Rate {
  readonly frames_per_s: number;
  readonly peak_rss_mib: number;
}

/** The standard job in the Python simulator of the same physics, on this machine; .ci/interop-venv.sh makes its interpreter. */
function python(): Rate {
  const file = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));
  const args = [file("bench/python_minisim.py")];
  const { stdout, stderr, status, error } = spawnSync(file(".venv-minisim/bin/python"), args, {
    encoding: "utf8",
  });
  if (status !== 0) throw error ?? new Error(stderr);
  return JSON.parse(stdout.trim().split("\n").at(-1)!);
}

const results = Object.fromEntries(Object.entries(jobs).map(([name, job]) => [name, cost(job)]));
const first = results["standard job, all cores"]!;
const other = flags.has("--python") ? python() : undefined;

if (flags.has("--json")) {
  const all = other ? { ...results, "Python simulator": other } : results;
  process.stdout.write(`${JSON.stringify(all, null, 2)}\n`);
} else {
  const lines = [
    `${cpus()[0]?.model}, ${availableParallelism()} cores, Node ${process.version}`,
    "",
    "| job | frames | cells | compile s | stream ms/frame | CPU ms/frame | frames/s, whole | peak RSS MiB |",
    "|---|---|---|---|---|---|---|---|",
    ...Object.entries(results).map(([name, c]) =>
      [
        `| ${name}`,
        c.frames,
        c.cells,
        (c.compile_ms / 1000).toFixed(2),
        (c.stream_ms / c.frames).toFixed(2),
        (c.cpu_ms / c.frames).toFixed(2),
        c.frames_per_s.toFixed(0),
        `${c.peak_rss_mib.toFixed(0)} |`,
      ].join(" | "),
    ),
    "",
    ...(other
      ? [
          `The Python simulator of the same physics, without the truth: ${other.frames_per_s.toFixed(1)} frames/s, ` +
            `${other.peak_rss_mib.toFixed(0)} MiB. The first line is ${(first.frames_per_s / other.frames_per_s).toFixed(1)} times that.`,
        ]
      : []),
    "",
    "matching footprints",
    "",
    ...printed("packages/scoring/bench/match.ts")
      .split("\n")
      .map((line) => `    ${line}`),
    "",
    "compile of the standard job, ms by step",
    "",
    ...Object.entries(first.compile_by_step_ms).map(
      ([kind, ms]) => `    ${kind.padEnd(22)}${ms.toFixed(0).padStart(6)}`,
    ),
  ];
  process.stdout.write(`${lines.join("\n")}\n`);
}
