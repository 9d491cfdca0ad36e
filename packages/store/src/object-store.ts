// What a recording asks of an object store: whole objects, and conditions on when they are put. Nothing is ever removed.

/** The objects below one address. Keys are relative to it. Failures are thrown as StoreError "unreachable". */
export interface ObjectStore {
  /** "s3://bucket/r.zarr", as sentences say it. */
  readonly address: string;
  /** Undefined where there is no such object. */
  read(key: string): Promise<StoredObject | undefined>;
  /** Puts an object where there is none; false where there is one, which stays as it is. */
  create(key: string, bytes: Uint8Array): Promise<boolean>;
  /** Puts an object in the place of a version that was read; false where another has come meanwhile, which stays. */
  replace(key: string, bytes: Uint8Array, version: string): Promise<boolean>;
  /** The bytes of every object, by its key. */
  list(): Promise<Map<string, number>>;
  /** The stores that this one lies in, the nearest first. */
  around(): readonly ObjectStore[];
}

export interface StoredObject {
  readonly bytes: Uint8Array;
  /** Changes with the object; for `replace`. */
  readonly version: string;
}

/** Whether a path is an address of an object store. */
export const isObjectAddress = (path: string): boolean => /^s3:\/\//i.test(path);
