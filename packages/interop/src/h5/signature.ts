// The bytes that HDF5 begins with.

const SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];

export const SIGNATURE_BYTES = SIGNATURE.length;

/** A user block of 512 · 2ᵏ bytes may come first; MATLAB's is 512. Larger ones are not seen in the field. */
export const SIGNATURE_STARTS = [0, 512, 1024, 2048] as const;

export const isSignature = (bytes: Uint8Array): boolean =>
  SIGNATURE.every((byte, i) => bytes[i] === byte);
