// Fingerprints of what a simulation holds: equal strings, equal bytes.

/** FNV-1a over the bytes of anything made of plain data, typed arrays, maps and objects with them; keys in sorted order. */
export function digest(value: unknown): string {
  let hash = 0xcbf29ce484222325n;
  const eat = (bytes: Uint8Array) => {
    let low = Number(hash & 0xffffffffn);
    let high = Number(hash >> 32n);
    for (const byte of bytes) {
      low = (low ^ byte) >>> 0;
      // (high·2^32 + low) · (2^40 + 0x1b3) mod 2^64
      const product = low * 0x1b3;
      const carry = Math.floor(product / 2 ** 32);
      high = (Math.imul(high, 0x1b3) + carry + (low << 8)) >>> 0;
      low = product >>> 0;
    }
    hash = (BigInt(high) << 32n) | BigInt(low);
  };
  const text = new TextEncoder();
  const visit = (part: unknown): void => {
    if (ArrayBuffer.isView(part)) {
      eat(text.encode(`${part.constructor.name} ${part.byteLength}`));
      eat(new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
    } else if (part instanceof Map) {
      visit([...part.entries()]);
    } else if (Array.isArray(part)) {
      eat(text.encode(`[${part.length}`));
      part.forEach(visit);
    } else if (typeof part === "object" && part !== null) {
      const entries = Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1));
      eat(text.encode(`{${entries.length}`));
      for (const [key, inner] of entries) {
        eat(text.encode(key));
        visit(inner);
      }
    } else {
      eat(text.encode(`${typeof part} ${String(part)};`));
    }
  };
  visit(value);
  return hash.toString(16).padStart(16, "0");
}
