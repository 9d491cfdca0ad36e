// Predict, then see: a question with its options, and why, once one was taken.
import { useSignal } from "@preact/signals";
import { answer, course } from "./course.ts";
import type { Question } from "./lesson.ts";

interface Props {
  readonly place: string;
  readonly question: Question;
}

export function QuestionCard({ place, question: { ask, options, right, because } }: Props) {
  const chosen = useSignal(-1);
  const taken = course.value.answers[place];
  if (taken !== undefined) {
    return (
      <div class="card" data-test="revealed">
        <p>
          <b>{ask}</b>
        </p>
        {taken >= 0 && (
          <p>
            You said: {options[taken]}.{" "}
            {taken === right ? "So it is." : `It is: ${options[right]}.`}
          </p>
        )}
        <p>{because}</p>
      </div>
    );
  }
  return (
    <form
      class="card"
      data-test="question"
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen.value >= 0) answer(place, chosen.value);
      }}
    >
      <fieldset>
        <legend>Before you turn anything: {ask}</legend>
        {options.map((option, i) => (
          <label key={option}>
            <input
              type="radio"
              name={`answer-${place}`}
              checked={chosen.value === i}
              onChange={() => {
                chosen.value = i;
              }}
            />
            {option}
          </label>
        ))}
      </fieldset>
      <p class="places">
        <button type="submit" class="primary" data-test="predict" disabled={chosen.value < 0}>
          That is my prediction
        </button>
        <button type="button" class="quiet" data-test="pass" onClick={() => answer(place, -1)}>
          Just show me
        </button>
      </p>
    </form>
  );
}
