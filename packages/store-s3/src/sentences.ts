// Failures of S3 in one sentence, with the bucket and the key.
import { StoreError } from "@minisim/store";

/** What was asked for: "could not be read". */
export interface Asked {
  readonly bucket: string;
  /** Undefined for a list. */
  readonly key: string | undefined;
  readonly verb: "read" | "written" | "listed";
}

interface S3Failure extends Error {
  /** Of the server. */
  readonly $metadata?: { readonly httpStatusCode?: number };
  /** Of the system: "ECONNREFUSED". */
  readonly code?: string;
  readonly address?: string;
  readonly hostname?: string;
}

/** What the server calls it; of a request without a body in the answer, the number alone is known. */
const REASONS: Readonly<Record<string, (bucket: string) => string>> = {
  NoSuchBucket: (bucket) => `there is no bucket ${bucket}`,
  InvalidBucketName: (bucket) => `${bucket} is no name of a bucket`,
  AccessDenied: () => "access was denied; the credentials in use may not do this",
  InvalidAccessKeyId: () => "the server does not know this access key (AWS_ACCESS_KEY_ID)",
  SignatureDoesNotMatch: () => "the secret key is not that of the access key",
  ExpiredToken: () => "the session of these credentials has expired",
  InvalidToken: () => "the session token is not valid (AWS_SESSION_TOKEN)",
  PermanentRedirect: () => "the bucket is in another region (AWS_REGION)",
  AuthorizationHeaderMalformed: () => "the bucket is in another region (AWS_REGION)",
  RequestTimeTooSkewed: () => "the clock of this machine is wrong",
  CredentialsProviderError: () =>
    "no credentials were found: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE; what everybody may read is read by its https:// address",
};
const OF_THE_WAY: Readonly<Record<string, (where: string) => string>> = {
  ECONNREFUSED: (where) => `nothing answers at ${where}`,
  ENOTFOUND: (where) => `there is no host ${where}`,
  EAI_AGAIN: (where) => `the address of ${where} could not be found out`,
  ECONNRESET: () => "the connection broke off",
  EHOSTUNREACH: (where) => `${where} cannot be reached`,
  ENETUNREACH: () => "there is no network",
};
/** What a request without a body in its answer is told by. */
const BY_STATUS: Readonly<Record<number, string>> = {
  301: "PermanentRedirect",
  403: "AccessDenied",
};

export function s3Error(error: unknown, { bucket, key, verb }: Asked): StoreError {
  const failure = error as S3Failure;
  const what = key === undefined ? `The bucket ${bucket}` : `s3://${bucket}/${key}`;
  const message = `${what} could not be ${verb}: ${reasonOf(failure, bucket)}.`;
  return new StoreError("unreachable", message, {
    ...(key === undefined ? {} : { key }),
    cause: error,
  });
}

function reasonOf(failure: S3Failure, bucket: string): string {
  const status = failure.$metadata?.httpStatusCode;
  const known = REASONS[failure.name] ?? REASONS[BY_STATUS[status ?? 0] ?? ""];
  if (known) return known(bucket);
  const host = failure.hostname ?? failure.address ?? "the endpoint";
  const way = OF_THE_WAY[failure.code ?? ""];
  if (way) return way(host);
  if (failure.name === "TimeoutError") return "the server did not answer in time";
  const said = (failure.message || failure.name || String(failure)).split("\n")[0]!;
  const text = said.replace(/\.$/, "");
  return status === undefined ? text : `${text} (${status})`;
}
