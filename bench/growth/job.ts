// One process of the bench of growth, whose processor time and memory are its own; prints what it cost, as JSON:
//   tsx bench/growth/job.ts '{"what": "store", "path": "/tmp/r.zarr", "duration_s": 15, "n_px": 608, "workers": 1}'
import { readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { expectedWork } from "@minisim/pipeline";
import { openCache } from "@minisim/sweep/node";
import { builtin, compile, preset, slots, vary } from "minisim";
import { finishShards, simulateShard, simulateToStore } from "minisim/node";

export interface Job {
  /** "shard" leaves its part for "finish"; the others keep nothing. */
  readonly what: "compile" | "store" | "shard" | "finish";
  readonly path: string;
  readonly duration_s: number;
  readonly n_px: number;
  readonly workers?: number;
  readonly shard?: { readonly number: number; readonly of: number };
  /** The folder of a cache in which the scene is compiled, as shards do; absent: alone. */
  readonly scene?: string;
}

/** Seconds of processor time of all threads, but for `clock_s`. */
export interface Cost {
  readonly frames: number;
  readonly start_s: number;
  readonly compile_s: number;
  readonly rest_s: number;
  readonly clock_s: number;
  readonly peak_rss_bytes: number;
  readonly cells: number;
  readonly delivery_share: number;
  readonly store_bytes: number;
  readonly files: number;
  /** Expected from the spec alone. */
  readonly expected: { readonly compile_bytes: number; readonly worker_bytes: number };
}

const spent = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

async function run({
  what,
  path,
  duration_s,
  n_px,
  workers = 1,
  shard,
  scene,
}: Job): Promise<Cost> {
  const start_s = spent();
  const began = performance.now();
  const spec = vary(preset("miniscope_v4/ca1", { duration_s })!, {
    "acquisition.image_sensor.n_px_height": n_px,
    "acquisition.image_sensor.n_px_width": n_px,
  });
  const key = builtin.Spec.cacheKey(builtin.Spec.parse(spec));
  const shared = scene && (await openCache(scene).shareScene(key, { number: 1, of: 1 }));
  const options = shared ? { share: shared.works.share } : {};
  const plan = what === "finish" ? undefined : compile(spec, options);
  const compiled_s = spent();
  let delivery_share = 0;
  let [store_bytes, files] = [0, 0];
  if (plan && what === "store") {
    const { profile } = await simulateToStore(plan, path, { workers });
    const sum = (of: "render_s" | "deliver_s") =>
      profile.render?.workers.reduce((total, worker) => total + worker[of], 0) ?? 0;
    delivery_share = sum("deliver_s") / (sum("render_s") + sum("deliver_s"));
  }
  if (plan && what === "shard") await simulateShard(plan, path, { workers, shard: shard! });
  if (what === "finish") await finishShards(path);
  const end_s = spent();
  const clock_s = (performance.now() - began) / 1000;
  if (what === "store" || what === "finish") {
    const sizes = readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => statSync(join(entry.parentPath, entry.name)).size);
    files = sizes.length;
    store_bytes = sizes.reduce((sum, size) => sum + size, 0);
    rmSync(path, { recursive: true });
  }
  const { compile_bytes, worker_bytes } = expectedWork(builtin.Spec.parse(spec), builtin.steps);
  return {
    frames: Math.round(duration_s * spec.acquisition.fps),
    start_s,
    compile_s: compiled_s - start_s,
    rest_s: end_s - compiled_s,
    clock_s,
    peak_rss_bytes: process.resourceUsage().maxRSS * 1024,
    cells: plan?.scene.get(slots.cells).count ?? 0,
    delivery_share,
    store_bytes,
    files,
    expected: { compile_bytes, worker_bytes },
  };
}

process.stdout.write(`${JSON.stringify(await run(JSON.parse(process.argv[2]!)))}\n`);
