// The middle: stage rail, the movie with its overlays, transport and display controls.
import { DisplayControls } from "./display-controls.tsx";
import { MovieCanvas } from "./movie-canvas.tsx";
import { StageRail } from "./stage-rail.tsx";
import { Transport } from "./transport.tsx";
import { WindowNote } from "./window-note.tsx";

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
