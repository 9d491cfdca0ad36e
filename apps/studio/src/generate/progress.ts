// How far a recording is, as the worker tells the page.
export type Progress =
  | { readonly phase: "compile"; readonly done: number; readonly total: number }
  /** Frames. */
  | { readonly phase: "render"; readonly done: number; readonly total: number }
  /** What comes after the frames, or beside them. */
  | { readonly phase: "truth" };

export type Report = (progress: Progress) => void;

export const coresFor = (frames: number): number =>
  Math.max(1, Math.min(navigator.hardwareConcurrency ?? 2, 16, Math.ceil(frames / 16)));
