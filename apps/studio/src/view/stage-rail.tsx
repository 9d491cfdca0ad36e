// The pipeline as a rail: every step that is on, in order; the movie is seen as it is after the one that is chosen.
import { useEffect, useRef } from "preact/hooks";
import { movieStages, otherStage, stage, stages, wipe, wiping } from "../state/view.ts";
import { Tick } from "../ui/tick.tsx";

const NAMES: Readonly<Record<string, string>> = {
  cells_only: "cells",
  brain_motion: "motion",
  acquisition_faults: "faults",
  illumination_profile: "lamp",
  illumination_drift: "drift",
  vasculature: "vessels",
  hemodynamics: "blood",
  place_neurons: "place",
  cell_activity: "activity",
  bleaching: "bleach",
  leakage: "leak",
};
export const stageLabel = (name: string): string => NAMES[name] ?? name.replaceAll("_", " ");

export function StageRail() {
  const list = useRef<HTMLOListElement>(null);
  const shown = stage.value;
  // On a phone the rail is longer than the screen.
  useEffect(() => {
    const chosen = list.current?.querySelector<HTMLElement>(`[data-stage="${shown}"]`);
    if (chosen) list.current!.scrollLeft = chosen.offsetLeft - list.current!.clientWidth / 2;
  }, [shown]);
  return (
    <div class="rail" role="toolbar" aria-label="Stages">
      <ol ref={list}>
        {stages.value.map((row) => (
          <li key={row.name} class={row.hasMovie ? "" : "no-movie"}>
            {row.hasMovie ? (
              <button
                type="button"
                aria-pressed={stage.value === row.name}
                data-stage={row.name}
                class={wiping.value && otherStage.value === row.name ? "other" : ""}
                onClick={() => {
                  stage.value = row.name;
                }}
              >
                {stageLabel(row.name)}
              </button>
            ) : (
              <span title="Works on cells: no movie yet">{stageLabel(row.kind)}</span>
            )}
          </li>
        ))}
      </ol>
    </div>
  );
}

export function WipeControl() {
  return (
    <div class="wipe-control">
      <Tick of={wiping} label="wipe" />
      {wiping.value && (
        <input
          type="range"
          min="0"
          max="100"
          step="1"
          value={Math.round(100 * wipe.value)}
          aria-label="Edge of the wipe"
          aria-valuetext={`${Math.round(100 * wipe.value)} % from the left`}
          onInput={(event) => {
            wipe.value = Number(event.currentTarget.value) / 100;
          }}
        />
      )}
      {wiping.value && (
        <select
          aria-label="Stage left of the wipe"
          value={otherStage.value}
          onChange={(event) => {
            otherStage.value = event.currentTarget.value;
          }}
        >
          {movieStages.value.map(({ name }) => (
            <option key={name} value={name}>
              {stageLabel(name)}
            </option>
          ))}
        </select>
      )}
    </div>
  );
}
