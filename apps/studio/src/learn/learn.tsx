// The Learn view: lessons on the left, the live instrument on the right.
import { batch } from "@preact/signals";
import { Knob } from "../panels/knob.tsx";
import { Counts } from "../view/counts.tsx";
import { MovieView } from "../view/movie-view.tsx";
import { Traces } from "../view/traces.tsx";
import { CandidatesPanel } from "./candidates-panel.tsx";
import { course, placeOf, stepsOf } from "./course.ts";
import { DemixPanel } from "./demix-panel.tsx";
import { LESSONS } from "./lessons.ts";
import { QuestionCard } from "./question-card.tsx";
import { RegistrationPanel } from "./registration-panel.tsx";
import { SeedsPanel } from "./seeds-panel.tsx";
import { lesson, screen } from "./session.ts";
import { SpikesPanel } from "./spikes-panel.tsx";
import { TaskCard } from "./task-card.tsx";
import { TeacherNotes } from "./teacher-notes.tsx";
import "../style/course.css";

export function Learn() {
  const now = LESSONS[lesson.value]!;
  const shown = now.screens[screen.value]!;
  const place = placeOf(lesson.value, screen.value);
  const isOpen = !shown.question || place in course.value.answers;
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
              <Steps of={i} />
            </button>
          ))}
        </nav>
        <h2>{shown.title}</h2>
        {shown.text}
        {shown.question && <QuestionCard key={place} place={place} question={shown.question} />}
        {isOpen && (
          <div class="knobs">
            {(shown.knobs ?? []).map(([where, field]) => (
              <Knob key={where + field} where={where} field={field} />
            ))}
          </div>
        )}
        {isOpen && shown.task && <TaskCard key={place} place={place} task={shown.task} />}
        <div class="readout-panel">
          {shown.readout === "counts" && <Counts />}
          {shown.readout === "traces" && <Traces />}
          {shown.readout === "demix" && <DemixPanel />}
          {shown.readout === "seeds" && <SeedsPanel />}
          {shown.readout === "registration" && <RegistrationPanel />}
          {shown.readout === "candidates" && <CandidatesPanel />}
          {shown.readout === "spikes" && <SpikesPanel />}
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
        <TeacherNotes lesson={now} number={lesson.value} screen={screen.value} />
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

function Steps({ of }: { readonly of: number }) {
  const { done, all } = stepsOf(of);
  return done > 0 ? (
    <em>
      {done} of {all}
    </em>
  ) : null;
}

function go(nextLesson: number, nextScreen: number): void {
  batch(() => {
    lesson.value = nextLesson;
    screen.value = nextScreen;
  });
}
