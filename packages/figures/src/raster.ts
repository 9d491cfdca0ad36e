// A field of numbers as a picture inside an SVG: a PNG in a data URI.
import { encode } from "fast-png";
import { type ColormapName, colormap } from "./colormap.ts";
import type { Range } from "./range.ts";
import { element } from "./svg.ts";

/** height × width numbers, row-major. */
export interface Field {
  readonly height: number;
  readonly width: number;
  readonly data: ArrayLike<number>;
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

// Small sensors are enlarged to about this many units, large ones shrunk to the larger bound.
const ENLARGE_TO = 640;
const SHRINK_TO = 960;

/** Units per pixel: a whole number where the picture is enlarged, so that all pixels are alike. */
export function displayScale(height: number, width: number): number {
  const longest = Math.max(height, width);
  if (longest > SHRINK_TO) return SHRINK_TO / longest;
  return Math.max(1, Math.round(ENLARGE_TO / longest));
}

/** The `<image>` of a field; values beyond the range take its end colours, what is no number is dark. */
export function rasterImage(field: Field, box: Box, range: Range, map: ColormapName): string {
  return element("image", {
    ...box,
    href: pngDataUri(field, range, map),
    preserveAspectRatio: "none",
    "image-rendering": box.width < field.width ? "optimizeQuality" : "optimizeSpeed",
  });
}

export function pngDataUri(field: Field, [low, high]: Range, map: ColormapName): string {
  const { height, width, data } = field;
  const colors = colormap(map);
  const pixels = new Uint8Array(height * width * 3);
  for (let i = 0; i < height * width; i++) {
    const share = (data[i]! - low) / (high - low);
    // Written so that NaN becomes 0.
    const index = share > 0 ? Math.min(255, Math.round(share * 255)) : 0;
    pixels[3 * i] = colors[3 * index]!;
    pixels[3 * i + 1] = colors[3 * index + 1]!;
    pixels[3 * i + 2] = colors[3 * index + 2]!;
  }
  const png = encode({ width, height, data: pixels, channels: 3, depth: 8 });
  return `data:image/png;base64,${base64(png)}`;
}

function base64(bytes: Uint8Array): string {
  // In pieces: a call takes some ten thousand arguments at most.
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += 0x2000) {
    pieces.push(String.fromCharCode(...bytes.subarray(at, at + 0x2000)));
  }
  return btoa(pieces.join(""));
}
