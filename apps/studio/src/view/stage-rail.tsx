// The pipeline as a rail: every step that is on, in order; the movie is seen as it is after the one that is chosen.
import { movieStages, otherStage, stage, stages, wiping } from "../state/view.ts";

const NAMES: Readonly<Record<string, string>> = {
  cells_only: "cells",
  brain_motion: "motion",
  illumination_profile: "lamp",
  vasculature: "vessels",
  place_neurons: "place",
  cell_activity: "activity",
  bleaching: "bleach",
  leakage: "leak",
};
export const stageLabel = (name: string): string => NAMES[name] ?? name.replaceAll("_", " ");

export function StageRail() {
  return (
    <div class="rail" role="toolbar" aria-label="Stages">
      <ol>
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
      <label>
        <input
          type="checkbox"
          checked={wiping.value}
          onChange={(event) => {
            wiping.value = event.currentTarget.checked;
          }}
        />
        wipe
      </label>
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
