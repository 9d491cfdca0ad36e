// What a lesson is: a text, what the instrument beside it shows, which knobs and read-outs belong to it; a question before them, and a task after.
import type { ComponentChildren } from "preact";
import type { Census } from "../engine/census.ts";

export interface Setup {
  readonly preset?: string;
  /** Only these steps; all where absent. */
  readonly steps?: readonly string[];
  readonly stage?: string;
  /** The stage left of the wipe. */
  readonly against?: string;
  readonly cells?: readonly number[];
  /** The whole field of view; the middle of it where absent. */
  readonly wholeField?: true;
}

/** Asked before the knobs are there; answered before anybody turns one. */
export interface Question {
  readonly ask: string;
  readonly options: readonly [string, string, ...string[]];
  /** Which of them is right. */
  readonly right: number;
  readonly because: string;
}

/** What a task is judged by. */
export interface Outcome {
  /** Of the window, over all of the recording. */
  readonly census: Census;
  /** A value of the spec, by section or step and name. */
  value(where: string, field: string): number;
  /** Whether nothing but these parameters was changed. */
  onlyChanged(...names: readonly string[]): boolean;
}

/** To be done with the knobs; whether it is, is seen at the counts. */
export interface Task {
  readonly ask: string;
  holds(now: Outcome): boolean;
  readonly because: string;
}

export interface LessonScreen {
  readonly title: string;
  readonly text: ComponentChildren;
  readonly setup: Setup;
  /** Parameters to turn: step kind or section, and field. */
  readonly knobs?: readonly (readonly [where: string, field: string])[];
  readonly readout?:
    | "traces"
    | "demix"
    | "counts"
    | "seeds"
    | "registration"
    | "candidates"
    | "spikes";
  readonly question?: Question;
  readonly task?: Task;
}

/** For those who teach it. */
export interface Notes {
  readonly minutes: number;
  readonly before: string;
  readonly aims: readonly string[];
  /** What students get wrong, and what to ask them. */
  readonly watch: readonly string[];
}

export interface Lesson {
  readonly title: string;
  readonly screens: readonly LessonScreen[];
  readonly sources: readonly string[];
  readonly notes: Notes;
}
