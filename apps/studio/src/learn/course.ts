// How far somebody is in the course: what was predicted and which tasks are done, kept in this browser and nowhere else.
import { signal } from "@preact/signals";
import { LESSONS } from "./lessons.ts";

interface Progress {
  /** The option that was taken, by "lesson.screen"; −1: the question was passed over. */
  readonly answers: Readonly<Record<string, number>>;
  readonly done: Readonly<Record<string, true>>;
}

const KEY = "minisim-course-1";
const NOTHING: Progress = { answers: {}, done: {} };

export const course = signal<Progress>(kept());

function kept(): Progress {
  try {
    const { answers, done } = JSON.parse(localStorage.getItem(KEY) ?? "") as Partial<Progress>;
    return { answers: { ...answers }, done: { ...done } };
  } catch {
    return NOTHING;
  }
}

function keep(next: Progress): void {
  course.value = next;
  try {
    localStorage.setItem(KEY, JSON.stringify(next));
  } catch {
    // A browser that keeps nothing: the course begins anew with the next visit.
  }
}

export const placeOf = (lesson: number, screen: number): string => `${lesson + 1}.${screen + 1}`;

export function answer(place: string, option: number): void {
  keep({ ...course.value, answers: { ...course.value.answers, [place]: option } });
}

export function finish(place: string): void {
  if (!course.value.done[place])
    keep({ ...course.value, done: { ...course.value.done, [place]: true } });
}

export const startOver = (): void => keep(NOTHING);

/** Questions answered and tasks done of a lesson, and how many there are. */
export function stepsOf(lesson: number): { readonly done: number; readonly all: number } {
  const { answers, done } = course.value;
  const screens = LESSONS[lesson]!.screens;
  const count = (is: (place: string, at: number) => boolean) =>
    screens.filter((_, at) => is(placeOf(lesson, at), at)).length;
  return {
    done:
      count((place, at) => screens[at]!.question !== undefined && place in answers) +
      count((place, at) => screens[at]!.task !== undefined && place in done),
    all:
      count((_, at) => screens[at]!.question !== undefined) +
      count((_, at) => screens[at]!.task !== undefined),
  };
}
