// The first page's picture at the size at which it is shown: half of that in the repository, in colours of a palette.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { toPng } from "@minisim/figures/node";
import { sizeOf } from "./picture-sizes.ts";
import { root } from "./repository.ts";

export const HERO = "docs/pictures/max.png";

export const heroSize = () => {
  const { width, height } = sizeOf(join(root, HERO));
  return { width: Math.round(width / 2), height: Math.round(height / 2) };
};

export function heroPicture(): Promise<Uint8Array> {
  const { width, height } = heroSize();
  const data = readFileSync(join(root, HERO)).toString("base64");
  const image = `<image width="${width}" height="${height}" href="data:image/png;base64,${data}"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${image}</svg>`;
  return toPng(svg, { scale: 1, small: true });
}
