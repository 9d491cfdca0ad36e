// @minisim/figures/node: SVG → PNG, with the fonts that the figures are set in.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { initWasm, Resvg } from "@resvg/resvg-wasm";
import { withPalette } from "./palette.ts";

const require = createRequire(import.meta.url);
let ready: Promise<Uint8Array[]> | undefined;

async function prepare(): Promise<Uint8Array[]> {
  const read = (name: string) => readFile(require.resolve(name));
  await initWasm(read("@resvg/resvg-wasm/index_bg.wasm"));
  return Promise.all(
    ["DejaVuSans.ttf", "DejaVuSans-Bold.ttf"].map((file) => read(`dejavu-fonts-ttf/ttf/${file}`)),
  );
}

/** The bytes of a PNG file; `scale` pixels per SVG unit; `small` for at most 256 colours. */
export async function toPng(svg: string, { scale = 2, small = false } = {}): Promise<Uint8Array> {
  ready ??= prepare();
  const fontBuffers = await ready;
  const font = { fontBuffers, loadSystemFonts: false, defaultFontFamily: "DejaVu Sans" };
  const image = new Resvg(svg, { fitTo: { mode: "zoom", value: scale }, font }).render();
  try {
    return small ? withPalette(image.asPng()) : image.asPng();
  } finally {
    image.free();
  }
}
