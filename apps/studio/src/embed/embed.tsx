// The studio inside another page: the picture, the knobs that were asked for, one read-out, and the way to all the rest.
import { Knob, knobOf } from "../panels/knob.tsx";
import { plan } from "../state/live.ts";
import { draft } from "../state/spec.ts";
import { CountLine } from "../view/count-line.tsx";
import { MovieCanvas } from "../view/movie-canvas.tsx";
import { Traces } from "../view/traces.tsx";
import { embeddedIn } from "./wanted.ts";

export function Embed() {
  const { knobs, readout, problems } = embeddedIn(location.search)!;
  const missing = draft.value ? knobs.filter(([where, field]) => !knobOf(where, field)) : [];
  return (
    <main class="embed">
      <MovieCanvas />
      <div class="embed-side">
        {readout === "counts" && <CountLine />}
        {knobs.map(([where, field]) => (
          <Knob key={where + field} where={where} field={field} />
        ))}
        {readout === "traces" && plan.value && <Traces />}
        {[
          ...problems,
          ...missing.map(([where, field]) => `There is no ${where}.${field} here.`),
        ].map((sentence) => (
          <p key={sentence} class="problem">
            {sentence}
          </p>
        ))}
        <button type="button" class="quiet" data-test="all" onClick={openAll}>
          Open in the studio
        </button>
      </div>
    </main>
  );
}

function openAll(): void {
  window.open(`${location.pathname}${location.hash}`, "_blank", "noopener");
}
