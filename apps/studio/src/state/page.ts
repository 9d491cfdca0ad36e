// Which of the three views is open.
import { signal } from "@preact/signals";

export type Page = "build" | "generate" | "learn";
export const page = signal<Page>("build");
