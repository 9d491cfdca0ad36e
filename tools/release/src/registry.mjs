// A registry on this machine alone, which keeps what is published to it and fetches everything else from the registry of npm's settings.
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { runServer } from "verdaccio";

/**
 * Started with all its files in that folder. `env` makes npm use it, and nothing that the user has set up: no token, no cache.
 * @returns {Promise<{ url: string, env: NodeJS.ProcessEnv, close: () => Promise<void> }>}
 */
export async function startRegistry(folder) {
  mkdirSync(folder);
  const upstream = execFileSync("npm", ["config", "get", "registry"], {
    encoding: "utf8",
    shell: process.platform === "win32",
  }).trim();
  const server = await runServer({
    self_path: folder,
    storage: join(folder, "storage"),
    auth: { htpasswd: { file: join(folder, "htpasswd"), max_users: -1 } },
    uplinks: { npm: { url: upstream } },
    packages: {
      // Without `proxy`: nobody else's package of such a name gets in.
      minisim: { access: "$all", publish: "$all" },
      "create-minisim-step": { access: "$all", publish: "$all" },
      "@minisim/*": { access: "$all", publish: "$all" },
      "**": { access: "$all", proxy: "npm" },
    },
    web: { enable: false },
    max_body_size: "50mb",
    log: { type: "file", path: join(folder, "log"), level: "warn", format: "pretty" },
  });
  await new Promise((done, failed) => {
    server.once("error", failed);
    server.listen(0, "127.0.0.1", done);
  });
  const url = `http://127.0.0.1:${server.address().port}/`;
  const settings = join(folder, "npmrc");
  // npm publishes nothing without a token; this registry asks for none.
  writeFileSync(settings, `//${new URL(url).host}/:_authToken=nobody\n`);
  // What npm itself was told, as by `npm run --silent`, and tells its children, is not for these.
  const others = Object.entries(process.env).filter(([name]) => !/^npm_config_/i.test(name));
  const env = {
    ...Object.fromEntries(others),
    npm_config_registry: url,
    npm_config_userconfig: settings,
    npm_config_cache: join(folder, "cache"),
    npm_config_noproxy: "127.0.0.1",
    npm_config_update_notifier: "false",
    npm_config_audit: "false",
    npm_config_fund: "false",
  };
  const close = async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  };
  return { url, env, close };
}
