// Collections of texts and lists in an HDF5 file, as the library reads them. It goes through a collection by the sizes of its objects,
// and for ever where free space has none, or where a size is so large that it counts past 64 bits.
// https://docs.hdfgroup.org/hdf5/develop/_f_m_t3.html#GlobalHeap

const SIGNATURE = 0x4c4f4347; // GCOL
const HEADER_BYTES = 16;
const OBJECT_HEADER_BYTES = 16;
/** Of the collection, and of an object, in their headers. */
const SIZE_AT = 8;
const ALIGNMENT = 8;
const FREE_SPACE = 0;

/** Whether these bytes are a collection, or its beginning, with an object of an impossible size. */
export function isBrokenHeap(bytes: DataView): boolean {
  if (bytes.byteLength < HEADER_BYTES || bytes.getUint32(0, true) !== SIGNATURE) return false;
  const sizeAt = (at: number) => Number(bytes.getBigUint64(at + SIZE_AT, true));
  const whole = sizeAt(0);
  for (let at = HEADER_BYTES; at + OBJECT_HEADER_BYTES <= bytes.byteLength; ) {
    const isFree = bytes.getUint16(at, true) === FREE_SPACE;
    const size = sizeAt(at);
    if (size > whole || (isFree && size === 0)) return true;
    // Free space counts its header.
    at += isFree ? size : OBJECT_HEADER_BYTES + Math.ceil(size / ALIGNMENT) * ALIGNMENT;
  }
  return false;
}
