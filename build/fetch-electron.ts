import { join } from "node:path";
import { runTool } from "./run-tool.ts";

const PROBE_MS = 3_000;
const FETCH_MS = 180_000;
const SOURCE = "https://github.com/electron/electron/releases";

/**
 * Lets the package fetch Electron's program, quietly and within three minutes. Where its source does not even answer
 * within three seconds nothing is tried, so that a start on a closed network stays quick. Resolves in any case; whether
 * it worked shows in `electronBinary`.
 */
export async function fetchElectron(packageDirectory: string, env: NodeJS.ProcessEnv): Promise<void> {
  const hasProxy = ["HTTPS_PROXY", "https_proxy"].some((name) => (env[name] ?? "") !== "");
  const source = env["ELECTRON_MIRROR"] ?? env["npm_config_electron_mirror"] ?? SOURCE;
  // What answers behind a proxy only the package itself finds out.
  if (!hasProxy && !(await answers(source))) return;
  console.error("Fetching Electron, once (about 120 MB)…");
  await runTool({
    args: [join(packageDirectory, "install.js")],
    env: hasProxy ? { NODE_USE_ENV_PROXY: "1", ELECTRON_GET_USE_PROXY: "1" } : {},
    timeoutMs: FETCH_MS,
    quiet: true,
  });
}

async function answers(address: string): Promise<boolean> {
  try {
    const response = await fetch(address, { method: "HEAD", redirect: "manual", signal: AbortSignal.timeout(PROBE_MS) });
    return response.status < 500;
  } catch {
    return false;
  }
}
