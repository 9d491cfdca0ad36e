// The same numbers in Node, with a compile that remembers nothing: what pages are held against.
import { createHash } from "node:crypto";
import { Preview } from "../src/engine/preview.ts";

export async function nodeHash(spec: unknown, stage: string, frame: number): Promise<string> {
  const preview = await Preview.open(spec as never);
  try {
    const { buffer, byteOffset, byteLength } = preview.frames(stage, frame, 1);
    return createHash("sha256")
      .update(Buffer.from(buffer, byteOffset, byteLength))
      .digest("hex");
  } finally {
    preview.release();
  }
}
