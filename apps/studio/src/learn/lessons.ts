// All lessons, in order.
import { ANATOMY } from "./anatomy.tsx";
import type { Lesson } from "./lesson.ts";
import { LIGHT } from "./light.tsx";
import { REGISTERING } from "./registering.tsx";
import { ROI } from "./roi.tsx";
import { SCORING } from "./scoring.tsx";
import { SEEDING } from "./seeding.tsx";
import { SPIKES } from "./spikes.tsx";

export const LESSONS: readonly Lesson[] = [
  ANATOMY,
  ROI,
  SCORING,
  REGISTERING,
  SEEDING,
  SPIKES,
  LIGHT,
];
