import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { createServer, type ProxyOptions } from "vite";
import { nodeHindrance } from "./check-node.ts";

const hindrance = nodeHindrance(process.version);
if (hindrance !== null) {
  console.error(hindrance);
  process.exit(1);
}

/**
 * The panel from Vite's development server, which changes it in place; everything that is the host's goes through to the
 * loopback host, which starts again whenever a file of the main process changes, on another port each time. Its checks of
 * Host and Origin are met here, because only this development server knows both sides.
 */
const entry: ProxyOptions = { target: "http://127.0.0.1:9", changeOrigin: true };
const panel: ProxyOptions = { target: "http://127.0.0.1:9", changeOrigin: true, ws: true, rewriteWsOrigin: true };
const targets: ProxyOptions[] = [];
const remember = (_proxy: unknown, options: ProxyOptions): void => {
  targets.push(options);
};

const server = await createServer({
  configFile: fileURLToPath(new URL("vite.config.ts", import.meta.url)),
  server: {
    host: "127.0.0.1",
    proxy: { "^/enter\\b": { ...entry, configure: remember }, "^/panel$": { ...panel, configure: remember } },
  },
});
await server.listen();
const front = server.resolvedUrls?.local[0] ?? "";

const main = spawn(process.execPath, ["--watch", "--watch-preserve-output", "electron/cli.ts", "open", "--no-browser", "--json", ...process.argv.slice(2)], {
  cwd: fileURLToPath(new URL("..", import.meta.url)),
  stdio: ["ignore", "pipe", "inherit"],
});
createInterface({ input: main.stdout }).on("line", (line) => {
  const address = addressIn(line);
  if (address === null) {
    console.log(line);
    return;
  }
  for (const target of targets) target.target = address.origin;
  console.log(`The panel, changing as you write: ${new URL(`${address.pathname}${address.search}`, front).href}`);
});

const stop = (): void => {
  main.kill("SIGTERM");
};
process.once("SIGINT", stop).once("SIGTERM", stop);
main.once("exit", () => {
  void server.close();
});

/** The one-time address, where the line is the host's `ready`. */
function addressIn(line: string): URL | null {
  try {
    const event = JSON.parse(line) as { readonly event?: unknown; readonly url?: unknown };
    return event.event === "ready" && typeof event.url === "string" ? URL.parse(event.url) : null;
  } catch {
    return null;
  }
}
