// A file that is read and written at once, at any place. The browser's FileSystemSyncAccessHandle is one.
import { InteropError } from "./error.ts";

export interface SyncFile {
  /** The number of bytes read: fewer than asked for at the end of the file. */
  read(bytes: Uint8Array, options: { readonly at: number }): number;
  /** The number of bytes written: fewer than given when there is no room. */
  write(bytes: Uint8Array, options: { readonly at: number }): number;
  truncate(size: number): void;
  getSize(): number;
}

/** @throws InteropError "io" when not all bytes find room. */
export function writeAll(file: SyncFile, bytes: Uint8Array, at: number): void {
  if (file.write(bytes, { at }) === bytes.length) return;
  throw new InteropError("io", "The browser has no room left for this recording.");
}
