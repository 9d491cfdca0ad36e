// The spec in the address: compressed JSON behind "#s=". Nothing is sent anywhere; a link is all there is.
const PREFIX = "s=";

export async function toHash(spec: unknown): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(spec));
  const packed = await through(bytes, new CompressionStream("deflate-raw"));
  let text = "";
  for (const byte of packed) text += String.fromCharCode(byte);
  return PREFIX + btoa(text).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** The spec of an address; undefined where it has none that can be read. */
export async function fromHash(hash: string): Promise<unknown> {
  const text = hash.replace(/^#/, "");
  if (!text.startsWith(PREFIX)) return undefined;
  try {
    const binary = atob(text.slice(PREFIX.length).replaceAll("-", "+").replaceAll("_", "/"));
    const packed = Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
    const bytes = await through(packed, new DecompressionStream("deflate-raw"));
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

async function through(
  bytes: Uint8Array<ArrayBuffer>,
  by: CompressionStream | DecompressionStream,
): Promise<Uint8Array> {
  const stream = new Blob([bytes]).stream().pipeThrough(by);
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
