// The address of a recording on the web that stands beside the simulation, or is to; "": none.
import { signal } from "@preact/signals";

export const openedAddress = signal("");

/** An address of the web as it is asked for; undefined where the text is none. */
export function webAddress(text: string): string | undefined {
  const trimmed = text.trim();
  if (!/^https?:\/\//i.test(trimmed) || !URL.canParse(trimmed)) return undefined;
  return new URL(trimmed).href;
}
