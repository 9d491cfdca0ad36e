// A range and a value as a drawing, on a logarithmic axis around the range: what range-bar.ts is in text.
import { rangeAxis } from "../range-axis.ts";

const WIDTH = 240;
const MIDDLE = 8;

/** Empty where a bound is 0 or less, of which there is no logarithm. A value outside of the axis is an arrow at its end. */
export function rangeSvg(value: number | null, low: number, high: number): string {
  const axis = rangeAxis(low, high);
  if (!axis) return "";
  const [from, to] = [place(axis(low)), place(axis(high))];
  const width = Math.max(3, to - from);
  return [
    `<svg viewBox="0 0 ${WIDTH} 16" preserveAspectRatio="none" role="img" aria-label="value and range">`,
    `<rect x="0" y="${MIDDLE - 0.5}" width="${WIDTH}" height="1" fill="var(--faint)"/>`,
    `<rect x="${(from + to - width) / 2}" y="3" width="${width}" height="10" rx="2" fill="var(--first)" fill-opacity="0.45"/>`,
    value === null ? "" : mark(axis(value)),
    "</svg>",
  ].join("");
}

/** px of a share of the axis. */
const place = (share: number): number => 8 + Math.min(1, Math.max(0, share)) * (WIDTH - 16);

function mark(share: number): string {
  const fill = 'fill="var(--second)"';
  if (!(share > 0)) return `<path d="M8 2L1 ${MIDDLE}L8 14Z" ${fill}/>`;
  const [end, start] = [WIDTH - 1, WIDTH - 8];
  if (share > 1) return `<path d="M${start} 2L${end} ${MIDDLE}L${start} 14Z" ${fill}/>`;
  const x = Math.round(place(share) * 100) / 100;
  return `<rect x="${x - 1.5}" y="1" width="3" height="14" ${fill}/>`;
}
