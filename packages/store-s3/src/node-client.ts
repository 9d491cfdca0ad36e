// The client of S3, set up as every tool of S3 is: from the environment, from profiles, or from the role of the machine.
import process from "node:process";
import { S3Client, type S3ClientConfig } from "@aws-sdk/client-s3";

/** Until a server has answered, and between what it sends; estimates: a server that is there answers in a second. */
const CONNECT_MS = 10_000;
const SILENCE_MS = 60_000;
/** Where nobody names a region: that of S3's own tools. A bucket elsewhere tells its own. */
const REGION = "us-east-1";

export async function createClient(): Promise<S3Client> {
  // It speaks of versions to come, and this package pins one.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
  const config: S3ClientConfig = {
    followRegionRedirects: true,
    requestHandler: { connectionTimeout: CONNECT_MS, socketTimeout: SILENCE_MS },
  };
  const asked = new S3Client(config);
  const region = await asked.config.region().catch(() => process.env.AWS_DEFAULT_REGION ?? REGION);
  // Servers of one's own seldom have a host name for every bucket.
  const forcePathStyle = (await asked.config.serviceConfiguredEndpoint?.()) !== undefined;
  asked.destroy();
  return new S3Client({ ...config, region, forcePathStyle });
}
