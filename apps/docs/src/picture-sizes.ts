// Pictures with their size, so that a page does not move when they arrive; those below the first wait until they are near.
import { readFileSync } from "node:fs";
import { join, posix } from "node:path";

/** `folder`: the pages; `page`: the path in it of the page whose text it is. */
export function sizedPictures(text: string, page: string, folder: string): string {
  let count = 0;
  return text.replace(/!\[[^\]]*\]\(([^)\s]+\.png)\)/g, (all, target: string) => {
    const { width, height } = sizeOf(join(folder, posix.join(posix.dirname(page), target)));
    count += 1;
    return `${all}{width=${width} height=${height}${count > 1 ? " loading=lazy" : ""}}`;
  });
}

/** Of a PNG: the two numbers with which its header begins. */
export function sizeOf(file: string): { readonly width: number; readonly height: number } {
  const bytes = readFileSync(file);
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}
