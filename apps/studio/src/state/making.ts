// How far the recording is that is being made, 0..1, for whoever does not look at the Generate view; null while none is.
import { signal } from "@preact/signals";

export const making = signal<number | null>(null);
