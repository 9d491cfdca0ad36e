// What is odd about an estimate and shows in no number: values that are left out, and how many they are.
import type { FootprintStack } from "@minisim/footprint";
import type { Rows } from "./metrics/estimate.ts";
import type { ScoreInput } from "./score-options.ts";

/** A sentence each. */
export function remarksOn({ footprints, C, S, shifts }: ScoreInput): string[] {
  const remarks: string[] = [];
  const units = footprints.length;
  const dark = darkCount(footprints);
  if (dark > 0) {
    remarks.push(
      `${dark} of ${units} footprints have no light (zero, negative or not finite): they count as estimates and match nothing.`,
    );
  }
  for (const [name, rows, score] of [
    ["C", C, "trace r"],
    ["S", S, "activity r"],
  ] as const) {
    const broken = rows === null ? 0 : brokenRows(rows);
    if (broken === 0) continue;
    remarks.push(
      `${name} is not finite in some frames of ${broken} of ${units} estimates: these have no ${score}.`,
    );
  }
  const lost = shifts === null ? 0 : brokenRows(shifts);
  if (lost > 0) {
    remarks.push(
      `The shifts of ${lost} of ${shifts!.shape[0]} frames are not finite: there is no motion error.`,
    );
  }
  return remarks;
}

function darkCount(footprints: FootprintStack): number {
  let dark = 0;
  for (let i = 0; i < footprints.length; i++) {
    if (!footprints.at(i).data.some((light) => light > 0 && light < Infinity)) dark += 1;
  }
  return dark;
}

/** Rows that hold NaN or an infinity. */
function brokenRows({ shape, data }: Rows): number {
  const [count, length] = shape as readonly [number, number];
  let broken = 0;
  for (let row = 0; row < count; row++) {
    if (!data.subarray(row * length, (row + 1) * length).every(Number.isFinite)) broken += 1;
  }
  return broken;
}
