// RIFF: bytes of little-endian numbers and four-character codes, and chunks of them.
type Part =
  | string
  | Uint8Array
  | { readonly u16: number }
  | { readonly u32: number }
  | { readonly u64: number };

export const u16 = (value: number) => ({ u16: value });
export const u32 = (value: number) => ({ u32: value });
export const u64 = (value: number) => ({ u64: value });

/** All parts one after another; a string is its ASCII characters. */
export function bytes(...parts: readonly Part[]): Uint8Array {
  const result = new Uint8Array(parts.reduce((sum, part) => sum + lengthOf(part), 0));
  const view = new DataView(result.buffer);
  let at = 0;
  for (const part of parts) {
    if (typeof part === "string") result.set(new TextEncoder().encode(part), at);
    else if (part instanceof Uint8Array) result.set(part, at);
    else if ("u16" in part) view.setUint16(at, part.u16, true);
    else if ("u32" in part) view.setUint32(at, part.u32, true);
    else view.setBigUint64(at, BigInt(part.u64), true);
    at += lengthOf(part);
  }
  return result;
}

/** A chunk: its code, its length, its content. */
export function chunk(code: string, ...parts: readonly Part[]): Uint8Array {
  const content = bytes(...parts);
  return bytes(code, u32(content.length), content);
}

function lengthOf(part: Part): number {
  if (typeof part === "string" || part instanceof Uint8Array) return part.length;
  if ("u16" in part) return 2;
  return "u32" in part ? 4 : 8;
}
