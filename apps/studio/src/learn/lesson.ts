// What a lesson is: a text, what the instrument beside it shows, and which knobs and read-outs belong to it.
import type { ComponentChildren } from "preact";

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

export interface LessonScreen {
  readonly title: string;
  readonly text: ComponentChildren;
  readonly setup: Setup;
  /** Parameters to turn: step kind or section, and field. */
  readonly knobs?: readonly (readonly [where: string, field: string])[];
  readonly readout?: "traces" | "demix" | "counts" | "seeds";
}

export interface Lesson {
  readonly title: string;
  readonly screens: readonly LessonScreen[];
  readonly sources: readonly string[];
}
