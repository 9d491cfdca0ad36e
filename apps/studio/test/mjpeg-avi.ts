// An AVI of motion JPEG as the software of Miniscopes writes them, made by a browser: a bright spot that moves over a slope.
import type { Page } from "playwright-core";

export const SIDE = { height: 96, width: 128 } as const;
export const FPS = 20;

export const greyOf = (frame: number, y: number, x: number): number =>
  Math.round(
    50 + 0.5 * x + 0.3 * y + 80 * Math.exp(-((y - 48) ** 2 + (x - 20 - 1.5 * frame) ** 2) / 200),
  );

/** Defines `mjpegAvi(fourcc, frames)` → bytes, where it is run. */
export const MJPEG_AVI = `
const greyOf = ${greyOf.toString()};
async function mjpegAvi(fourcc, count) {
  const { height, width } = ${JSON.stringify(SIDE)};
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d");
  const ascii = (text) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
  const words = (...values) => new Uint8Array(new Uint32Array(values).buffer);
  const joined = (parts) => {
    const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const part of parts) { all.set(part, at); at += part.length; }
    return all;
  };
  const chunk = (code, ...parts) => {
    const body = joined(parts);
    return joined([ascii(code), words(body.length), body, new Uint8Array(body.length % 2)]);
  };
  const list = (code, kind, ...parts) => chunk(code, ascii(kind), ...parts);
  const frames = [];
  for (let frame = 0; frame < count; frame++) {
    const image = context.createImageData(width, height);
    for (let i = 0; i < height * width; i++) {
      const grey = greyOf(frame, Math.floor(i / width), i % width);
      image.data.set([grey, grey, grey, 255], 4 * i);
    }
    context.putImageData(image, 0, 0);
    const jpeg = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.97 });
    frames.push(chunk("00dc", new Uint8Array(await jpeg.arrayBuffer())));
  }
  const strh = chunk("strh", ascii("vids" + fourcc), words(0, 0, 0, 1, ${FPS}, 0, count, 0, 0, 0), new Uint8Array(8));
  const bits = 1 + 24 * 65536;
  const strf = chunk("strf", words(40, width, height, bits), ascii(fourcc), words(3 * width * height, 0, 0, 0, 0));
  const head = list("LIST", "hdrl", chunk("avih", new Uint8Array(56)), list("LIST", "strl", strh, strf));
  return list("RIFF", "AVI ", head, list("LIST", "movi", ...frames));
}`;

export async function mjpegAvi(page: Page, fourcc: string, frames: number): Promise<Buffer> {
  const text = await page.evaluate(
    `(async () => { ${MJPEG_AVI}
      const bytes = await mjpegAvi("${fourcc}", ${frames});
      return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
    })()`,
  );
  return Buffer.from(text as string, "base64");
}
