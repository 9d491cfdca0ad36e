// What was found, and what was missed, as outlines in the colours of their classes.
import type { Line } from "../view/lines.ts";
import { colorOf, KINDS } from "./classes.ts";
import type { Judgement } from "./types.ts";

export const linesOf = ({ estimates, missed }: Judgement): Line[] => [
  ...estimates.map(({ class: name, loops }) => ({ color: colorOf(name), dashed: false, loops })),
  ...missed.map(({ class: name, loops }) => ({ color: colorOf(name), dashed: true, loops })),
];

/** The colours that are drawn, each with how many there are. */
export function meaningsOf({ estimates, missed }: Judgement): [color: string, name: string][] {
  const all = [...estimates, ...missed];
  return KINDS.flatMap(({ name, color }): [string, string][] => {
    const count = all.filter((one) => one.class === name).length;
    return count > 0 ? [[color, `${count} ${name}`]] : [];
  });
}
