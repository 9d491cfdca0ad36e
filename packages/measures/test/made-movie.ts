// Movies of known statistics.
import type { Movie } from "@minisim/measures";
import { createRandom } from "@minisim/random";
import type { Container } from "@minisim/spec";

export interface MadeMovie extends Movie {
  readonly data: Uint8Array | Uint16Array | Float32Array;
}

const ARRAYS = { uint8: Uint8Array, uint16: Uint16Array, float32: Float32Array } as const;

export const stream = (name: string) => createRandom(7).stream(name);

/** A movie whose pixel (t, y, x) is `value(t, y, x)`, asked for in order; yielded in blocks of 7 frames out of one buffer. */
export function movie(
  shape: readonly [number, number, number],
  value: (t: number, y: number, x: number) => number,
  { container = "float32" as Container, fps = 20 } = {},
): MadeMovie {
  const [frames, height, width] = shape;
  const data = new ARRAYS[container](frames * height * width);
  for (let t = 0, i = 0; t < frames; t++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++, i++) {
        const exact = value(t, y, x);
        data[i] = container === "float32" ? exact : Math.max(0, Math.round(exact));
      }
    }
  }
  return {
    shape,
    container,
    fps,
    data,
    async *frames() {
      const buffer = new ARRAYS[container](7 * height * width);
      for (let start = 0; start < frames; start += 7) {
        const end = Math.min(frames, start + 7);
        const block = data.subarray(start * height * width, end * height * width);
        buffer.set(block);
        yield { start, end, data: buffer.subarray(0, block.length) };
      }
    },
  };
}

/** Everything that a measure looks for: a lit field with structure, a background that moves, cells, shot noise, stripes, hot pixels. */
export function lively(
  shape: readonly [number, number, number],
  options: { container: Container; scale: number; fps?: number },
): MadeMovie {
  const [, height, width] = shape;
  const draw = stream(`lively ${options.container}`);
  let background = 0;
  let before = -1;
  let row = -1;
  let stripe = 0;
  const cells = Array.from({ length: 12 }, () => ({
    y: draw.uniform() * height,
    x: draw.uniform() * width,
    start: draw.integer(shape[0]),
  }));
  const made = (t: number, y: number, x: number) => {
    if (t !== before) background = 0.8 * background + draw.normal();
    if (t !== before || y !== row) stripe = 1.5 * draw.normal();
    before = t;
    row = y;
    const light = 90 - (30 * ((y - height / 2) ** 2 + (x - width / 2) ** 2)) / height ** 2;
    let level = light * (1 + 0.02 * background + 0.05 * Math.sin(x / 3) * Math.cos(y / 5));
    for (const cell of cells) {
      const distance = (y - cell.y) ** 2 + (x - cell.x) ** 2;
      if (t >= cell.start && distance < 60) {
        level += 25 * Math.exp(-distance / 12 - (t - cell.start) / 15);
      }
    }
    const hot = (y * 31 + x * 17) % 701 === 0 ? 40 : 0;
    return options.scale * (level + hot + stripe + 0.4 * Math.sqrt(level) * draw.normal());
  };
  return movie(shape, made, options);
}
