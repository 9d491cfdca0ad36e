// The pictures that there are of a recording, in the order in which they are drawn.
export const PICTURES = ["mean", "max", "std", "frame", "footprints", "traces", "motion"] as const;
export type PictureName = (typeof PICTURES)[number];
