// A range and a value on one line of text, on a logarithmic axis around the range.
import { rangeAxis } from "./range-axis.ts";

const WIDTH = 27;

/**
 * "────├──┤───●────": the range between ├ and ┤, or at │ where it is one point, the value at ●; ◂ and ▸ stand for values that lie outside of the
 * axis. It is empty where a bound is 0 or less, of which there is no logarithm.
 */
export function rangeBar(value: number | null, low: number, high: number): string {
  const axis = rangeAxis(low, high);
  if (!axis) return "";
  const place = (x: number) => Math.round(axis(x) * (WIDTH - 1));
  const cells = Array.from({ length: WIDTH }, () => "·");
  const [from, to] = [Math.max(0, place(low)), Math.min(WIDTH - 1, place(high))];
  cells.fill("─", from, to + 1);
  cells[from] = from === to ? "│" : "├";
  if (from !== to) cells[to] = "┤";
  if (value !== null) {
    const at = place(value);
    if (at < 0) cells[0] = "◂";
    else if (at >= WIDTH) cells[WIDTH - 1] = "▸";
    else cells[at] = "●";
  }
  return cells.join("");
}
