// The middle: stage rail, the movie with its overlays, transport and display controls.

import { limitsOf } from "../engine/window.ts";
import { limits, plan } from "../state/live.ts";
import { DisplayControls } from "./display-controls.tsx";
import { MovieCanvas } from "./movie-canvas.tsx";
import { StageRail } from "./stage-rail.tsx";
import { Transport } from "./transport.tsx";

export function MovieView() {
  return (
    <section class="movie" aria-label="Movie">
      <StageRail />
      <MovieCanvas />
      <WindowNote />
      <Transport />
      <DisplayControls />
    </section>
  );
}

const SIDES = [128, 192, 256, 384, 8192] as const;

function WindowNote() {
  const now = plan.value;
  if (!now) return null;
  const { window: shown } = now;
  const whole = shown.height === shown.full_height && shown.width === shown.full_width;
  const shrunk = !whole && shown.height < Math.min(limits.value.side, shown.full_height);
  return (
    <p class="window-note" data-test="window">
      <span>
        {whole ? (
          <b>{shown.of_sensor ? "Window of the sensor" : "Whole field"}</b>
        ) : (
          <>
            <b>
              Centre {shown.height} × {shown.width} px
            </b>{" "}
            of {shown.full_height} × {shown.full_width}
            {shown.of_sensor && " of the sensor"}, true pixel scale
          </>
        )}
        , {(shown.frames / now.fps).toFixed(shown.frames / now.fps < 10 ? 1 : 0)} of{" "}
        {(shown.full_frames / now.fps).toFixed(0)} s
        {shrunk && ` (smaller: at most ${limits.value.cells} cells)`}
        {!whole &&
          !shown.of_sensor &&
          ". Light and (estimated) focus of the full field; cells and vessels are a draw of their own."}
      </span>
      <label>
        window
        <select
          value={limits.value.side}
          onChange={(event) => {
            const side = Number(event.currentTarget.value);
            limits.value = limitsOf(side > 4096 ? "whole" : side);
          }}
        >
          {SIDES.map((side) => (
            <option key={side} value={side}>
              {side > 4096 ? "whole field" : `${side} px`}
            </option>
          ))}
        </select>
      </label>
    </p>
  );
}
