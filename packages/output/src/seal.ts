// Small files that are written whole (pictures, reports, templates) end with a mark that carries the SHA-256 of what stands before it:
// a file that somebody has edited since is no longer ours.
import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import { markOf } from "./mark.ts";

/** How a text file writes comments. */
export type CommentStyle = "yaml" | "xml";

const COMMENTS: Readonly<Record<CommentStyle, readonly [before: string, after: string]>> = {
  yaml: ["# ", "\n"],
  xml: ["<!-- ", " -->\n"],
};
// What may stand behind the mark: the end of a comment, or the checksum of a PNG's chunk and its last chunk.
const PNG_END_BYTES = 12;
const TAIL = /^(?:\n| -->\n|[\s\S]{4}\0\0\0\0IEND\xaeB`\x82)$/;

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** The text with a last line that says who wrote it. */
export function sealText(text: string, kind: string, style: CommentStyle): string {
  const [before, after] = COMMENTS[style];
  const body = `${text.endsWith("\n") ? text : `${text}\n`}${before}`;
  return `${body}${markOf(kind)} ${sha256(Buffer.from(body))}${after}`;
}

/** The picture with a text chunk "Software" before its end (PNG specification, 11.3.3.3). */
export function sealPng(png: Uint8Array, kind: string): Uint8Array {
  const body = Buffer.from(png.subarray(0, png.length - PNG_END_BYTES));
  const keyword = Buffer.from("Software\0");
  const text = (hash: string) => Buffer.from(`${markOf(kind)} ${hash}`, "latin1");
  const length = Buffer.alloc(4);
  length.writeUInt32BE(keyword.length + text("0".repeat(64)).length);
  const head = Buffer.concat([body, length, Buffer.from("tEXt"), keyword]);
  const sealed = Buffer.concat([head, text(sha256(head))]);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(sealed.subarray(body.length + 4)));
  return Buffer.concat([sealed, checksum, png.subarray(png.length - PNG_END_BYTES)]);
}

/** Whether the file was sealed as a `kind` and is as it was then. */
export function isSealed(bytes: Uint8Array, kind: string): boolean {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const mark = `${markOf(kind)} `;
  const at = file.lastIndexOf(mark, undefined, "latin1");
  if (at < 0) return false;
  const from = at + mark.length;
  const hash = file.toString("latin1", from, from + 64);
  const tail = file.toString("latin1", from + 64);
  return hash === sha256(file.subarray(0, at)) && TAIL.test(tail);
}
