// minisim inspect: what is in a store.
import { summarize } from "minisim";
import { openRecording } from "minisim/node";
import { simulatorWith } from "../plugins.ts";
import { bytes, columns, json, lines, short, wrap } from "../print.ts";
import { recordingPlace } from "../stored.ts";
import { type Context, printWarnings } from "./context.ts";

export interface InspectOptions {
  readonly plugin: readonly string[];
  readonly json?: boolean;
}

export async function inspect(context: Context, store: string, options: InspectOptions) {
  const { io, out } = context;
  const simulator = await simulatorWith(options.plugin, io);
  const stored = await openRecording(recordingPlace(io.cwd, store), { simulator });
  const summary = await summarize(stored, { signal: io.signal });
  const snapshots = stored.arrays.slice(1).map((path) => path.slice("snapshots/".length));
  const packages = new Map(Object.entries(stored.step_packages));
  const steps = Object.entries(stored.step_revisions).map(([kind, revision]) => ({
    ...{ kind, revision, package: packages.get(kind) ?? null },
  }));
  if (options.json) return json(io, { path: store, ...summary, snapshots, steps });
  const { movie, cells, light, motion } = summary;
  const { frames, height, width, container, fps, pixel_size_um } = movie;
  const um = [height, width].map((px) => short(px * pixel_size_um)).join(" × ");
  const kinds = simulator.steps.map(({ kind }) => kind);
  // Those that are not here come last.
  const place = (kind: string) => (kinds.includes(kind) ? kinds.indexOf(kind) : kinds.length);
  const ordered = [...steps].sort((a, b) => place(a.kind) - place(b.kind));
  const sources = new Set(
    ordered.map((step) => step.package && `${step.package.name} ${step.package.version}`),
  );
  const rows: [string, string][] = [
    [
      "movie",
      `${frames} frames of ${height} × ${width} px, ${container}, ${bytes(movie.decoded_bytes)} decoded`,
    ],
    ["field", `${um} µm, ${short(pixel_size_um)} µm per pixel`],
    ["time", `${short(frames / fps)} s at ${fps} Hz`],
    [
      "cells",
      `${cells.n_units} in view, ${cells.n_detectable} detectable, ${cells.n_in_focus} in focus`,
    ],
    ["detection SNR", distribution(cells.detection_snr)],
    ["spike rate", `${distribution(cells.spike_rate_hz)} Hz`],
    ["focal depth", summary.focal_depth_um === null ? "–" : `${short(summary.focal_depth_um)} µm`],
    [
      "light",
      light === null
        ? "–"
        : `mean ${short(light.mean)}, 1 % ${short(light.p1)}, median ${short(light.p50)}, 99 % ${short(light.p99)}, max ${short(light.max)}`,
    ],
    [
      "saturated",
      light?.saturated_fraction == null ? "–" : `${percent(light.saturated_fraction)} of pixels`,
    ],
    ["motion", motion === null ? "–" : `dy ${range(motion.dy_um)}, dx ${range(motion.dx_um)} µm`],
    ["snapshots", snapshots.join(", ") || "–"],
    ["steps", ordered.map(({ kind, revision }) => `${kind}@${revision}`).join(", ")],
    ["packages", [...sources].filter((source) => source !== null).join(", ") || "–"],
    ["truth", summary.truth_fields.join(", ")],
    ["seed, key", `${summary.seed}, ${summary.cache_key}`],
  ];
  lines(io, [
    out.bold(store),
    ...columns(
      rows.flatMap(([name, value]) =>
        wrap(value, 84).map((line, i) => [i === 0 ? out.dim(name) : "", line]),
      ),
      "  ",
    ),
  ]);
  printWarnings(
    context,
    summary.warnings.map(({ message }) => message),
  );
}

const percent = (share: number): string =>
  share > 0 && share < 1e-5 ? "under 0.001 %" : `${short(share * 100)} %`;

const range = ([low, high]: readonly [number, number]): string => `${short(low)} … ${short(high)}`;

const distribution = ({
  p10,
  p50,
  p90,
}: {
  p10: number | null;
  p50: number | null;
  p90: number | null;
}) => `10 % ${short(p10)}, median ${short(p50)}, 90 % ${short(p90)}`;
