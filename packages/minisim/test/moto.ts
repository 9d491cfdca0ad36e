// A server of S3 on this machine, moto's, and the environment in which it is found. Needs .venv-moto (.ci/interop-venv.sh).
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const venv = fileURLToPath(new URL("../../../.venv-moto/bin", import.meta.url));
const script = fileURLToPath(new URL("bucket.py", import.meta.url));

export interface Moto {
  readonly endpoint: string;
  /** Forgets all buckets, and makes this one. */
  reset(bucket: string): Promise<void>;
  /** Asks moto itself. */
  post(path: string, body?: string): Promise<void>;
  /** Ends the server, and puts the environment back. */
  stop(): Promise<void>;
}

export async function startMoto(): Promise<Moto> {
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const words = ["-H", "127.0.0.1", "-p", `${port}`];
  const server = spawn(join(venv, "moto_server"), words, { stdio: "ignore" });
  const failed = once(server, "error").then(([error]) => Promise.reject(error));
  await Promise.race([failed, answering(endpoint)]);
  const restore = setEnvironment({
    ...{ AWS_ENDPOINT_URL: endpoint, AWS_ACCESS_KEY_ID: "key", AWS_SECRET_ACCESS_KEY: "secret" },
    ...{ AWS_CONFIG_FILE: "/nowhere", AWS_SHARED_CREDENTIALS_FILE: "/nowhere" },
    AWS_EC2_METADATA_DISABLED: "true",
  });
  const post = async (path: string, body = "") => {
    await fetch(`${endpoint}/moto-api/${path}`, { method: "POST", body });
  };
  return {
    endpoint,
    post,
    reset: async (bucket) => {
      await post("reset");
      await inBucket("make", bucket);
    },
    stop: async () => {
      restore();
      server.kill();
      await once(server, "close");
    },
  };
}

/** Runs bucket.py; what it printed. */
export const inBucket = async (...words: string[]): Promise<string> =>
  (await promisify(execFile)(join(venv, "python"), [script, ...words], { maxBuffer: 2 ** 24 }))
    .stdout;

/** No variable of AWS but these; returns what undoes it. */
function setEnvironment(variables: Readonly<Record<string, string>>): () => void {
  const before = { ...process.env };
  const clear = () => {
    for (const name of Object.keys(process.env)) if (/^AWS_/.test(name)) delete process.env[name];
  };
  clear();
  Object.assign(process.env, variables);
  return () => {
    clear();
    Object.assign(process.env, before);
  };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as { port: number };
  probe.close();
  await once(probe, "close");
  return port;
}

async function answering(endpoint: string): Promise<void> {
  while (!(await fetch(endpoint).catch(() => undefined)))
    await new Promise((resolve) => setTimeout(resolve, 100));
}
