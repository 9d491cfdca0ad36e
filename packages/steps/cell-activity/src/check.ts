// Rules between fields.
import type { CheckContext, Finding, Frozen } from "@minisim/spec";
import type { z } from "zod";
import { checkOwn } from "./check-own.ts";
import type { cellActivityParams } from "./params.ts";
import { responseOf } from "./response.ts";

/** Time constants nearer to each other than this cancel in the transient, their difference. */
const LONGEST_RISE = 0.999;

export function checkCellActivity({
  params,
  acquisition,
  geometry,
}: CheckContext<Frozen<z.output<typeof cellActivityParams>>>): Finding[] {
  const { taus } = responseOf(params);
  const findings: Finding[] = [];
  if (taus.tau_rise_s > LONGEST_RISE * taus.tau_decay_s) {
    const isOwn = params.tau_rise_s === "auto";
    findings.push({
      severity: "error",
      code: "rise_not_shorter",
      path: [isOwn ? "tau_decay_s" : "tau_rise_s"],
      message: isOwn
        ? `must be longer than tau_rise_s, ${shown(taus.tau_rise_s)} s, by a thousandth at least (got ${taus.tau_decay_s}).`
        : `must be shorter than tau_decay_s, ${shown(taus.tau_decay_s)} s, by a thousandth at least (got ${taus.tau_rise_s}).`,
      involves: [[isOwn ? "tau_rise_s" : "tau_decay_s"], ["indicator"]],
    });
  }
  if (params.tau_decay_s !== "auto" && params.tau_decay_s * acquisition.fps < 1) {
    findings.push({
      severity: "error",
      code: "decay_below_frame",
      path: ["tau_decay_s"],
      message: `must be at least one frame, ${1 / acquisition.fps} s (got ${params.tau_decay_s}).`,
      involves: [["acquisition", "fps"]],
    });
  }
  findings.push(...checkOwn(params, { fps: acquisition.fps, n_frames: geometry.n_frames }));
  if (params.f0 === 0 && (params.indicator !== "linear" || params.dff)) {
    findings.push({
      severity: "error",
      code: "no_resting_light",
      path: ["f0"],
      message: `must be more than 0: all light of ${params.dff ? "your traces" : params.indicator} is a multiple of it (only linear can be dark at rest).`,
      involves: [["indicator"], ["dff"]],
    });
  }
  if (params.burst_interval_s < params.refractory_s) {
    findings.push({
      severity: "error",
      code: "interval_below_refractory",
      path: ["burst_interval_s"],
      message: `must be at least refractory_s, ${params.refractory_s} s (got ${params.burst_interval_s}).`,
      involves: [["refractory_s"]],
    });
  }
  return findings;
}

const shown = (value: number): number => Number(value.toPrecision(3));
