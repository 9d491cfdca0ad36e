// @minisim/figures/node: SVG → PNG, with the fonts that the figures are set in.
import { initWasm, Resvg } from "@resvg/resvg-wasm";
import { readAsset } from "./node-assets.ts";
import { withPalette } from "./palette.ts";

let ready: Promise<Uint8Array[]> | undefined;

async function prepare(): Promise<Uint8Array[]> {
  await initWasm(readAsset("@resvg/resvg-wasm/index_bg.wasm"));
  return Promise.all(
    ["DejaVuSans.ttf", "DejaVuSans-Bold.ttf"].map((file) =>
      readAsset(`dejavu-fonts-ttf/ttf/${file}`),
    ),
  );
}
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
