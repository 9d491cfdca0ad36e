// All lessons, in order.
import { ANATOMY } from "./anatomy.tsx";
import type { Lesson } from "./lesson.ts";
import { ROI } from "./roi.tsx";
import { SCORING } from "./scoring.tsx";

export const LESSONS: readonly Lesson[] = [ANATOMY, ROI, SCORING];
