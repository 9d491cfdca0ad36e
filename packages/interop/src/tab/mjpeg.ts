// Frames of motion JPEG, as greys, by the decoder that browsers have. Of a picture in colours the grey is its luma (ITU-R BT.601, as JFIF has it).
import type { InteropError } from "../error.ts";

/** Of browsers, in workers too; the project's types are of Node. */
interface Picture {
  /** "I420", "BGRX" … */
  readonly format: string | null;
  readonly codedWidth: number;
  readonly codedHeight: number;
  allocationSize(): number;
  /** @returns where each plane lies */
  copyTo(target: Uint8Array): Promise<{ readonly offset: number; readonly stride: number }[]>;
  close(): void;
}
interface Decoder {
  decode(): Promise<{ readonly image: Picture }>;
  close(): void;
}
declare const ImageDecoder:
  | undefined
  | (new (of: {
      readonly type: string;
      readonly data: Uint8Array;
    }) => Decoder);

export const decodesJpeg = (): boolean => typeof ImageDecoder !== "undefined";

/** Their first plane is the luma; a JPEG's goes from 0 to 255. */
const LUMA_FIRST = /^(I420|I422|I444|NV12)$/;
const COLOURS = /^(RGB|BGR)[AX]$/;

/** @throws an error that `bad` makes */
export async function greysOfJpeg(
  data: Uint8Array,
  { height, width }: { readonly height: number; readonly width: number },
  bad: (problem: string) => InteropError,
): Promise<Uint8Array<ArrayBuffer>> {
  const decoder = new ImageDecoder!({ type: "image/jpeg", data });
  let picture: Picture | undefined;
  try {
    picture = (await decoder.decode().catch(() => undefined))?.image;
    if (!picture) throw bad("is no JPEG that this browser decodes");
    const { codedHeight, codedWidth, format } = picture;
    if (codedHeight !== height || codedWidth !== width) {
      throw bad(`is of ${codedHeight} × ${codedWidth} px instead of ${height} × ${width}`);
    }
    const bytes = new Uint8Array(picture.allocationSize());
    const [{ offset, stride }] = (await picture.copyTo(bytes)) as [
      { offset: number; stride: number },
    ];
    const rows = Array.from({ length: height }, (_, y) => bytes.subarray(offset + y * stride));
    if (format && LUMA_FIRST.test(format)) return greys(rows, width, (row, x) => row[x]!);
    if (format && COLOURS.test(format)) {
      const [red, blue] = format.startsWith("R") ? [0, 2] : [2, 0];
      return greys(rows, width, (row, x) => {
        const [r, g, b] = [row[4 * x + red]!, row[4 * x + 1]!, row[4 * x + blue]!];
        return Math.round(0.299 * r + 0.587 * g + 0.114 * b);
      });
    }
    throw bad(`comes out of this browser as ${format}, which is not read`);
  } finally {
    picture?.close();
    decoder.close();
  }
}

function greys(
  rows: readonly Uint8Array[],
  width: number,
  at: (row: Uint8Array, x: number) => number,
): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(rows.length * width);
  for (const [y, row] of rows.entries()) {
    for (let x = 0; x < width; x++) all[y * width + x] = at(row, x);
  }
  return all;
}
