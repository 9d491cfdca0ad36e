// Runs commands in a temporary folder, with streams that remember what was written.
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { main } from "@minisim/cli";
import { afterEach, beforeEach } from "vitest";

export interface Run {
  readonly code: number;
  readonly out: string;
  /** Without the line of the estimate, which depends on the machine. */
  readonly err: string;
  /** That line. */
  readonly estimate?: string | undefined;
}

export interface RunOptions {
  readonly signal?: AbortSignal;
  readonly isTTY?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  /** Sees every piece of stderr as it is written. */
  readonly onErr?: (text: string) => void;
  /** The command line under test; that of the package where absent. */
  readonly main?: typeof main;
}

let folder = "";

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "minisim-cli-")));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

export const at = (...names: string[]): string => join(folder, ...names);

export function write(name: string, text: string): string {
  writeFileSync(at(name), text);
  return name;
}

export async function minisim(argv: readonly string[], options: RunOptions = {}): Promise<Run> {
  const out: string[] = [];
  const err: string[] = [];
  const { signal = new AbortController().signal, isTTY = false, env = {}, onErr } = options;
  const code = await (options.main ?? main)(argv, {
    stdout: { write: (text) => out.push(text), isTTY },
    stderr: {
      isTTY,
      write: (text) => {
        err.push(text);
        onErr?.(text);
      },
    },
    cwd: folder,
    env,
    signal,
  });
  return { code, out: out.join(""), ...apart(err.join("")) };
}

const ESTIMATE = /^estimate: .*\n/m;

/** What a command says on stderr, and its estimate apart. */
export const apart = (text: string) => ({
  err: text.replace(ESTIMATE, ""),
  estimate: ESTIMATE.exec(text)?.[0],
});

/** A recording of a fraction of a second: 24 × 20 px, some cells, all that pictures need. */
export const TINY = `
acquisition:
  duration_s: 1
  optics: { magnification: 3 }
  image_sensor: { n_px_height: 24, n_px_width: 20, pixel_pitch_um: 12 }
seed: 3
steps:
  - kind: place_neurons
    density_per_mm3: 40000
    depth_range_um: [20, 60]
  - kind: cell_activity
  - kind: optics
  - kind: composite
  - kind: brain_motion
    max_shift_um: 3
    motion_amplitude_um: 2
  - kind: sensor
    photons_per_um2_s: 500
`;
