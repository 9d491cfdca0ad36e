// The Learn view: lessons on the left, the live instrument on the right.
import { batch } from "@preact/signals";
import { Knob } from "../panels/knob.tsx";
import { Counts } from "../view/counts.tsx";
import { MovieView } from "../view/movie-view.tsx";
import { Traces } from "../view/traces.tsx";
import { DemixPanel } from "./demix-panel.tsx";
import { LESSONS } from "./lessons.ts";
import { SeedsPanel } from "./seeds-panel.tsx";
import { lesson, screen } from "./session.ts";

export function Learn() {
  const now = LESSONS[lesson.value]!;
  const shown = now.screens[screen.value]!;
  const last = screen.value === now.screens.length - 1;
  return (
    <main class="learn">
      <article class="lesson">
        <nav class="lessons" aria-label="Lessons">
          {LESSONS.map(({ title }, i) => (
            <button
              type="button"
              key={title}
              aria-current={i === lesson.value ? "true" : undefined}
              onClick={() => go(i, 0)}
            >
              <span>{i + 1}</span> {title}
            </button>
          ))}
        </nav>
        <h2>{shown.title}</h2>
        {shown.text}
        <div class="knobs">
          {(shown.knobs ?? []).map(([where, field]) => (
            <Knob key={where + field} where={where} field={field} />
          ))}
        </div>
        <div class="readout-panel">
          {shown.readout === "counts" && <Counts />}
          {shown.readout === "traces" && <Traces />}
          {shown.readout === "demix" && <DemixPanel />}
          {shown.readout === "seeds" && <SeedsPanel />}
        </div>
        {last && (
          <div class="sources">
            <h3>Sources</h3>
            <ul>
              {now.sources.map((source) => (
                <li key={source}>{source}</li>
              ))}
            </ul>
          </div>
        )}
        <footer>
          <button
            type="button"
            class="quiet"
            disabled={screen.value === 0}
            onClick={() => go(lesson.value, screen.value - 1)}
          >
            Back
          </button>
          <span>
            {screen.value + 1} of {now.screens.length}
          </span>
          <button
            type="button"
            class="primary"
            data-test="next"
            disabled={last && lesson.value === LESSONS.length - 1}
            onClick={() => (last ? go(lesson.value + 1, 0) : go(lesson.value, screen.value + 1))}
          >
            {last ? "Next lesson" : "Next"}
          </button>
        </footer>
      </article>
      <MovieView />
    </main>
  );
}

function go(nextLesson: number, nextScreen: number): void {
  batch(() => {
    lesson.value = nextLesson;
    screen.value = nextScreen;
  });
}
