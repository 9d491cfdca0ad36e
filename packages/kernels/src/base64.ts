// Decodes the compiled modules. atob exists in browsers, in their workers and in Node.
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
