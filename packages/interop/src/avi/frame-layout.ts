// How the pixels of a frame lie in an uncompressed AVI file.

/** Y800 and GREY: rows from the top, without padding. DIB: a bitmap, rows from the bottom, each padded to 4 bytes. */
export type FourCc = "Y800" | "GREY" | "DIB ";

export interface FrameLayout {
  readonly fourcc: FourCc;
  readonly width: number;
  readonly height: number;
  readonly frameBytes: number;
}

export function frameLayout(fourcc: FourCc, height: number, width: number): FrameLayout {
  const rowBytes = fourcc === "DIB " ? paddedRow(width) : width;
  return { fourcc, width, height, frameBytes: rowBytes * height };
}

/** The bytes of a row-major frame; itself where that is the layout. */
export function layOut(frame: Uint8Array, { fourcc, width, height }: FrameLayout): Uint8Array {
  if (fourcc !== "DIB ") return frame;
  const rowBytes = paddedRow(width);
  const bitmap = new Uint8Array(rowBytes * height);
  for (let y = 0; y < height; y++) {
    bitmap.set(frame.subarray(y * width, (y + 1) * width), (height - 1 - y) * rowBytes);
  }
  return bitmap;
}

const paddedRow = (width: number): number => Math.ceil(width / 4) * 4;
