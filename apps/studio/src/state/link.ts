// The spec in the address: compressed JSON behind "#s=". Nothing is sent anywhere; a link is all there is.
const PREFIX = "s=";

export async function toHash(spec: unknown): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(spec));
  const packed = await through(bytes, new CompressionStream("deflate-raw"));
  let text = "";
  for (const byte of packed) text += String.fromCharCode(byte);
  return PREFIX + btoa(text).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

export const hasLink = (hash: string): boolean => hash.replace(/^#/, "").startsWith(PREFIX);

/** What the link of an address holds; undefined where it cannot be read. */
export async function fromHash(hash: string): Promise<unknown> {
  const text = hash.replace(/^#/, "");
  if (!hasLink(hash)) return undefined;
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
  const stream = new Blob([bytes]).stream().pipeThrough(by).pipeThrough(noMoreThan(MOST_BYTES));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

// As much text as a spec may have. A link of a kilobyte can unpack to gigabytes.
const MOST_BYTES = 32_000_000;

function noMoreThan(most: number): TransformStream<Uint8Array, Uint8Array> {
  let bytes = 0;
  return new TransformStream({
    transform(chunk, controller) {
      bytes += chunk.length;
      if (bytes > most) controller.error(new RangeError("This is more than a spec has."));
      else controller.enqueue(chunk);
    },
  });
}
