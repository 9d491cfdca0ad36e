// Addresses of object stores: what speaks to them is a package that only those install who have one.
import { type ObjectStore, StoreError } from "@minisim/store";

/** @throws StoreError "invalid" where the package is not installed, or for an address that cannot be. */
export async function objectsAt(address: string): Promise<ObjectStore> {
  const { openS3 } = await import("@minisim/store-s3").catch((error: unknown) => {
    const { code, message } = error as NodeJS.ErrnoException;
    // Of this package, not of one that it needs.
    const isAbsent = code === "ERR_MODULE_NOT_FOUND" && message.includes("'@minisim/store-s3'");
    if (!isAbsent) throw error;
    const sentence = `${address} needs the package @minisim/store-s3, which is not installed: npm install @minisim/store-s3, beside minisim.`;
    throw new StoreError("invalid", sentence, { cause: error });
  });
  return openS3(address);
}
