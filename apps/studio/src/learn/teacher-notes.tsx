// For those who teach: what a lesson is for, what goes wrong, and links to its screens.
import { CopyButton } from "../ui/copy-button.tsx";
import { startOver } from "./course.ts";
import type { Lesson } from "./lesson.ts";

interface Props {
  readonly lesson: Lesson;
  readonly number: number;
  readonly screen: number;
}

export function TeacherNotes({ lesson: { notes, screens }, number, screen }: Props) {
  const link = (at: number) =>
    `${location.origin}${location.pathname}#v=1&page=learn&lesson=${number + 1}.${at + 1}`;
  return (
    <details class="teacher" data-test="teacher">
      <summary>For teachers</summary>
      <p>
        {notes.minutes} minutes, {screens.length} screens. {notes.before}
      </p>
      <h3>Afterwards students can</h3>
      <ul>
        {notes.aims.map((aim) => (
          <li key={aim}>{aim}</li>
        ))}
      </ul>
      <h3>What to watch for</h3>
      <ul>
        {notes.watch.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
      <p class="places">
        <CopyButton
          text={() => link(screen)}
          label="Copy a link to this screen"
          done="Link copied"
          kind="quiet"
          test="screen-link"
        />
        <button type="button" class="quiet" data-test="start-over" onClick={startOver}>
          Forget all answers
        </button>
      </p>
    </details>
  );
}
