// One job in a process of its own, so that its memory is its own: simulates V4 × CA1 into a store and prints what it cost, as JSON. standard.ts
// compiles and runs it:
//   node bench/dist/job.mjs '{"duration_s": 150, "workers": 2}'
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSpec, regions, vary } from "minisim";
import { simulateToStore } from "minisim/node";

export interface Job {
  readonly duration_s: number;
  readonly workers?: number;
  /** Relative to the preset. */
  readonly density?: number;
  /** Side of a square sensor. */
  readonly n_px?: number;
  /** Parameters of brain_motion beside its defaults. */
  readonly motion?: Readonly<Record<string, number>>;
}

export interface Cost {
  readonly frames: number;
  /** In view. */
  readonly cells: number;
  readonly compile_ms: number;
  readonly compile_by_step_ms: Readonly<Record<string, number>>;
  /** Render and store, after compile. */
  readonly stream_ms: number;
  readonly whole_ms: number;
  readonly frames_per_s: number;
  /** Of all threads: processor time, which neighbours on the machine change less than they do the clock. */
  readonly cpu_ms: number;
  readonly peak_rss_mib: number;
  /** Resident memory ten times a second or less, [seconds, MiB]. */
  readonly rss: readonly (readonly [number, number])[];
}

async function run({ duration_s, workers, density = 1, n_px, motion = {} }: Job): Promise<Cost> {
  const preset = buildSpec("miniscope_v4", "ca1", {
    duration_s,
    extra_steps: [{ kind: "bleaching" }, { kind: "brain_motion", ...motion }],
  });
  const spec = vary(preset, {
    "steps.place_neurons.density_per_mm3": regions.ca1.population.density_per_mm3 * density,
    ...(n_px !== undefined && {
      "acquisition.image_sensor.n_px_height": n_px,
      "acquisition.image_sensor.n_px_width": n_px,
    }),
  });

  const before = process.cpuUsage();
  const began = performance.now();
  const rss: [number, number][] = [];
  const sample = () => {
    const mib = process.memoryUsage.rss() / 2 ** 20;
    rss.push([(performance.now() - began) / 1000, Math.round(mib)]);
  };
  const timer = setInterval(sample, duration_s > 600 ? 1000 : 100);
  const folder = mkdtempSync(join(tmpdir(), "minisim-bench-"));
  try {
    const options = workers === undefined ? {} : { workers };
    const stored = await simulateToStore(spec, join(folder, "job.zarr"), options);
    const whole_ms = performance.now() - began;
    const cpu = process.cpuUsage(before);
    sample();
    const { compile_s } = stored.profile;
    const compile_ms = 1000 * Object.values(compile_s).reduce((a, b) => a + b, 0);
    const frames = stored.movie.shape[0];
    return {
      frames,
      cells: stored.ground_truth.n_units,
      compile_ms,
      compile_by_step_ms: Object.fromEntries(
        Object.entries(compile_s).map(([kind, seconds]) => [kind, 1000 * seconds]),
      ),
      stream_ms: whole_ms - compile_ms,
      whole_ms,
      frames_per_s: (1000 * frames) / whole_ms,
      cpu_ms: (cpu.user + cpu.system) / 1000,
      peak_rss_mib: Math.max(process.resourceUsage().maxRSS / 1024, ...rss.map(([, mib]) => mib)),
      rss,
    };
  } finally {
    clearInterval(timer);
    rmSync(folder, { recursive: true, force: true });
  }
}

process.stdout.write(`${JSON.stringify(await run(JSON.parse(process.argv[2] ?? "{}")))}\n`);
