// Addresses of S3, as its tools write them: what follows the bucket is the name itself, spaces and all, nothing of it is encoded.
import { StoreError } from "@minisim/store";

export interface S3Address {
  readonly bucket: string;
  /** Of the keys below it: "" or ending in "/". */
  readonly prefix: string;
}

/** "s3://bucket/data/r.zarr", with or without "/" at its end. @throws StoreError "invalid". */
export function parseAddress(address: string): S3Address {
  const [, bucket, path = ""] = /^s3:\/\/([^/]+)(?:\/+(.*))?$/is.exec(address) ?? [];
  if (bucket === undefined)
    throw new StoreError("invalid", `${address} names no bucket: write s3://BUCKET/NAME.zarr.`);
  const name = path.replace(/\/+$/, "");
  return { bucket, prefix: name === "" ? "" : `${name}/` };
}

/** In the one way that sentences say it. */
export const addressOf = ({ bucket, prefix }: S3Address): string =>
  `s3://${bucket}/${prefix}`.replace(/\/$/, "");

/** The prefixes that one lies in, the nearest first, down to the whole bucket. */
export function outerPrefixes(prefix: string): string[] {
  const parts = prefix.split("/").slice(0, -2);
  if (prefix === "") return [];
  return [...parts.map((_, i) => `${parts.slice(0, parts.length - i).join("/")}/`), ""];
}
