// A range and a value on one line of text, on a logarithmic axis around the range.

const WIDTH = 27;
/** The axis reaches this factor below and above the middle of the range. */
const REACH = 10;

/**
 * "────├──┤───●────": the range between ├ and ┤, or at │ where it is one point, the value at ●; ◂ and ▸ stand for values that lie outside of the
 * axis. It is empty where a bound is 0 or less, of which there is no logarithm.
 */
export function rangeBar(value: number | null, low: number, high: number): string {
  if (!(low > 0)) return "";
  const middle = Math.sqrt(low * high);
  const place = (x: number) =>
    Math.round(((Math.log(x / middle) / Math.log(REACH) + 1) / 2) * (WIDTH - 1));
  const cells = Array.from({ length: WIDTH }, () => "·");
  const [from, to] = [Math.max(0, place(low)), Math.min(WIDTH - 1, place(high))];
  cells.fill("─", from, to + 1);
  cells[from] = from === to ? "│" : "├";
  if (from !== to) cells[to] = "┤";
  if (value !== null) {
    const at = value > 0 ? place(value) : -1;
    if (at < 0) cells[0] = "◂";
    else if (at >= WIDTH) cells[WIDTH - 1] = "▸";
    else cells[at] = "●";
  }
  return cells.join("");
}
