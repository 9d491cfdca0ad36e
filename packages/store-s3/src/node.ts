// @minisim/store-s3: the objects below an address of S3, for recordings. minisim loads it where an address begins with s3://.
import {
  GetObjectCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  type S3Client,
} from "@aws-sdk/client-s3";
import type { ObjectStore } from "@minisim/store";
import { addressOf, outerPrefixes, parseAddress, type S3Address } from "./address.ts";
import { createClient } from "./node-client.ts";
import { type Asked, s3Error } from "./sentences.ts";

/** A condition that meets another put under way is to be asked again; S3 says so by 409. As often, with waits between that grow to a second. */
const TRIES = 5;
const WAIT_MS = 100;

/**
 * Asks nothing of the server yet. Credentials, region and endpoint are found as by the other tools of S3: AWS_ACCESS_KEY_ID, AWS_PROFILE,
 * AWS_REGION, AWS_ENDPOINT_URL, the role of the machine, …
 * @throws StoreError "invalid" for an address that names no bucket.
 */
export async function openS3(address: string): Promise<ObjectStore> {
  return objectsAt(parseAddress(address), await createClient());
}

function objectsAt(place: S3Address, client: S3Client): ObjectStore {
  const { bucket, prefix } = place;
  const put = async (key: string, bytes: Uint8Array, condition: Condition): Promise<boolean> => {
    const Key = `${prefix}${key}`;
    const request = { Bucket: bucket, Key, Body: bytes, ...condition };
    for (let left = TRIES - 1; ; left--) {
      try {
        // One put a chunk, which is far below the 5 GB that one may have: it is there whole or not at all.
        await client.send(new PutObjectCommand(request));
        return true;
      } catch (error) {
        const status = statusOf(error);
        const gone = "IfMatch" in condition && (error as Error).name === "NoSuchKey";
        if (status === 412 || gone) return false;
        if (status !== 409 || left === 0) throw failed(error, Key, "written");
        await new Promise((resolve) => setTimeout(resolve, WAIT_MS * 2 ** (TRIES - 1 - left)));
      }
    }
  };
  const failed = (error: unknown, key: string | undefined, verb: Asked["verb"]) =>
    s3Error(error, { bucket, key, verb });
  return {
    address: addressOf(place),
    read: async (key) => {
      const Key = `${prefix}${key}`;
      for (let left = TRIES - 1; ; left--) {
        let begun = false;
        try {
          const found = await client.send(new GetObjectCommand({ Bucket: bucket, Key }));
          begun = true;
          const bytes = await found.Body!.transformToByteArray();
          return { bytes, version: found.ETag ?? "" };
        } catch (error) {
          if ((error as Error).name === "NoSuchKey") return undefined;
          // The client asks again for what has not begun to come, and not for what breaks off.
          if (!begun || left === 0) throw failed(error, Key, "read");
        }
      }
    },
    create: (key, bytes) => put(key, bytes, { IfNoneMatch: "*" }),
    replace: (key, bytes, version) => put(key, bytes, { IfMatch: version }),
    list: async () => {
      const sizes = new Map<string, number>();
      try {
        const pages = paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: prefix });
        for await (const { Contents = [] } of pages) {
          for (const { Key = "", Size = 0 } of Contents) {
            // What consoles call a folder is an object without a name of its own.
            if (Key !== prefix) sizes.set(Key.slice(prefix.length), Size);
          }
        }
      } catch (error) {
        throw failed(error, undefined, "listed");
      }
      return sizes;
    },
    around: () =>
      outerPrefixes(prefix).map((outer) => objectsAt({ bucket, prefix: outer }, client)),
  };
}

type Condition = { readonly IfNoneMatch: "*" } | { readonly IfMatch: string };

const statusOf = (error: unknown): number | undefined =>
  (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
