// A spec as a part of an address: compressed JSON. Nothing is sent anywhere; a link is all there is.
export async function packed(spec: unknown): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(spec));
  const small = await through(bytes, new CompressionStream("deflate-raw"));
  let text = "";
  for (const byte of small) text += String.fromCharCode(byte);
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** What was packed; undefined where it cannot be read. */
export async function unpacked(text: string): Promise<unknown> {
  try {
    const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    const small = Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
    const bytes = await through(small, new DecompressionStream("deflate-raw"));
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
