// Steps that stand in for the rest of a simulation while one step is tested: cells, traces, their light, and a step in
// every domain that does nothing but draw. Made of public parts only, like any step.
import {
  type AnnounceContext,
  type Announced,
  accumulateCells,
  DOMAINS,
  type Domain,
  defineStep,
  facts,
  type NewCell,
  type StepDefinition,
  slots,
} from "@minisim/pipeline";
import type { Exposure } from "@minisim/sensor";
import { z } from "zod";

/** What a step under test needs to find in the scene. */
export type Needs = "nothing" | "cells" | "traces";

/** The facts that a stand-in announces. */
export type Announces = (context: AnnounceContext<unknown>) => Announced | readonly Announced[];

/** The stand-ins that come before a step of this kind; one announces the exposure, if there is one. */
export function standIns(
  kind: string,
  needs: Needs,
  exposure: Exposure | undefined,
  announced: Announces | undefined,
): StepDefinition[] {
  const before = [kind];
  const steps: StepDefinition[] = DOMAINS.map((domain) => drawer(domain, before));
  if (exposure) steps.push(announcer("detector", () => facts.exposure.of(exposure)));
  if (announced) steps.push(announcer("announcer", announced));
  if (needs !== "nothing") steps.push(cells(before));
  if (needs === "traces") steps.push(traces(before));
  steps.push(light(before));
  return steps;
}

const base = { revision: 1, sources: [], params: z.strictObject({}) } as const;
const CELLS = 12;
const SIDE = 7;

/** Cells on a jittered grid that covers the FOV; square footprints with a bright middle. */
const cells = (before: readonly string[]) =>
  defineStep({
    ...base,
    kind: "stand_in_cells",
    domain: "cell",
    before: ["stand_in_traces", ...before],
    summary: "Cells for a test.",
    compile({ geometry: { fov, canvas, margin_px, pixel_size_um }, random }) {
      const placed: NewCell[] = [];
      for (let i = 0; i < CELLS; i++) {
        const stream = random.stream("position", i);
        const row =
          margin_px + Math.floor((((i % 4) + stream.uniform()) / 4) * (fov.height - SIDE));
        const col =
          margin_px + Math.floor((((i >> 2) + stream.uniform()) / 3) * (fov.width - SIDE));
        const y = (row + (SIDE - 1) / 2 - (canvas.height - 1) / 2) * pixel_size_um;
        const x = (col + (SIDE - 1) / 2 - (canvas.width - 1) / 2) * pixel_size_um;
        const data = Float32Array.from({ length: SIDE * SIDE }, (_, p) =>
          p === (SIDE * SIDE - 1) / 2 ? 1 : 0.5,
        );
        placed.push({
          key: ["stand_in", i],
          position_um: [20 + 10 * i, y, x],
          planted: { row, col, height: SIDE, width: SIDE, data },
        });
      }
      return { put: slots.cells.of(placed) };
    },
  });

/** Traces with a step up at a drawn time. */
const traces = (before: readonly string[]) =>
  defineStep({
    ...base,
    kind: "stand_in_traces",
    domain: "cell",
    before,
    summary: "Traces for a test.",
    compile({ geometry: { n_frames }, scene, random }) {
      const { count } = scene.get(slots.cells);
      const C = new Float64Array(count * n_frames).fill(1);
      const S = new Float64Array(count * n_frames);
      const times = new Float64Array(count);
      for (let i = 0; i < count; i++) {
        const at = random.stream("spike", i).integer(n_frames);
        S[i * n_frames + at] = 1;
        times[i] = at * 0.05;
        C.fill(5 + i, i * n_frames + at, (i + 1) * n_frames);
      }
      const offsets = Int32Array.from({ length: count + 1 }, (_, i) => i);
      const amplitude = new Float64Array(count).fill(1);
      const spike_times_s = { offsets, data: times };
      return { put: slots.activity.of({ C, S, amplitude, spike_times_s }) };
    },
  });

/** Puts the cells' light on the canvas. */
const light = (before: readonly string[]) =>
  defineStep({
    ...base,
    kind: "stand_in_light",
    domain: "tissue",
    before,
    summary: "The light of the cells of a test.",
    compile({ scene }) {
      const activity = scene.get(slots.activity);
      const intact = scene.get(slots.intact_fraction);
      if (!activity) return;
      const per_frame = intact ? [activity.C, intact] : [activity.C];
      return { frames: accumulateCells(scene, per_frame) };
    },
  });

/** Announces without doing anything: a detector that does not count leaves the movie continuous. */
const announcer = (name: string, announce: Announces) =>
  defineStep({
    ...base,
    kind: `stand_in_${name}`,
    domain: "sensor",
    summary: "Facts for a test.",
    announce,
    compile() {},
  });

/** Draws, and leaves what it drew as truth: a witness that no other step touches its stream. */
const drawer = (domain: Domain, before: readonly string[]) =>
  defineStep({
    ...base,
    kind: `stand_in_${domain}_draws`,
    domain,
    before,
    summary: "Draws for a test.",
    truth: {
      [`stand_in_${domain}_draws`]: { dims: [`${domain}_draw`], unit: "1", description: "Draws." },
    },
    compile({ random }) {
      const stream = random.stream("draws");
      const draws = Float64Array.from({ length: 16 }, () => stream.uniform());
      return { truth: { [`stand_in_${domain}_draws`]: draws } };
    },
  });
