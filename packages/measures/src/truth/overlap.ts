// How much footprints share.
import type { FootprintStack } from "@minisim/footprint";

export interface Overlap {
  /** For each cell, the share of the light of its own pixels that lies in pixels of others. */
  readonly shared_light: Float64Array;
  /** For each cell, how many others have a pixel in common with it. */
  readonly neighbours: Float64Array;
}

/** A cell's own pixels are those at or above a fifth of its maximum. */
const OWN = 0.2;

export function overlapOf(footprints: FootprintStack): Overlap {
  const owners = new Map<number, number[]>();
  for (let cell = 0; cell < footprints.length; cell++) {
    eachOwn(footprints, cell, (pixel) => {
      const cells = owners.get(pixel);
      if (cells) cells.push(cell);
      else owners.set(pixel, [cell]);
    });
  }
  const shared_light = new Float64Array(footprints.length);
  const neighbours = new Float64Array(footprints.length);
  for (let cell = 0; cell < footprints.length; cell++) {
    const others = new Set<number>();
    let [all, shared] = [0, 0];
    eachOwn(footprints, cell, (pixel, light) => {
      const cells = owners.get(pixel)!;
      all += light;
      if (cells.length > 1) shared += light;
      for (const other of cells) others.add(other);
    });
    shared_light[cell] = shared / all;
    neighbours[cell] = others.size - 1;
  }
  return { shared_light, neighbours };
}

function eachOwn(
  footprints: FootprintStack,
  cell: number,
  visit: (pixel: number, light: number) => void,
): void {
  const { row, col, width, data } = footprints.at(cell);
  const least = OWN * data.reduce((a, b) => Math.max(a, b), 0);
  for (let i = 0; i < data.length; i++) {
    if (data[i]! < least) continue;
    visit((row + Math.floor(i / width)) * footprints.canvas.width + col + (i % width), data[i]!);
  }
}
