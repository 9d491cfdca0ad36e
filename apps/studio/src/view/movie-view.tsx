// The middle: stage rail, the movie with its overlays, transport and display controls.
import { plan } from "../state/live.ts";
import { Later } from "../ui/later.tsx";
import { CountLine } from "./count-line.tsx";
import { DisplayControls } from "./display-controls.tsx";
import { MovieCanvas } from "./movie-canvas.tsx";
import { second } from "./second.ts";
import { StageRail } from "./stage-rail.tsx";
import { Transport } from "./transport.tsx";
import { WindowNote } from "./window-note.tsx";

const controls = async () => (await import("../second/second-controls.tsx")).SecondControls;

export function MovieView() {
  return (
    // Unseen until it is full, so that nothing moves on the way.
    <section class={`movie${plan.value ? "" : " waiting"}`} aria-label="Movie">
      <StageRail />
      <MovieCanvas />
      {second.value && <Later view={controls} quiet />}
      <CountLine />
      <WindowNote />
      <Transport />
      <DisplayControls />
    </section>
  );
}
