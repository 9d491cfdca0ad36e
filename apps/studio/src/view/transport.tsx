// Play, scrub, speed.
import { plan } from "../state/live.ts";
import { frame, playing, speed } from "../state/view.ts";
import { drawnRate } from "./screen.ts";

const SPEEDS = [0.25, 0.5, 1, 2, 4] as const;

export function Transport() {
  const now = plan.value;
  const frames = now?.frames ?? 1;
  const number = Math.floor(frame.value);
  const seconds = number / (now?.fps ?? 1);
  return (
    <div class="transport">
      <button
        type="button"
        class="play"
        aria-label={playing.value ? "Pause" : "Play"}
        onClick={() => {
          playing.value = !playing.value;
        }}
      >
        <svg viewBox="0 0 12 12" aria-hidden="true">
          {playing.value ? <path d="M2 1h3v10H2zM7 1h3v10H7z" /> : <path d="M2 1l9 5-9 5z" />}
        </svg>
      </button>
      <input
        type="range"
        min="0"
        max={frames - 1}
        step="1"
        value={number}
        aria-label="Frame"
        onInput={(event) => {
          playing.value = false;
          frame.value = Number(event.currentTarget.value);
        }}
      />
      <output class="time">
        {seconds.toFixed(2)} s <span>frame {number}</span>
      </output>
      <select
        aria-label="Speed"
        value={speed.value}
        onChange={(event) => {
          speed.value = Number(event.currentTarget.value);
        }}
      >
        {SPEEDS.map((times) => (
          <option key={times} value={times}>
            {times} ×
          </option>
        ))}
      </select>
      <span class="rate" title="Pictures drawn in the last second" data-test="rate">
        {playing.value ? `${drawnRate.value} fps` : ""}
      </span>
    </div>
  );
}
