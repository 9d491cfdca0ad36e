// The second pass: rules between fields, on a spec whose values are valid one by one.

import { brief } from "./brief.ts";
import type { Path } from "./error.ts";
import { frozenCopy } from "./frozen.ts";
import { type Geometry, geometryOf } from "./geometry.ts";
import type { Issue } from "./issue.ts";
import type { Finding } from "./step-schema.ts";
import type { Draft, DraftStep } from "./structure.ts";

const sections: ReadonlySet<string | number> = new Set(["acquisition", "seed", "output"]);

/** What all rules find, except where one of the values they read is in `untrusted` (or around or inside one that is). */
export function findingsOf(draft: Draft, untrusted: readonly Path[] = []): Issue[] {
  const acquisition = frozenCopy(draft.acquisition);
  const geometry = geometryOf(acquisition);
  const isSound = ({ reads }: Placed) =>
    !reads.some((path) => untrusted.some((other) => overlap(path, other)));
  const found = [
    tooShort(draft, geometry),
    apertureBeyondIndex(draft),
    tooManyBits(draft),
    ...beyondSensor(draft),
  ];
  const issues = found.flatMap((one) => (one && isSound(one) ? [one.issue] : []));
  for (const step of draft.steps) {
    const context = { params: frozenCopy(step.params), acquisition, geometry };
    const findings = step.schema.check?.(context) ?? [];
    const own = findings.map((finding) => placed(finding, step)).filter(isSound);
    issues.push(
      ...brief(
        own.map(({ issue }) => issue),
        ["steps", step.index],
      ),
    );
  }
  return issues;
}

/** A finding in the spec, and all that its rule read. */
interface Placed {
  readonly issue: Issue;
  readonly reads: readonly Path[];
}

function placed(finding: Finding, step: DraftStep): Placed {
  const { severity, code, message, involves = [] } = finding;
  const path: Path = ["steps", step.index, ...finding.path];
  const reads = [path, ...involves.map((other) => absolute(other, step))];
  return { issue: { severity, code, path, message }, reads };
}

function tooShort({ acquisition }: Draft, geometry: Geometry): Placed | undefined {
  if (geometry.n_frames >= 1) return undefined;
  const path: Path = ["acquisition", "duration_s"];
  const message = `${acquisition.duration_s} s at ${acquisition.fps} frames per second hold no frame.`;
  const issue: Issue = { severity: "error", code: "no_frames", path, message };
  return { issue, reads: [path, ["acquisition", "fps"] as Path] };
}

function apertureBeyondIndex({ acquisition }: Draft): Placed | undefined {
  const { na } = acquisition.optics;
  const { refractive_index } = acquisition.tissue;
  if (na < refractive_index) return undefined;
  const path: Path = ["acquisition", "optics", "na"];
  const message = `A numerical aperture of ${na} is not below the refractive index of the tissue, ${refractive_index}.`;
  const issue: Issue = { severity: "error", code: "aperture_beyond_index", path, message };
  return { issue, reads: [path, ["acquisition", "tissue", "refractive_index"]] };
}

function tooManyBits({ acquisition }: Draft): Placed | undefined {
  const { adc_bits, bit_depth } = acquisition.image_sensor;
  if (adc_bits === "auto" || bit_depth <= adc_bits) return undefined;
  const path: Path = ["acquisition", "image_sensor", "bit_depth"];
  const message = `A converter of ${adc_bits} bits gives no movie of ${bit_depth} bits.`;
  const issue: Issue = { severity: "error", code: "more_bits_than_converted", path, message };
  return { issue, reads: [path, ["acquisition", "image_sensor", "adc_bits"]] };
}

function beyondSensor({ acquisition }: Draft): Placed[] {
  const { window, image_sensor } = acquisition;
  if (!window) return [];
  const sides = [
    ["top", "height", "n_px_height", "rows"],
    ["left", "width", "n_px_width", "columns"],
  ] as const;
  return sides.flatMap(([first, length, size, what]): Placed[] => {
    const end = window[first] + window[length];
    if (end <= image_sensor[size]) return [];
    const path: Path = ["acquisition", "window", length];
    const message = `The window ends behind ${what.slice(0, -1)} ${end - 1}, and the sensor has ${image_sensor[size]} ${what}, from 0 on.`;
    const issue: Issue = { severity: "error", code: "window_beyond_sensor", path, message };
    const reads: Path[] = [
      path,
      ["acquisition", "window", first],
      ["acquisition", "image_sensor", size],
    ];
    return [{ issue, reads }];
  });
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
