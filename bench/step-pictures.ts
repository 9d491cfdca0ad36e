// A picture for the README of every step: what it does to a corner of a Miniscope V4 recording of CA1, before and after at one
// contrast. Parameters are plausible, but large enough to be seen. Writes packages/steps/*/picture.png; with kinds as arguments, those:
//   npm run pictures [-- neuropil sensor]
import { writeFileSync } from "node:fs";
import process from "node:process";
import { seriesFigure, traceFigure } from "@minisim/figures";
import { toPng } from "@minisim/figures/node";
import { compile, regions, type StepInput, scopes } from "minisim";
import type { IndicatorName } from "../packages/steps/cell-activity/src/indicators.ts";
import { responseOf } from "../packages/steps/cell-activity/src/response.ts";
import { kernelPeak } from "../packages/steps/cell-activity/src/timing.ts";
import {
  crop,
  FPS,
  footprints,
  frame,
  mean,
  PIXEL_SIZE_UM,
  pair,
  SIDE,
  scaled,
  scene,
} from "./scene.ts";

const NEUROPIL: StepInput = { kind: "neuropil", level: 10 };
const CLOSE = 120;
const MIDDLE = (SIDE - CLOSE) / 2;
const closeUp = (field: Parameters<typeof crop>[0]) => crop(field, MIDDLE, MIDDLE, CLOSE);

/** By the kind of step; a second picture of one is named behind a slash. */
const pictures: Record<string, () => Promise<string>> = {
  async place_neurons() {
    const planted = async (morphology: "soma" | "cytosolic") => {
      const { ground_truth } = await scene({ population: { morphology }, duration_s: 0.1 });
      return closeUp(footprints(ground_truth.planted));
    };
    return pair(
      "Planted footprints",
      "The same cells in perfect focus: each peaks at 1, overlaps add.",
      [
        { field: await planted("soma"), caption: 'morphology "soma"' },
        { field: await planted("cytosolic"), caption: 'morphology "cytosolic"' },
      ],
      [0, 1.3],
    );
  },

  async cell_activity() {
    const duration_s = 30;
    const { ground_truth } = await scene({ duration_s, until: "cell_activity" });
    const frames = duration_s * FPS;
    const { offsets, data } = ground_truth.spike_times_s;
    const rows = [...Array(7).keys()].map((unit) => ({
      name: `${unit}`,
      note: `${offsets[unit + 1]! - offsets[unit]!}`,
      trace: ground_truth.C.data.slice(unit * frames, (unit + 1) * frames),
      spikeTimesS: data.slice(offsets[unit]!, offsets[unit + 1]!),
    }));
    return traceFigure({
      rows,
      fps: FPS,
      frames,
      title: "Activity of seven cells",
      subtitle: "Clean light of GCaMP6f, each trace on its own scale; ticks are spikes.",
      nameHead: "cell",
      noteHead: "spikes",
    });
  },

  async "cell_activity/indicators"() {
    const panels = [
      { name: "GCaMP6", top: 0.25, of: { f: "gcamp6f", m: "gcamp6m", s: "gcamp6s" } },
      { name: "jGCaMP7 and OGB-1", top: 0.75, of: { f: "gcamp7f", s: "gcamp7s", "OGB-1": "ogb1" } },
      { name: "jGCaMP8", top: 1.25, of: { f: "gcamp8f", m: "gcamp8m", s: "gcamp8s" } },
    ] as const;
    return seriesFigure({
      title: "One spike of each indicator",
      subtitle: "ΔF/F₀ after a single action potential, without noise.",
      panels: panels.map(({ name, top, of }) => ({
        x: { label: `seconds after the spike, ${name}`, low: 0, high: 1 },
        y: { label: "ΔF/F₀", low: 0, high: top },
        series: Object.entries(of).map(([label, indicator]) => ({
          label,
          points: singleSpike(indicator),
        })),
      })),
    });
  },

  async bleaching() {
    const steps: StepInput[] = [
      { kind: "bleaching", bleach_susceptibility: 0.004 },
      { kind: "illumination_profile", falloff: 0.3 },
    ];
    const recording = await scene({ steps, duration_s: 40, until: "composite" });
    const last = 40 * FPS;
    return pair(
      "Bleaching",
      "Mean of 10 s. The lamp is brightest in the middle: cells there fade most.",
      [
        { field: mean(recording, 0, 10 * FPS), caption: "first 10 s" },
        { field: mean(recording, last - 10 * FPS, last), caption: "last 10 s of 40" },
      ],
    );
  },

  async optics() {
    const sharp = await scene();
    const { ground_truth: truth } = sharp;
    const gain = [...truth.observed_gain!.data].sort()[truth.n_units >> 1]!;
    const observed = async (focal_depth_um: number) =>
      footprints((await scene({ focal_depth_um })).ground_truth.observed_footprints);
    const focused = closeUp(await observed(truth.focal_depth_um!));
    const defocused = closeUp(await observed(truth.focal_depth_um! - 100));
    return pair(
      "Footprints before and after the optics",
      "Scatter blurs cells at 145 µm depth even in focus. Defocus spreads their light, and loses none.",
      [
        {
          field: scaled(closeUp(footprints(truth.planted)), gain),
          caption: "planted × median gain",
        },
        { field: focused, caption: "in focus" },
        { field: defocused, caption: "focused 100 µm too high" },
      ],
      [0, 0.7 * gain],
    );
  },

  async composite() {
    const direct = await scene();
    const whole = await scene({ halo_fraction: regions.ca1.tissue.halo_fraction });
    const light = frame(direct, 40);
    const lit = frame(whole, 40);
    const halo = {
      ...lit,
      data: Float64Array.from(lit.data, (value, i) => 5 * (value - light.data[i]!)),
    };
    return pair(
      "The light of all cells",
      "One frame. Light that scatters on its way out comes out as a wide halo around each cell.",
      [
        { field: light, caption: "direct light" },
        { field: halo, caption: "their halos, five times as bright" },
        { field: lit, caption: "both" },
      ],
    );
  },

  async neuropil() {
    const patchy: StepInput = { ...NEUROPIL, spatial_contrast: 0.2, spatial_sigma_um: 20 };
    const [before, after] = [await scene(), await scene({ steps: [patchy] })];
    return pair(
      "Neuropil",
      "One frame. Of a realistic background this is a tenth, and patchier, so that cells stay visible.",
      [
        { field: frame(before, 40), caption: "cells alone" },
        { field: frame(after, 40), caption: "with neuropil" },
      ],
    );
  },

  async vasculature() {
    const layers = [
      { depth_um: 140, n_roots: 2, root_radius_um: 9, opacity: 0.95, absorption_per_um: 0.15 },
      { depth_um: 90, n_roots: 1, root_radius_um: 14, opacity: 0.85 },
    ];
    const vessels: StepInput = { kind: "vasculature", enabled: true, layers };
    const flat: StepInput = { ...NEUROPIL, level: 8 };
    const before = await scene({ steps: [flat] });
    const after = await scene({ steps: [flat, vessels] });
    return pair("Blood vessels", "Mean of 4 s. The nearer to the focal plane, the sharper.", [
      { field: mean(before), caption: "without" },
      { field: mean(after), caption: "two layers, at 90 and 140 µm" },
    ]);
  },

  async brain_motion() {
    const motion: StepInput = { kind: "brain_motion", max_shift_um: 20, motion_amplitude_um: 15 };
    const recording = await scene({ steps: [motion], duration_s: 4 });
    const { shifts, observed_footprints, fov_offset, C } = recording.ground_truth;
    const radius = (t: number) => Math.hypot(shifts!.get(t, 0), shifts!.get(t, 1));
    const frames = [...Array(C.shape[1]!).keys()];
    const t = frames.reduce((far, next) => (radius(next) > radius(far) ? next : far));
    const [dy, dx] = [shifts!.get(t, 0), shifts!.get(t, 1)];
    const [top, left] = fov_offset;
    const { movie } = await recording.frame(t, "composite");
    const [, height, width] = movie.shape as [number, number, number];
    const still = crop({ height, width, data: movie.data }, top, left, SIDE);
    const emission = (unit: number) => C.get(unit, t);
    const center = (unit: number) => {
      const patch = observed_footprints.at(unit);
      return { row: patch.row + patch.height / 2 - top, col: patch.col + patch.width / 2 - left };
    };
    const well = (value: number) => value > 25 && value < SIDE - 25;
    const bright = [...Array(observed_footprints.length).keys()]
      .filter((unit) => well(center(unit).row) && well(center(unit).col))
      .sort((a, b) => emission(b) - emission(a))
      .slice(0, 3);
    const rest = bright.map((unit) => ({ ...center(unit), radius: 11 }));
    const moved = rest.map(({ row, col }) => ({ row: row + dy, col: col + dx, radius: 11 }));
    const um = (px: number) => (px * PIXEL_SIZE_UM).toFixed(1);
    return pair(
      "Brain motion",
      "One frame. Dashed: where the cells rest. Tissue from the margin moves into view.",
      [
        { field: still, caption: "at rest", rings: rest },
        {
          field: frame(recording, t),
          caption: `moved by dy ${um(dy)}, dx ${um(dx)} µm`,
          rings: [...rest.map((ring) => ({ ...ring, faint: true })), ...moved],
        },
      ],
    );
  },

  illumination_profile: () =>
    scopeField("Illumination", "Mean of 4 s. The lamp excites the middle most.", {
      kind: "illumination_profile",
      falloff: 0.25,
    }),

  async hemodynamics() {
    const still = { kind: "hemodynamics", vasomotion_dilation: 0, heartbeat_dilation: 0 } as const;
    const [slow, fast] = [{ vasomotion_dilation: 0.03 }, { heartbeat_dilation: 0.005 }];
    return courses(
      "Blood over a minute",
      "The light of the tissue in each frame at 30 Hz, each trace on its own scale.",
      { duration_s: 60, fps: 30 },
      "hemodynamic_transmission",
      {
        slow: { ...still, ...slow },
        heart: { ...still, ...fast },
        both: { ...still, ...slow, ...fast },
      },
    );
  },

  async illumination_drift() {
    const lamp: StepInput<"illumination_drift"> = {
      kind: "illumination_drift",
      warm_up_amplitude: 0.05,
    };
    const wandering = { ...lamp, wander_cv: 0.01 };
    const flickering = { ...wandering, flicker_cv: 0.005 };
    const turned = { ...flickering, power_steps: [{ start_s: 400, power: 1.1 }] };
    return courses(
      "A lamp over ten minutes",
      "Its power in each frame, each trace on its own scale. Every row has what those above it have.",
      { duration_s: 600, fps: 5 },
      "illumination_gain",
      { "warm-up": lamp, wander: wandering, flicker: flickering, steps: turned },
    );
  },

  vignette: () =>
    scopeField("Vignette", "Mean of 4 s. The lens collects less from the edge of the field.", {
      kind: "vignette",
      falloff: 0.25,
      exponent: 4,
    }),

  leakage: () =>
    scopeField("Leakage", "Mean of 4 s. A steady glow, which lifts dark and bright alike.", {
      kind: "leakage",
      level: 0.15,
    }),

  async sensor() {
    const neuropil = regions.ca1.neuropil;
    const { photons_per_um2_s, acquisition } = scopes.miniscope_v4;
    const light = await scene({ steps: [neuropil] });
    const counts = await scene({ steps: [neuropil, { kind: "sensor", photons_per_um2_s }] });
    const { quantum_efficiency, gain_adu_per_e, black_level_adu } = acquisition.image_sensor;
    const perUnit = (photons_per_um2_s * PIXEL_SIZE_UM ** 2 * quantum_efficiency) / FPS;
    // The movie keeps 8 of 10 bits.
    const expected = (value: number) => (value * perUnit * gain_adu_per_e + black_level_adu) / 4;
    const field = frame(light, 40);
    return pair(
      "Light and counts",
      "One frame. Photons arrive at random; rows and pixels of the chip differ.",
      [
        {
          field: closeUp({ ...field, data: Float64Array.from(field.data, expected) }),
          caption: "expected counts",
        },
        { field: closeUp(frame(counts, 40)), caption: "counts" },
      ],
    );
  },

  async acquisition_faults() {
    return pair("Acquisition faults", "One frame each, of tissue that moves quickly.", [
      { field: await damaged({ torn_rate: 0.5 }, 4), caption: "torn" },
      { field: await damaged({ striped_rate: 0.5 }, 8), caption: "striped" },
    ]);
  },
};

/** ΔF/F₀ of one spike at 0, every 20 ms. */
function singleSpike(indicator: IndicatorName): { x: number; y: number }[] {
  const { taus, curve } = responseOf({ indicator, tau_rise_s: "auto", tau_decay_s: "auto" });
  const { height } = kernelPeak(taus);
  return Array.from({ length: 51 }, (_, i) => {
    const x = i / 50;
    const calcium = (Math.exp(-x / taus.tau_decay_s) - Math.exp(-x / taus.tau_rise_s)) / height;
    return { x, y: curve!.dff(calcium) };
  });
}

/** The last frame of a moving recording with this fault. */
async function damaged(faults: Partial<StepInput<"acquisition_faults">>, code: number) {
  const steps: StepInput[] = [
    NEUROPIL,
    { kind: "brain_motion", max_shift_um: 30, motion_amplitude_um: 30 },
    { kind: "acquisition_faults", lost_rate: 0, torn_rate: 0, striped_rate: 0, ...faults },
  ];
  const recording = await scene({ steps });
  const { data } = recording.ground_truth.get("acquisition_fault")!;
  return frame(recording, data.lastIndexOf(code));
}

async function scopeField(title: string, subtitle: string, step: StepInput) {
  const before = await scene({ steps: [NEUROPIL] });
  const after = await scene({ steps: [NEUROPIL, step] });
  return pair(title, subtitle, [
    { field: mean(before), caption: "without" },
    { field: mean(after), caption: "with" },
  ]);
}

/** The course in time that a step leaves as truth, for some settings of it. */
function courses(
  title: string,
  subtitle: string,
  { duration_s, fps }: { readonly duration_s: number; readonly fps: number },
  field: string,
  steps: Readonly<Record<string, StepInput>>,
) {
  const rows = Object.entries(steps).map(([name, step]) => {
    const { truth } = compile({ acquisition: { duration_s, fps }, steps: [step] });
    return { name, note: "", trace: truth.get(field)!.data, spikeTimesS: [] };
  });
  return traceFigure({ rows, fps, frames: duration_s * fps, title, subtitle });
}

const asked = process.argv.slice(2);
for (const [kind, draw] of Object.entries(pictures)) {
  const [step, name = "picture"] = kind.split("/") as [string, string?];
  if (asked.length > 0 && !asked.includes(step)) continue;
  const png = await toPng(await draw(), { small: true, scale: step === "cell_activity" ? 0.8 : 1 });
  const folder = new URL(`../packages/steps/${step.replaceAll("_", "-")}/`, import.meta.url);
  writeFileSync(new URL(`${name}.png`, folder), png);
  process.stdout.write(`${kind.padEnd(22)} ${(png.length / 1000).toFixed(0).padStart(4)} KB\n`);
}
