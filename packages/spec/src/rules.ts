// The second pass: rules between fields, on a spec whose values are valid one by one.

import type { Path } from "./error.ts";
import { frozenCopy } from "./frozen.ts";
import { type Geometry, geometryOf } from "./geometry.ts";
import type { Issue } from "./issue.ts";
import type { Draft, DraftStep } from "./structure.ts";

const sections: ReadonlySet<string | number> = new Set(["acquisition", "seed", "output"]);

/** What all rules find, except where one of the values they read is in `untrusted` (or around or inside one that is). */
export function findingsOf(draft: Draft, untrusted: readonly Path[] = []): Issue[] {
  const acquisition = frozenCopy(draft.acquisition);
  const geometry = geometryOf(acquisition);
  const found = [tooShort(draft, geometry)];
  for (const step of draft.steps) {
    const context = { params: frozenCopy(step.params), acquisition, geometry };
    for (const finding of step.schema.check?.(context) ?? []) {
      const { severity, code, message, involves = [] } = finding;
      const path: Path = ["steps", step.index, ...finding.path];
      const reads = [path, ...involves.map((other) => absolute(other, step))];
      found.push({ issue: { severity, code, path, message }, reads });
    }
  }
  return found
    .filter((finding) => finding !== undefined)
    .filter(({ reads }) => !reads.some((path) => untrusted.some((other) => overlap(path, other))))
    .map(({ issue }) => issue);
}

function tooShort({ acquisition }: Draft, geometry: Geometry) {
  if (geometry.n_frames >= 1) return undefined;
  const path: Path = ["acquisition", "duration_s"];
  const message = `${acquisition.duration_s} s at ${acquisition.fps} frames per second hold no frame.`;
  const issue: Issue = { severity: "error", code: "no_frames", path, message };
  return { issue, reads: [path, ["acquisition", "fps"] as Path] };
}

function absolute(path: Path, step: DraftStep): Path {
  return path[0] !== undefined && sections.has(path[0]) ? path : ["steps", step.index, ...path];
}

/** Whether one path is the other or leads to it. */
function overlap(a: Path, b: Path): boolean {
  const length = Math.min(a.length, b.length);
  for (let place = 0; place < length; place++) if (a[place] !== b[place]) return false;
  return true;
}
