// Rules between fields.
import type { CheckContext, Finding, Frozen } from "@minisim/spec";
import type { z } from "zod";
import type { cellActivityParams } from "./params.ts";

/** Time constants nearer to each other than this cancel in the transient, their difference. */
const LONGEST_RISE = 0.999;

export function checkCellActivity({
  params,
  acquisition,
}: CheckContext<Frozen<z.output<typeof cellActivityParams>>>): Finding[] {
  const { tau_rise_s, tau_decay_s } = params;
  const findings: Finding[] = [];
  if (tau_rise_s > LONGEST_RISE * tau_decay_s) {
    findings.push({
      severity: "error",
      code: "rise_not_shorter",
      path: ["tau_rise_s"],
      message: `must be shorter than tau_decay_s, ${tau_decay_s} s, by a thousandth at least (got ${tau_rise_s}).`,
      involves: [["tau_decay_s"]],
    });
  }
  if (tau_decay_s * acquisition.fps < 1) {
    findings.push({
      severity: "error",
      code: "decay_below_frame",
      path: ["tau_decay_s"],
      message: `must be at least one frame, ${1 / acquisition.fps} s (got ${tau_decay_s}).`,
      involves: [["acquisition", "fps"]],
    });
  }
  return findings;
}
