// The first page's picture at the size at which it is shown, in colours of a palette: it is what a reader waits for.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { toPng } from "@minisim/figures/node";
import { sizeOf } from "./picture-sizes.ts";
import { root } from "./repository.ts";

export const HERO = "docs/pictures/max.png";

/** As in the style sheet. */
const WIDTH = 480;

export const heroSize = () => {
  const { width, height } = sizeOf(join(root, HERO));
  return { width: WIDTH, height: Math.round((height / width) * WIDTH) };
};

export function heroPicture(): Promise<Uint8Array> {
  const { width, height } = heroSize();
  const data = readFileSync(join(root, HERO)).toString("base64");
  const image = `<image width="${width}" height="${height}" href="data:image/png;base64,${data}"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${image}</svg>`;
  return toPng(svg, { scale: 1, small: true });
}
