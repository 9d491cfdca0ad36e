/** A view of bytes that must hold a header of this length. @throws RangeError for fewer. */
export function headerView(bytes: Uint8Array, header: number): DataView {
  if (bytes.length < header) throw new RangeError("The chunk ends within its header.");
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
